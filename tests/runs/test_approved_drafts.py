"""A draft is no run under any name, and an approved one is a run whatever it is called."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from bulkops.engine.run_limits import RunLimits
from bulkops.errors import LedgerBusyError, LedgerError, UnknownRunError
from bulkops.ledger.call_changes import Move
from bulkops.ledger.lock import RunLock
from bulkops.ledger.sqlite import SqliteLedger
from bulkops.ledger.states import CallState, RowStatus
from bulkops.runs import draft as drafting
from bulkops.runs import run_folders
from bulkops.runs.draft import LEFT_SECONDS, draft_run
from bulkops.runs.history import describe_runs, remove, report_again
from bulkops.runs.ledger_notes import Note
from bulkops.runs.run_folders import DRAFT, all_runs, find_run, take_name
from tests.ledger.plans import CREATE, at, row
from tests.runs.standing_by import take_back, try_again
from tests.runs.test_draft import RECORD

MOVES = "username,routing_profile\nj.murphy,Billing\nm.silva,Support Tier 1\n"
JOB = "update-user-routing-profiles"


@pytest.fixture
def killed(monkeypatch):
    """Make drafts outlive the block that they were made in, as those of killed processes do."""

    async def nothing(_draft):
        return None

    monkeypatch.setattr(drafting.Draft, "end", nothing)


async def left_behind(office, *, approved, sent=False):
    """Leave a draft as a process does that is killed before, or right after, its approval."""
    async with draft_run(office.runs_dir, "moves", office.world) as draft:
        await draft.load(RECORD, iter([row(1, CREATE)]))
        ledger = draft._ledger
        if approved:
            await ledger.note(Note.APPROVED, office.world.stamp())
        if sent:
            await ledger.move(Move(1, (CallState.PLANNED, CallState.SENT), at=at(1)))
        await ledger.close()
    return draft.folder


def refused(_draft):
    raise PermissionError(13, "Permission denied")


def long_ago(office, folder):
    then = office.world.now().timestamp() - LEFT_SECONDS
    for path in (*folder.iterdir(), folder):
        os.utime(path, (then, then))


@pytest.mark.usefixtures("killed")
@pytest.mark.parametrize("way", ["path", "relative", "link", "inside", "id", "prefix"])
async def test_a_draft_is_not_chosen_in_any_way(office, monkeypatch, way):
    sheet = office.sheet(MOVES)
    first = await office.run(JOB, sheet)
    draft = await left_behind(office, approved=False)
    link = office.folder / "a-link"
    link.symlink_to(draft)
    monkeypatch.chdir(draft)
    name = {
        "path": str(draft),
        "relative": f"../{draft.name}",
        "link": str(link),
        "inside": ".",
        "id": draft.name,
        "prefix": draft.name.removeprefix(DRAFT)[:10],
    }[way]
    for refused in (office.resume, lambda run: take_back(office, run)):
        with pytest.raises(UnknownRunError, match=r"nobody has approved|there is no such run"):
            await refused(name)
    with pytest.raises(UnknownRunError):
        await try_again(office, name)
    with pytest.raises(UnknownRunError):
        await report_again(office.runs_dir, name)
    with pytest.raises(UnknownRunError):
        remove(office.runs_dir, [name])
    assert [line.id for line in await describe_runs(office.runs_dir)] == [first.run]
    assert (await office.resume()).run == first.run


@pytest.mark.usefixtures("killed")
async def test_a_link_to_a_draft_that_has_a_runs_name_is_not_listed(office):
    draft = await left_behind(office, approved=False)
    (office.runs_dir / draft.name.removeprefix(DRAFT)).symlink_to(draft)
    assert all_runs(office.runs_dir) == []
    with pytest.raises(UnknownRunError):
        find_run(office.runs_dir, None)


@pytest.mark.usefixtures("killed")
async def test_a_draft_that_was_approved_before_its_process_died_is_a_run(office):
    draft = await left_behind(office, approved=True)
    run = draft.with_name(draft.name.removeprefix(DRAFT))
    assert find_run(office.runs_dir, None) == run
    assert not draft.exists()
    with pytest.raises(UnknownRunError, match="has nothing to report yet"):
        await report_again(office.runs_dir, None)


@pytest.mark.usefixtures("killed")
async def test_an_approved_draft_named_by_its_path_is_gone_on_with_as_a_run(office):
    draft = await left_behind(office, approved=True)
    assert find_run(office.folder, str(draft)).name == draft.name.removeprefix(DRAFT)


@pytest.mark.usefixtures("killed")
@pytest.mark.parametrize("signs", [{"approved": True}, {"approved": False, "sent": True}])
async def test_what_was_approved_or_has_sent_a_call_is_never_swept(office, signs):
    draft = await left_behind(office, **signs)
    long_ago(office, draft)
    async with draft_run(office.runs_dir, "others", office.world):
        pass
    (run,) = all_runs(office.runs_dir)
    assert run.name == draft.name.removeprefix(DRAFT)
    (line,) = await describe_runs(office.runs_dir)
    counted = {RowStatus.UNKNOWN: 1} if signs.get("sent") else {RowStatus.PENDING: 1}
    assert line.counts == counted


@pytest.mark.usefixtures("killed")
async def test_a_draft_whose_ledger_cannot_be_read_stays_for_a_person(office):
    draft = await left_behind(office, approved=False)
    (draft / "ledger.sqlite").write_bytes(b"no ledger" * 999)
    long_ago(office, draft)
    async with draft_run(office.runs_dir, "others", office.world):
        pass
    assert draft.exists()
    assert all_runs(office.runs_dir) == []


@pytest.mark.usefixtures("killed")
async def test_an_old_draft_that_nobody_approved_is_cleared_away(office):
    draft = await left_behind(office, approved=False)
    long_ago(office, draft)
    async with draft_run(office.runs_dir, "others", office.world):
        assert not draft.exists()


async def test_what_keeps_a_draft_from_being_looked_into_is_said(office, monkeypatch):
    async with draft_run(office.runs_dir, "moves", office.world) as draft:
        await draft.load(RECORD, iter(()))
        with pytest.raises(LedgerBusyError, match="is being worked on by pid"):
            find_run(office.runs_dir, str(draft.folder))
        await draft._ledger.note(Note.APPROVED, office.world.stamp())
        await draft._ledger.close()
        with monkeypatch.context() as patched:
            patched.setattr(run_folders, "take_name", refused)
            with pytest.raises(LedgerError, match="can't be given the name of its run: Permission"):
                find_run(office.runs_dir, str(draft.folder))
        (draft.folder / "ledger.sqlite").write_bytes(b"no ledger" * 999)
        with pytest.raises(LedgerError, match="whether its plan was approved is not known"):
            find_run(office.runs_dir, str(draft.folder))


async def test_an_approved_draft_that_a_process_holds_is_left_to_it(office):
    async with draft_run(office.runs_dir, "moves", office.world) as draft:
        await draft.load(RECORD, iter(()))
        await draft._ledger.note(Note.APPROVED, office.world.stamp())
        assert all_runs(office.runs_dir) == []
        assert draft.folder.exists()


async def test_a_draft_that_is_renamed_while_it_is_looked_at_is_no_fault(office, monkeypatch):
    folder = office.runs_dir / f"{DRAFT}gone"
    office.runs_dir.mkdir()
    monkeypatch.setattr(drafting, "drafts", lambda _runs_dir: iter([folder]))
    async with draft_run(office.runs_dir, "moves", office.world) as draft:
        assert draft.folder.exists()


async def test_a_draft_that_another_process_has_renamed_is_found(office, monkeypatch):
    async with draft_run(office.runs_dir, "moves", office.world) as draft:
        await draft.load(RECORD, iter(()))
        real = SqliteLedger.close

        async def close(ledger):
            await real(ledger)
            if draft.folder.exists():
                all_runs(office.runs_dir)

        monkeypatch.setattr(SqliteLedger, "close", close)
        folder = await draft.approve({})
    assert folder.is_dir()
    assert all_runs(office.runs_dir) == [folder]


async def test_a_name_that_cannot_be_had_leaves_an_approved_plan_and_says_so(office, monkeypatch):
    monkeypatch.setattr(drafting, "take_name", refused)
    async with draft_run(office.runs_dir, "moves", office.world) as draft:
        await draft.load(RECORD, iter(()))
        with pytest.raises(LedgerError, match=r"can't be renamed .* nothing was sent: bulkops res"):
            await draft.approve({})
    assert all_runs(office.runs_dir) == [office.runs_dir / draft.run_id]


@pytest.mark.skipif(os.name != "posix", reason="open folders can't be removed elsewhere")
async def test_a_draft_that_is_deleted_while_the_question_stands_is_not_approved(office):
    async with draft_run(office.runs_dir, "moves", office.world) as draft:
        await draft.load(RECORD, iter(()))
        shutil.rmtree(draft.folder)
        with pytest.raises(LedgerError, match="was deleted while it was planned: nothing was sent"):
            await draft.approve({})
    assert all_runs(office.runs_dir) == []


def test_a_draft_without_a_trace_is_said_to_be_gone(tmp_path):
    with pytest.raises(FileNotFoundError):
        take_name(tmp_path / f"{DRAFT}moves")


def test_someone_who_looks_whether_a_run_is_held_does_not_keep_a_process_from_it(
    tmp_path, monkeypatch
):
    looking = RunLock(tmp_path)
    monkeypatch.setattr("bulkops.ledger.lock.time.sleep", lambda _seconds: looking.release())
    RunLock(tmp_path).release()


async def test_a_run_that_kept_no_note_of_its_approval_but_was_begun_is_gone_on_with(office):
    office.answers.yes_to_canary = False
    first = await office.run(JOB, office.sheet(MOVES), limits=RunLimits(canary=1))
    ledger = SqliteLedger.open(first.folder)
    ledger._database._connection.execute("DELETE FROM note WHERE key = 'approved_at'")
    await ledger.close()
    assert (await office.resume()).counts == {RowStatus.SUCCEEDED: 2}


def test_a_runs_own_path_is_the_one_that_was_named(tmp_path):
    (tmp_path / "ledger.sqlite").touch()
    assert find_run(tmp_path, str(tmp_path)) == Path(tmp_path)


@pytest.mark.usefixtures("killed")
async def test_a_draft_with_a_log_beside_an_empty_ledger_stays_for_a_person(office):
    draft = await left_behind(office, approved=False)
    (draft / "ledger.sqlite").write_bytes(b"")
    (draft / "ledger.sqlite-wal").write_bytes(b"frames")
    long_ago(office, draft)
    async with draft_run(office.runs_dir, "others", office.world):
        assert draft.exists()
    assert (draft / "ledger.sqlite-wal").read_bytes() == b"frames"
