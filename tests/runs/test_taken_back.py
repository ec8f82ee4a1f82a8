"""Runs and their undos know of one another, whatever dies in between."""

from __future__ import annotations

import itertools
import json
import shutil
import sqlite3
from contextlib import closing

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulkops.engine.run_limits import RunLimits
from bulkops.errors import Exit, LedgerBusyError
from bulkops.ledger.call_changes import Move
from bulkops.ledger.records import RowResult
from bulkops.ledger.sqlite import SqliteLedger
from bulkops.ledger.states import CallState, RowStatus
from bulkops.planning.plan import Action
from bulkops.runs import earlier_run
from bulkops.runs.history import describe_runs, report_again
from bulkops.runs.taken_back import is_taken_back, rows_in
from bulkops.sheets.name_lists import ranges
from tests.runs.standing_by import column, hands, state_of, take_back, try_again

MOVE, CREATE = "update-user-routing-profiles", "create-users"
MOVES = "username,routing_profile\nj.murphy,Billing\nm.silva,Support Tier 1\nadmin,Billing\n"
HEAD = "username,password,first_name,last_name,security_profiles,routing_profile\n"
PEOPLE = [f"u{number}" for number in range(14)]


def people(*names):
    return HEAD + "".join(f"{name},Blue-Harbour-1,U,V,Agent,Billing\n" for name in names)


async def counts_of(ending):
    ledger = SqliteLedger.open(ending.folder, readonly=True)
    try:
        return await ledger.counts()
    finally:
        await ledger.close()


class KilledError(BaseException):
    """Stands for a process that dies: nothing after it happens."""


@pytest.fixture
def dying(monkeypatch):
    """Let every process die before it tells a run what its undo has done."""
    told = earlier_run.tell

    async def die(*_):
        raise KilledError

    monkeypatch.setattr(earlier_run, "tell", die)
    return lambda: monkeypatch.setattr(earlier_run, "tell", told)


@given(st.sets(st.integers(1, 400)))
def test_row_numbers_are_kept_as_ranges(rows):
    kept = json.loads(json.dumps(ranges(sorted(rows))))
    assert rows_in(kept) == rows
    assert all(first <= last for first, last in kept)
    assert all(one[1] + 1 < two[0] for one, two in itertools.pairwise(kept))


@pytest.mark.parametrize(
    ("status", "covered", "back"),
    [
        (RowStatus.SUCCEEDED, None, True),
        (RowStatus.UNDONE, None, True),
        (RowStatus.UNCHANGED, None, False),
        (RowStatus.UNCHANGED, {3}, False),
        (RowStatus.UNCHANGED, {2}, True),
        (RowStatus.FAILED, {2}, False),
        (RowStatus.UNKNOWN, {2}, False),
        (RowStatus.PENDING, {2}, False),
    ],
)
def test_a_row_is_taken_back_where_its_undo_says_so(status, covered, back):
    row = RowResult(number=2, key="a", target="", status=status, action="delete", cells=())
    assert is_taken_back(row, covered) is back


async def test_what_was_taken_back_is_undone_in_every_report(office):
    done = await office.run(MOVE, office.sheet(MOVES))
    undone = await take_back(office)
    assert column(done, "status") == ["undone"] * 3
    assert column(done, "hint") == [f"Taken back by {undone.run}."] * 3
    told = json.loads((done.folder / "run.json").read_text())
    assert (told["counts"]["cumulative"]["undone"], told["counts"]["cumulative"]["succeeded"]) == (
        3,
        0,
    )
    assert "0 of 3 rows done, 3 undone" in (done.folder / "report.html").read_text()
    lines = {line.id: line for line in await describe_runs(office.runs_dir)}
    assert lines[done.run].state == "undone"
    assert lines[done.run].next_command == ""
    ending = await office.resume(done.run)
    assert (ending.exit, ending.counts) == (Exit.DONE, {RowStatus.UNDONE: 3})
    assert ending.said == f"{done.run} has nothing left to go on with."


