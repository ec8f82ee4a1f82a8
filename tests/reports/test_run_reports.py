from __future__ import annotations

import errno
import hashlib
import json
import os
from pathlib import Path

import pytest

from bulkops.ledger.states import RowStatus
from bulkops.reports import results
from bulkops.reports.causes import FAULTY
from bulkops.reports.run_reports import write_reports
from bulkops.sheets.output.table_writer import SheetWriter
from tests.reports.paper import FACTS, RUN, PaperLedger, call, event, failed, now, result, values
from tests.reports.test_atomic_report import hold_open

CALLS = [call(2), call(3)]
EVENTS = [event(1, 2, "planned", "sent"), event(2, 3, "planned", "sent")]
ALL = ["results.xlsx", "results.csv", "failed.xlsx", "failed.csv", "report.html", "run.json"]


def write(folder, *rows):
    ledger = PaperLedger(rows, calls=CALLS, events=EVENTS)
    return written(ledger, folder).files


def written(ledger, folder):
    return now(write_reports(ledger, folder, facts=FACTS))


def stopped(folder, *rows, facts=FACTS):
    """Write the reports of a run that was just stopped."""
    return now(write_reports(PaperLedger(rows), folder, facts=facts, stopped=True))


@pytest.fixture
def large(monkeypatch):
    """Let a run of three rows count as one of many."""
    monkeypatch.setattr(results, "MOST_AT_A_STOP", 2)


def names(folder):
    return sorted(file.name for file in folder.iterdir())


def test_all_reports_are_written_and_named_with_those_for_people_first(tmp_path):
    files = write(tmp_path, result(2), failed(3))
    assert [file.name for file in files] == ALL
    assert names(tmp_path) == sorted(ALL)


def test_the_manifest_knows_the_checksum_of_every_other_report(tmp_path):
    *reports, manifest = write(tmp_path, result(2), failed(3))
    told = json.loads(manifest.read_text())
    assert told["files"] == {
        file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in reports
    }
    assert told["run"] == RUN.id
    assert told["counts"]["cumulative"]["failed"] == 1


def test_the_page_lists_what_lies_beside_it(tmp_path):
    (tmp_path / "ledger.sqlite").touch()
    write(tmp_path, result(2))
    page = (tmp_path / "report.html").read_text()
    assert 'href="results.xlsx"' in page
    assert 'href="run.json"' in page
    assert 'href="ledger.sqlite"' in page
    assert 'href="events.ndjson"' not in page
    assert 'href="failed.xlsx"' not in page


def test_reports_written_again_take_the_place_of_the_earlier_ones(tmp_path):
    write(tmp_path, result(2), failed(3))
    files = write(tmp_path, result(2), result(3))
    assert [file.name for file in files] == [name for name in ALL if "failed" not in name]
    assert names(tmp_path) == sorted(file.name for file in files)


def test_a_workbook_open_in_another_program_is_written_under_another_name(tmp_path, monkeypatch):
    write(tmp_path, result(2, RowStatus.PENDING))
    hold_open(monkeypatch, "results.xlsx")
    files = write(tmp_path, result(2))
    assert [file.name for file in files][:2] == ["results-2.xlsx", "results.csv"]
    assert values(tmp_path / "results.xlsx")[1][5] == "pending"
    assert values(tmp_path / "results-2.xlsx")[1][5] == "succeeded"
    assert "results.xlsx was open in another program." in (tmp_path / "report.html").read_text()
    assert "results-2.xlsx" in json.loads((tmp_path / "run.json").read_text())["files"]


def test_a_writer_that_fails_half_way_leaves_every_earlier_report_whole(tmp_path, monkeypatch):
    write(tmp_path, result(2), failed(3))
    before = {file.name: file.read_bytes() for file in tmp_path.iterdir()}
    real = SheetWriter.row

    def full(self, values, **more):
        if "agent3" in (told := list(values)):
            raise OSError(errno.ENOSPC, "No space left on device")
        real(self, told, **more)

    monkeypatch.setattr(SheetWriter, "row", full)
    report = written(PaperLedger([failed(2), failed(3)]), tmp_path)
    assert [file.name for file in report.files] == [
        name for name in ALL if not name.endswith(".xlsx")
    ]
    assert [said.partition(" ")[2] for said in report.unwritten] == [
        f"can't be written: {os.strerror(errno.ENOSPC)}"
    ] * 2
    after = {file.name: file.read_bytes() for file in tmp_path.iterdir()}
    assert {name: after[name] for name in after if name.endswith(".xlsx")} == {
        name: before[name] for name in before if name.endswith(".xlsx")
    }
    told = json.loads(after["run.json"])
    assert set(told["files"]) == {"results.csv", "failed.csv", "report.html"}


@pytest.mark.parametrize("name", ALL)
def test_a_folder_in_the_place_of_a_report_costs_that_one_alone(tmp_path, name):
    (tmp_path / name).mkdir()
    report = written(PaperLedger([result(2), failed(3)]), tmp_path)
    assert [file.name for file in report.files] == [each for each in ALL if each != name]
    assert [f"{name} can't be written, it is a folder" in said for said in report.unwritten] == [
        True
    ]
    (tmp_path / name).rmdir()
    assert [file.name for file in write(tmp_path, result(2), failed(3))] == ALL


