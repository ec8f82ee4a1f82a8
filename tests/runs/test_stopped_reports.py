"""What a run of many rows leaves when it is stopped, and when it is over."""

from __future__ import annotations

import json
import os
import signal

import pytest

from bulkops.cli.progress import PlainListener
from bulkops.errors import Exit
from bulkops.ledger.states import RowStatus
from bulkops.reports import results
from bulkops.runs.history import report_again
from bulkops.targets.request import PaceChoice

ROWS = 12
HEADERS = "username,password,first_name,last_name,security_profiles,routing_profile,phone_type"
SLOW = PaceChoice(tps=("1",), burst=1.0)


@pytest.fixture
def interrupted(office):
    """Let a run be carried out that gets a signal when some rows are done."""

    async def run(sent=signal.SIGINT, after=3):
        lines = [f"agent{number:02},Long-Words-27,A,B,Agent,Billing,soft" for number in range(ROWS)]
        sheet = office.sheet("\n".join([HEADERS, *lines, ""]))
        done = []

        def listen(event, /, **facts):
            office.events.append((event, facts))
            if event == "row":
                done.append(facts["row"])
                if len(done) == after:
                    os.kill(os.getpid(), sent)

        office.listen = listen
        return await office.run("create-users", sheet, pace=SLOW)

    return run


@pytest.fixture
def large(monkeypatch):
    monkeypatch.setattr(results, "MOST_AT_A_STOP", ROWS - 1)


def names(ending):
    return [file.name for file in ending.files]


@pytest.mark.parametrize(
    ("sent", "code"),
    [
        (signal.SIGINT, Exit.INTERRUPTED),
        (signal.SIGTERM, Exit.TERMINATED),
        (signal.SIGHUP, Exit.TERMINATED),
    ],
)
@pytest.mark.usefixtures("large")
async def test_a_stopped_run_of_many_rows_tells_its_counts_first_and_leaves_the_workbook_out(
    office, interrupted, sent, code
):
    ending = await interrupted(sent)
    assert ending.exit is code
    assert ending.counts[RowStatus.PENDING] > 0
    assert "results.xlsx" not in names(ending)
    assert {"results.csv", "report.html", "run.json"} <= set(names(ending))
    (said,) = ending.unwritten
    assert f"bulkops report {ending.run}" in said
    events = [event for event, _ in office.events]
    assert events[-2:] == ["run.stopped", "run.finished"]
    assert office.events[-2][1]["cumulative"] == ending.counts


@pytest.mark.usefixtures("large")
async def test_report_and_a_finished_run_make_the_workbook_again(office, interrupted):
    ending = await interrupted()
    assert not (ending.folder / "results.xlsx").exists()
    again = await report_again(office.runs_dir, None)
    assert again[0].name == "results.xlsx"
    over = await office.resume()
    assert over.counts.keys() == {RowStatus.SUCCEEDED}
    assert "results.xlsx" in names(over)
    assert over.unwritten == ()


@pytest.mark.usefixtures("large")
async def test_a_workbook_of_an_earlier_attempt_goes_when_a_later_one_is_stopped(
    office, interrupted, monkeypatch
):
    monkeypatch.setattr(results, "MOST_AT_A_STOP", ROWS)
    first = await interrupted(after=2)
    assert "results.xlsx" in names(first)
    monkeypatch.setattr(results, "MOST_AT_A_STOP", ROWS - 1)
    done = []

    def listen(event, /, **_):
        done.append(event)
        if done.count("row") == 2 and event == "row":
            os.kill(os.getpid(), signal.SIGINT)

    office.listen = listen
    second = await office.resume()
    assert second.exit is Exit.INTERRUPTED
    assert not (second.folder / "results.xlsx").exists()
    told = json.loads((second.folder / "run.json").read_text(encoding="utf-8"))
    assert told["counts"]["cumulative"]["succeeded"] == second.counts[RowStatus.SUCCEEDED]
    assert "results.xlsx" not in told["files"]


async def test_a_stopped_run_of_few_rows_leaves_all_and_says_no_more_than_before(
    office, interrupted
):
    ending = await interrupted()
    assert "results.xlsx" in names(ending)
    assert ending.unwritten == ()
    assert "run.stopped" not in [event for event, _ in office.events]


def test_the_counts_of_a_stop_are_shown_at_once(capsys):
    counts = {RowStatus.SUCCEEDED: 12_000, RowStatus.PENDING: 88_000}
    PlainListener()("run.stopped", reason="Stopped by Ctrl-C.", cumulative=counts)
    assert "Stopped  12,000 succeeded, 0 failed" in capsys.readouterr().err
