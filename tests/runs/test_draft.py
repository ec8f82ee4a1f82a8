"""A draft is out of sight until it is approved, and gone however its planning ends otherwise."""

from __future__ import annotations

import os

import pytest

from bulkops.errors import LedgerError
from bulkops.ledger.lock import RunLock
from bulkops.ledger.records import RunRecord
from bulkops.runs.draft import LEFT_SECONDS, draft_run
from bulkops.runs.ledger_notes import Note
from bulkops.runs.run_folders import DRAFT, all_runs, find_run, open_run

RECORD = RunRecord(
    id="",
    job="moves",
    job_sha256="",
    sheet="moves.csv",
    sheet_sha256="",
    headers=(),
    version="1",
    created_at="",
)


def drafts(runs_dir):
    return [path.name for path in runs_dir.glob(f"{DRAFT}*")]


async def test_an_approved_draft_is_a_run_with_its_notes(office):
    async with draft_run(office.runs_dir, "moves", office.world) as draft:
        await draft.load(RECORD, iter(()))
        assert all_runs(office.runs_dir) == []
        folder = await draft.approve({Note.TARGETS: {"": "here"}})
    assert all_runs(office.runs_dir) == [folder]
    assert find_run(office.runs_dir, None) == folder
    async with open_run(folder) as ledger:
        assert (await ledger.run()).id == folder.name
        notes = await ledger.notes()
    assert notes.keys() == {Note.TARGETS, Note.APPROVED}
    assert notes[Note.TARGETS] == {"": "here"}


async def test_a_draft_that_is_not_approved_leaves_nothing(office):
    async with draft_run(office.runs_dir, "moves", office.world) as draft:
        await draft.load(RECORD, iter(()))
        assert drafts(office.runs_dir) == [draft.folder.name]
    assert drafts(office.runs_dir) == []
    assert all_runs(office.runs_dir) == []


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt])
async def test_what_goes_wrong_while_planning_leaves_nothing(office, error):
    def entries():
        raise error
        yield

    with pytest.raises(error):
        async with draft_run(office.runs_dir, "moves", office.world) as draft:
            await draft.load(RECORD, entries())
    assert drafts(office.runs_dir) == []


async def test_what_was_not_planned_cannot_be_approved(office):
    with pytest.raises(LedgerError, match="not planned yet"):
        async with draft_run(office.runs_dir, "moves", office.world) as draft:
            await draft.approve({})
    assert all_runs(office.runs_dir) == []


async def test_old_drafts_are_cleared_away_unless_a_process_holds_them(office):
    left, held = (office.runs_dir / f"{DRAFT}{name}" for name in ("left", "held"))
    for folder in (left, held):
        folder.mkdir(parents=True)
        long_ago = office.world.now().timestamp() - LEFT_SECONDS
        os.utime(folder, (long_ago, long_ago))
    lock = RunLock(held)
    os.utime(held, (long_ago, long_ago))
    async with draft_run(office.runs_dir, "moves", office.world):
        assert (left.exists(), held.exists()) == (False, True)
    lock.release()