async def test_a_row_that_could_not_be_taken_back_stays_succeeded(office):
    done = await office.run(MOVE, office.sheet(MOVES))
    with hands(office) as somebody:
        await somebody.move("j.murphy", "Sales EMEA")
        await somebody.move("m.silva", "Basic Routing Profile")
    await take_back(office)
    assert column(done, "status") == ["succeeded", "undone", "undone"]
    assert (await describe_runs(office.runs_dir, [done.run]))[0].state == "completed"
    with hands(office) as somebody:
        await somebody.move("j.murphy", "Billing")
    again = await take_back(office)
    assert column(again, "status") == ["succeeded", "unchanged", "unchanged"]
    assert "2 rows of it were taken back before." in office.answers.plans[-1].notes
    assert column(done, "status") == ["undone"] * 3


@pytest.mark.parametrize("looks", ["runs", "report"])
async def test_an_undo_that_died_before_it_told_is_heard_of_by_the_next_command(
    office, dying, looks
):
    done = await office.run(MOVE, office.sheet(MOVES))
    with pytest.raises(KilledError):
        await take_back(office)
    assert await counts_of(done) == {RowStatus.SUCCEEDED: 3}
    dying()
    if looks == "runs":
        (line,) = await describe_runs(office.runs_dir, [done.run])
        assert (line.state, line.counts) == ("undone", {RowStatus.UNDONE: 3})
    else:
        await report_again(office.runs_dir, done.run)
    assert column(done, "status") == ["undone"] * 3


async def test_a_resumed_undo_tells_the_run_that_it_takes_back(office):
    before = state_of(office)
    done = await office.run(CREATE, office.sheet(people(*PEOPLE)))
    half = await take_back(office, limits=RunLimits(max_duration=2))
    assert half.exit is Exit.TIME_OVER
    back = half.counts[RowStatus.SUCCEEDED]
    assert await counts_of(done) == {RowStatus.UNDONE: back, RowStatus.SUCCEEDED: 14 - back}
    whole = await office.resume(half.run)
    assert whole.counts == {RowStatus.SUCCEEDED: 14}
    assert await counts_of(done) == {RowStatus.UNDONE: 14}
    assert state_of(office) == before


async def test_undo_goes_on_with_the_undo_that_was_begun(office):
    before = state_of(office)
    done = await office.run(CREATE, office.sheet(people(*PEOPLE)))
    half = await take_back(office, limits=RunLimits(max_duration=2))
    asked = len(office.answers.plans)
    whole = await take_back(office, done.run)
    assert (whole.run, whole.counts) == (half.run, {RowStatus.SUCCEEDED: 14})
    assert len(office.answers.plans) == asked
    notes = [facts["text"] for event, facts in office.events if event == "note"]
    assert notes == [f"{half.run} has begun to take {done.run} back: going on with it"]
    assert len(list(office.runs_dir.glob("undo-*"))) == 1
    assert state_of(office) == before


async def test_what_is_undone_is_not_undone_again(office):
    done = await office.run(MOVE, office.sheet(MOVES))
    undone = await take_back(office)
    asked = len(office.answers.plans)
    again = await take_back(office)
    assert again.exit is Exit.DONE
    assert again.said == (
        f"{done.run} is already undone by {undone.run}. To take that back: bulkops undo "
        f"{undone.run}"
    )
    await take_back(office, undone.run)
    again = await take_back(office, done.run)
    assert again.said == (
        f"{done.run} is already undone by {undone.run}, which was taken back itself: see "
        "`bulkops runs`."
    )
    assert len(office.answers.plans) == asked + 1


async def test_without_a_name_the_last_run_is_taken_back_that_stands(office):
    before = state_of(office)
    first = await office.run(MOVE, office.sheet(MOVES))
    second = await office.run(CREATE, office.sheet(people("ana")))
    assert (await take_back(office)).run.startswith("undo-create-users")
    assert (await take_back(office)).run.startswith("undo-update")
    assert [await counts_of(each) for each in (first, second)] == [
        {RowStatus.UNDONE: 3},
        {RowStatus.UNDONE: 1},
    ]
    assert state_of(office) == before


