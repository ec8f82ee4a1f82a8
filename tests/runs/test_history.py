"""Runs are listed whatever became of them, and removed all or none."""

from __future__ import annotations

import pytest

from bulkops.errors import LedgerBusyError, LedgerError, UnknownRunError
from bulkops.ledger.lock import RunLock
from bulkops.runs import history
from bulkops.runs.history import describe_runs, remove
from bulkops.runs.run_folders import all_runs

MOVES = "username,routing_profile\nj.murphy,Billing\n"
JOB = "update-user-routing-profiles"


@pytest.fixture
async def two(office):
    sheet = office.sheet(MOVES)
    return [await office.run(JOB, sheet), await office.run(JOB, sheet)]


async def test_runs_are_removed_all_or_none(office, two):
    first, second = two
    lock = RunLock(second.folder)
    with pytest.raises(LedgerBusyError):
        remove(office.runs_dir, [first.run, second.run])
    with pytest.raises(UnknownRunError):
        remove(office.runs_dir, [first.run, "no-such-run"])
    lock.release()
    assert len(all_runs(office.runs_dir)) == 2
    assert remove(office.runs_dir, [first.run, second.run, first.run]) == [
        first.folder,
        second.folder,
    ]
    assert all_runs(office.runs_dir) == []


def test_removing_nothing_in_particular_is_a_mistake(tmp_path):
    with pytest.raises(UnknownRunError, match="Name the runs that are to be removed"):
        remove(tmp_path, [])


async def test_somebodys_own_folder_is_not_removed_for_a_ledger_in_it(office, two):
    own = office.folder / "documents"
    two[0].folder.rename(own)
    with pytest.raises(UnknownRunError, match="is not named as runs are"):
        remove(office.runs_dir, [str(own)])
    assert (own / "ledger.sqlite").exists()


async def test_a_folder_that_can_not_be_removed_is_said(office, two, monkeypatch):
    def refused(_folder):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("bulkops.runs.run_folders.shutil.rmtree", refused)
    with pytest.raises(LedgerError, match="can't be removed: Permission denied"):
        remove(office.runs_dir, [two[0].run])


async def test_a_run_whose_ledger_is_gone_is_still_the_last_one(office, two):
    (two[1].folder / "ledger.sqlite").unlink()
    lines = {line.id: line for line in await describe_runs(office.runs_dir)}
    assert lines[two[0].run].state == "completed"
    assert "there is no ledger" in lines[two[1].run].state
    for name in (None, str(two[1].folder), two[1].run):
        with pytest.raises(LedgerError, match=r"there is no ledger .* events\.ndjson"):
            await office.resume(name)
    assert remove(office.runs_dir, [two[1].run]) == [two[1].folder]


async def test_runs_that_nobody_can_write_are_listed(office, two, monkeypatch):
    def refused(_folder):
        raise LedgerError("ledger.lock can't be opened: Read-only file system")

    monkeypatch.setattr(history, "RunLock", refused)
    states = [line.state for line in await describe_runs(office.runs_dir)]
    assert states == ["completed"] * len(two)
