"""A run whose folder goes stops at once; what only lies beside its ledger never stops it."""

from __future__ import annotations

import errno
import os
import shutil

import pytest

from bulkops.engine.run_limits import RunLimits
from bulkops.errors import Exit, ReportError
from bulkops.ledger.call_changes import Move
from bulkops.ledger.loss import Loss, RecordGoneError
from bulkops.ledger.sqlite import SqliteLedger
from bulkops.ledger.states import CallState, RowStatus
from bulkops.reports.event_file import EventFile
from bulkops.runs.history import report_again
from bulkops.runs.run_folders import find_run
from tests.ledger.plans import CREATE, RECORD, at, listed, row

MOVES = "username,routing_profile\nj.murphy,Billing\nm.silva,Support Tier 1\n"
JOB = "update-user-routing-profiles"
P, S, OK = CallState.PLANNED, CallState.SENT, CallState.SUCCEEDED


def deleted(folder):
    shutil.rmtree(folder)


def moved(folder):
    folder.rename(folder.with_name("archive"))


def replaced(folder):
    moved(folder)
    shutil.copytree(folder.with_name("archive"), folder)


def without_log(folder):
    (folder / "ledger.sqlite-wal").unlink()


def without_ledger(folder):
    (folder / "ledger.sqlite").unlink()


def without_lock(folder):
    (folder / "ledger.lock").unlink()


FATES = {
    deleted: "was deleted",
    moved: "was moved to ",
    replaced: "was moved to ",
    without_log: "has lost its log",
    without_ledger: "has lost its ledger",
    without_lock: "has lost its lock",
}


@pytest.fixture(params=FATES, ids=lambda fate: fate.__name__)
def fate(request):
    return request.param


def after_a_row(office, fate):
    """Have something happen to the run's folder as soon as its first row has ended."""
    done = []

    def listen(event, /, **_facts):
        if event == "row" and not done:
            done.append(find_run(office.runs_dir, None))
            fate(*done)

    office.listen = listen


@pytest.mark.skipif(os.name != "posix", reason="open folders can't be moved elsewhere")
async def test_a_run_whose_folder_goes_sends_nothing_more(office, samples, fate):
    after_a_row(office, fate)
    ending = await office.run("create-users", samples / "create-users.csv")
    assert ending.exit is Exit.STOPPED
    sent = ending.counts[RowStatus.SUCCEEDED]
    # one had ended, and what was in flight has landed
    assert 1 <= sent <= 6
    assert ending.counts == {RowStatus.SUCCEEDED: sent, RowStatus.PENDING: 25 - sent}
    assert f"{ending.folder} {FATES[fate]}" in ending.facts.reason
    assert f"Sent were rows 2-{sent + 1}." in ending.facts.reason
    assert ending.files == ()
    office.listen = lambda *_, **__: None
    if fate in (deleted, without_ledger):
        assert "Nothing can go on with this run" in ending.facts.reason
        assert ending.facts.next_command == ""
    else:
        place = ending.facts.next_command.removeprefix("bulkops resume ")
        rest = await office.resume(place)
        assert (rest.counts, rest.facts.calls) == ({RowStatus.SUCCEEDED: 25}, 25 - sent)
        return
    again = await office.run("create-users", samples / "create-users.csv")
    assert again.counts == {RowStatus.UNCHANGED: sent, RowStatus.SUCCEEDED: 25 - sent}


@pytest.mark.skipif(os.name != "posix", reason="open folders can't be moved elsewhere")
async def test_a_run_that_was_moved_is_gone_on_with_where_it_is(office, samples):
    place = office.folder / "an archive"
    after_a_row(office, lambda folder: folder.rename(place))
    ending = await office.run("create-users", samples / "create-users.csv")
    assert ending.facts.next_command == f"bulkops resume '{place}'"
    office.listen = lambda *_, **__: None
    rest = await office.resume(str(place))
    assert rest.counts == {RowStatus.SUCCEEDED: 25}
    assert rest.facts.calls == ending.counts[RowStatus.PENDING]