async def test_a_run_that_changed_nothing_is_said_to_be_so(office):
    await office.run(MOVE, office.sheet("username,routing_profile\nadmin,Basic Routing Profile\n"))
    ending = await take_back(office)
    assert ending.exit is Exit.DONE
    assert ending.said.startswith("There is nothing to take back: update-user-routing-profiles-")
    assert list(office.runs_dir.glob("undo-*")) == []


async def test_a_run_whose_undo_is_at_work_is_busy(office):
    done = await office.run(CREATE, office.sheet(people(*PEOPLE)))
    half = await take_back(office, limits=RunLimits(max_duration=2))
    at_work = SqliteLedger.open(half.folder)
    with pytest.raises(LedgerBusyError, match=half.run):
        await take_back(office, done.run)
    await at_work.close()
    at_work = SqliteLedger.open(done.folder)
    with pytest.raises(LedgerBusyError, match=done.run):
        await office.resume(half.run)
    await at_work.close()


async def test_a_run_that_was_taken_back_is_gone_on_with_only_after_a_yes(office):
    half = await office.run(CREATE, office.sheet(people(*PEOPLE)), limits=RunLimits(max_duration=2))
    made = half.counts[RowStatus.SUCCEEDED]
    undone = await take_back(office)
    assert (await describe_runs(office.runs_dir, [half.run]))[0].next_command == ""
    office.answers.yes_to_plan = False
    assert await office.resume(half.run) is None
    assert office.answers.plans[-1].notes == (
        f"{half.run} was taken back by {undone.run}.",
        f"{14 - made} rows of it were not done yet: to go on is to send those.",
    )
    totals = office.answers.plans[-1].totals
    assert (totals.rows, totals.actions) == (14 - made, {Action.CREATE: 14 - made})
    office.answers.yes_to_plan = True
    whole = await office.resume(half.run)
    assert whole.counts == {RowStatus.UNDONE: made, RowStatus.SUCCEEDED: 14 - made}
    assert whole.exit is Exit.DONE
    again = await take_back(office)
    assert again.counts == {RowStatus.UNCHANGED: made, RowStatus.SUCCEEDED: 14 - made}
    assert await counts_of(half) == {RowStatus.UNDONE: 14}


async def test_a_run_whose_undo_could_take_nothing_back_is_gone_on_with_unasked(office):
    office.answers.yes_to_canary = False
    half = await office.run(MOVE, office.sheet(MOVES), limits=RunLimits(canary=1))
    with hands(office) as somebody:
        await somebody.move("j.murphy", "Sales EMEA")
    undone = await take_back(office)
    assert column(undone, "error_code")[0] == "changed-since"
    asked = len(office.answers.plans)
    whole = await office.resume(half.run)
    assert whole.counts == {RowStatus.SUCCEEDED: 3}
    assert len(office.answers.plans) == asked


async def test_rows_that_were_taken_back_are_not_tried_again(office):
    done = await office.run(MOVE, office.sheet(MOVES))
    await take_back(office)
    ending = await try_again(office, done.run)
    assert ending.counts == {RowStatus.UNDONE: 3}
    assert ending.said == f"No row of {done.run} is to be tried again."


async def test_a_row_settled_after_its_undo_is_taken_back_by_the_next(office):
    before = state_of(office)
    done = await office.run(CREATE, office.sheet(people("ana", "ben")))
    _forget_outcome(done.folder, row=2)
    first = await take_back(office)
    assert column(first, "error_code") == ["not-settled", ""]
    # what is unknown may stand
    assert (await describe_runs(office.runs_dir, [done.run]))[0].state == "completed with errors"
    assert "taken back part of what it did" in (done.folder / "report.html").read_text()
    _remember_outcome(done.folder, row=2)
    second = await take_back(office)
    assert column(second, "status") == ["succeeded", "unchanged"]
    assert state_of(office) == before