def test_a_full_disk_leaves_the_page_and_the_manifest_to_be_noted_too(tmp_path, monkeypatch):
    def full(*_args, **_named):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("bulkops.sheets.output.atomic_file.tempfile.mkstemp", full)
    report = written(PaperLedger([result(2), failed(3)]), tmp_path)
    assert report.files == ()
    assert len(report.unwritten) == len(ALL)
    assert names(tmp_path) == []


def test_what_killed_processes_left_of_reports_is_cleared_away_and_nothing_else(tmp_path):
    own = [".results-mine.csv", "results-abcd1234.csv", ".other-abcd1234.csv", ".results-abcd1234"]
    left = [".results-abcd1234.csv", ".failed-a_cd1234.xlsx", ".report-00000000.html"]
    for name in (*own, *left):
        (tmp_path / name).touch()
    write(tmp_path, result(2))
    assert set(names(tmp_path)) & {*own, *left} == set(own)


@pytest.mark.parametrize("name", ALL)
def test_no_report_is_written_through_a_link(tmp_path, name):
    elsewhere = tmp_path / "elsewhere"
    elsewhere.write_text("somebody's own")
    folder = tmp_path / "run"
    folder.mkdir()
    (folder / name).symlink_to(elsewhere)
    assert [file.name for file in write(folder, result(2), failed(3))] == ALL
    assert elsewhere.read_text() == "somebody's own"
    assert not (folder / name).is_symlink()


def test_a_ledger_that_fails_half_way_leaves_every_earlier_report_whole(tmp_path):
    write(tmp_path, result(2), failed(3))
    before = {file.name: file.read_bytes() for file in tmp_path.iterdir()}

    class Torn(PaperLedger):
        async def results(self, *_):
            yield failed(2)
            raise LookupError("torn")

    with pytest.raises(LookupError, match="torn"):
        now(write_reports(Torn([failed(2)]), tmp_path, facts=FACTS))
    assert {file.name: file.read_bytes() for file in tmp_path.iterdir()} == before


def test_a_stopped_run_of_few_rows_has_all_its_reports(tmp_path):
    report = stopped(tmp_path, result(2), failed(3))
    assert [file.name for file in report.files] == ALL
    assert report.unwritten == ()


@pytest.mark.usefixtures("large")
def test_of_a_stopped_run_of_many_rows_the_workbook_is_left_out_and_said(tmp_path):
    report = stopped(tmp_path, result(2), failed(3), result(4, RowStatus.PENDING))
    assert [file.name for file in report.files] == ALL[1:]
    assert names(tmp_path) == sorted(ALL[1:])
    (said,) = report.unwritten
    assert said.startswith("results.xlsx is left out")
    assert f"bulkops report {RUN.id}" in said
    assert f"bulkops report {RUN.id}" in (tmp_path / "report.html").read_text()
    told = json.loads((tmp_path / "run.json").read_text())
    assert set(told["files"]) == set(ALL[1:]) - {"run.json"}
    assert len((tmp_path / "results.csv").read_text().splitlines()) == 4


@pytest.mark.usefixtures("large")
def test_a_workbook_that_is_no_longer_so_does_not_stay_beside_newer_results(tmp_path):
    rows = [result(2), failed(3), result(4, RowStatus.PENDING)]
    write(tmp_path, *rows)
    assert (tmp_path / "results.xlsx").exists()
    stopped(tmp_path, *rows[:2], result(4))
    assert not (tmp_path / "results.xlsx").exists()
    assert "pending" not in (tmp_path / "results.csv").read_text()
    assert [file.name for file in write(tmp_path, *rows)] == ALL


@pytest.mark.usefixtures("large")
def test_a_workbook_that_can_not_be_removed_is_said_to_be_an_earlier_one(tmp_path):
    (tmp_path / "results.xlsx").mkdir()
    (said,) = stopped(tmp_path, result(2), failed(3), result(4)).unwritten
    assert "is of an earlier attempt and could not be removed" in said


@pytest.mark.usefixtures("large")
def test_what_a_person_needs_first_is_written_first(tmp_path, monkeypatch):
    landed = []
    real = Path.replace

    def noted(self, target):
        landed.append((target.name, (tmp_path / "run.json").exists()))
        return real(self, target)

    monkeypatch.setattr(Path, "replace", noted)
    stopped(tmp_path, result(2), failed(3), result(4))
    order = [name for name, _ in landed]
    assert order[0] == order[-1] == "run.json"
    assert sorted(order[1:3]) == ["failed.csv", "failed.xlsx"]
    assert order[3:5] == ["results.csv", "report.html"]


@pytest.mark.usefixtures("large")
def test_a_stop_with_a_full_disk_is_said_once_for_each_report(tmp_path, monkeypatch):
    def full(*_args, **_named):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("bulkops.sheets.output.atomic_file.tempfile.mkstemp", full)
    report = stopped(tmp_path, result(2), failed(3), result(4))
    assert report.files == ()
    assert len(report.unwritten) == len(ALL)


def test_what_failed_is_read_by_itself_and_the_whole_only_once(tmp_path):
    asked = []

    class Asked(PaperLedger):
        async def results(self, statuses=None):
            asked.append(statuses)
            async for row in super().results(statuses):
                yield row

    written(Asked([result(2), failed(3)]), tmp_path)
    assert asked == [FAULTY, None]