async def test_a_folder_that_goes_with_the_last_call_is_said_too(office):
    after_a_row(office, deleted)
    ending = await office.run(JOB, office.sheet(MOVES.rpartition("m.silva")[0]))
    assert (ending.exit, ending.counts) == (Exit.STOPPED, {RowStatus.SUCCEEDED: 1})
    assert "Sent were rows 2. Nothing can go on with this run" in ending.facts.reason


async def test_an_intent_is_not_recorded_where_nobody_would_find_it(tmp_path):
    folder = tmp_path / RECORD.id
    ledger = SqliteLedger.create(folder, RECORD)
    await ledger.load([row(1, CREATE), row(2, CREATE)])
    await ledger.move(Move(1, (P, S), at=at(1)))
    shutil.rmtree(folder)
    with pytest.raises(RecordGoneError, match="was deleted"):
        await ledger.move(Move(2, (P, S), at=at(2)))
    # an outcome is still taken in, for the screen
    await ledger.move(Move(1, (S, OK), at=at(3)))
    assert await ledger.counts() == {RowStatus.SUCCEEDED: 1, RowStatus.PENDING: 1}
    assert [event.call for event in await listed(ledger.events())] == [1, 1]
    await ledger.close()


async def test_where_the_system_does_not_tell_a_folder_was_moved_away(tmp_path, monkeypatch):
    folder = tmp_path / RECORD.id
    ledger = SqliteLedger.create(folder, RECORD)
    assert await ledger.lost() is None
    folder.rename(tmp_path / "elsewhere")

    def unknown(_path):
        raise FileNotFoundError

    monkeypatch.setattr("pathlib.Path.readlink", unknown)
    assert await ledger.lost() == Loss(said="was moved away", whole=True)
    await ledger.close()


async def test_a_reader_has_nothing_to_lose(tmp_path):
    folder = tmp_path / RECORD.id
    await SqliteLedger.create(folder, RECORD).close()
    reader = SqliteLedger.open(folder, readonly=True)
    shutil.rmtree(folder)
    assert await reader.lost() is None
    await reader.close()


async def test_a_full_disk_beside_the_ledger_does_not_change_how_a_run_ends(office, monkeypatch):
    def full(*_args, **_named):
        raise OSError(errno.ENOSPC, "No space left on device")

    def append(events, line):
        with monkeypatch.context() as disk:
            disk.setattr(os, "write", full)
            real(events, line)

    real = EventFile._append
    with monkeypatch.context() as patched:
        patched.setattr("bulkops.sheets.output.atomic_file.tempfile.mkstemp", full)
        patched.setattr("bulkops.reports.event_file.EventFile._append", append)
        ending = await office.run(JOB, office.sheet(MOVES))
    assert (ending.exit, ending.counts) == (Exit.DONE, {RowStatus.SUCCEEDED: 2})
    assert ending.files == ()
    assert [said.count("No space left on device") for said in ending.unwritten] == [1] * 5
    assert "events.ndjson lacks" in ending.unwritten[-1]
    again = await report_again(office.runs_dir, None)
    assert sorted(file.name for file in again) == [
        "report.html",
        "results.csv",
        "results.xlsx",
        "run.json",
    ]


async def test_folders_in_the_place_of_reports_and_events_do_not_stop_a_run(office):
    sheet = office.sheet(MOVES)
    office.answers.yes_to_canary = False
    first = await office.run(JOB, sheet, limits=RunLimits(canary=1))
    for name in ("results.csv", "events.ndjson"):
        (first.folder / name).unlink()
        (first.folder / name).mkdir()
    ending = await office.resume()
    assert (ending.exit, ending.counts) == (Exit.DONE, {RowStatus.SUCCEEDED: 2})
    assert [name for name in ("results.csv", "events.ndjson") if name in str(ending.unwritten)] == [
        "results.csv",
        "events.ndjson",
    ]
    with pytest.raises(ReportError, match=r"results\.csv can't be written, it is a folder"):
        await report_again(office.runs_dir, None)
    (first.folder / "results.csv").rmdir()
    assert first.folder / "results.csv" in await report_again(office.runs_dir, None)