def _execute(folder, row, *statements):
    """Change one row of a ledger from outside."""
    with closing(sqlite3.connect(folder / "ledger.sqlite")) as file, file:
        for statement in statements:
            file.execute(statement, {"row": row} if ":row" in statement else {})


def _forget_outcome(folder, row):
    """Make a row's calls unknown, as if settling could not tell."""
    _execute(
        folder,
        row,
        "CREATE TABLE kept AS SELECT id, saved FROM call",
        "UPDATE call SET saved = NULL, state = 'unknown'"
        " WHERE id IN (SELECT call FROM call_row WHERE row = :row)",
        "UPDATE row SET status = 'unknown' WHERE number = :row",
    )


def _remember_outcome(folder, row):
    _execute(
        folder,
        row,
        "UPDATE call SET state = 'succeeded',"
        " saved = (SELECT saved FROM kept WHERE kept.id = call.id)"
        " WHERE id IN (SELECT call FROM call_row WHERE row = :row)",
        "UPDATE row SET status = 'succeeded' WHERE number = :row",
    )


P, S, D, F = CallState.PLANNED, CallState.SENT, CallState.IN_DOUBT, CallState.FAILED


@pytest.mark.parametrize("path", [(P, S), (P, S, D), (P, S, D, P), (P, S, D, P, S, F)])
async def test_a_move_that_may_have_acted_is_not_passed_over_by_an_undo(office, path):
    text = MOVES.replace("admin,Billing", "admin,Support Tier 1")
    half = await office.run(MOVE, office.sheet(text), limits=RunLimits(canary=2))
    assert half.exit is Exit.DONE
    await take_back(office)
    office.answers.yes_to_canary = False
    half = await office.run(MOVE, office.sheet(text), limits=RunLimits(canary=2))
    assert half.counts == {RowStatus.SUCCEEDED: 2, RowStatus.PENDING: 1}
    ledger = SqliteLedger.open(half.folder)
    (call,) = await ledger.ready(("", "connect", "UpdateUserRoutingProfile"), limit=9)
    for moved in itertools.pairwise(path):
        await ledger.move(Move(call.id, moved, at=office.world.stamp()))
    await ledger.close()
    with hands(office) as somebody:  # the lost request, as it arrived
        await somebody.move("admin", "Support Tier 1")
    undone = await take_back(office, half.run)
    assert column(undone, "status") == ["succeeded", "succeeded", "failed"]
    assert column(undone, "error_code")[2] == "not-settled"
    again = await take_back(office, half.run)
    assert (again.exit, again.said) == (Exit.SOME_FAILED, "")


async def test_an_undo_whose_run_was_removed_is_gone_on_with_all_the_same(office):
    done = await office.run(CREATE, office.sheet(people(*PEOPLE)))
    half = await take_back(office, limits=RunLimits(max_duration=2))
    shutil.rmtree(done.folder)
    whole = await office.resume(half.run)
    assert whole.counts == {RowStatus.SUCCEEDED: 14}


async def test_a_run_whose_undo_was_removed_still_knows_what_was_taken_back(office):
    done = await office.run(MOVE, office.sheet(MOVES))
    undone = await take_back(office)
    shutil.rmtree(undone.folder)
    ending = await take_back(office, done.run)
    assert ending.said.startswith(f"{done.run} is already undone by {undone.run}.")


async def test_a_finished_run_is_not_attempted_again(office):
    done = await office.run(MOVE, office.sheet(MOVES))
    first = (done.folder / "run.json").read_bytes()
    ending = await office.resume(done.run)
    assert (ending.exit, ending.said) == (Exit.DONE, f"{done.run} has nothing left to go on with.")
    assert (done.folder / "run.json").read_bytes() == first
    assert ending.facts.calls == done.facts.calls
