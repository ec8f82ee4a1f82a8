from __future__ import annotations

import tempfile
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bulkops.errors import LedgerError
from bulkops.ledger.call_changes import Move, Reopening, StaleMoveError
from bulkops.ledger.new_plan import NewArguments, Replanning
from bulkops.ledger.records import Result
from bulkops.ledger.sqlite import SqliteLedger
from bulkops.ledger.states import CallState, RowStatus
from bulkops.planning.plan import Action, Change
from tests.ledger.plans import BATCH, CREATE, RECORD, UPDATE, at, call, listed, now, row

P, S, D = CallState.PLANNED, CallState.SENT, CallState.IN_DOUBT
OK, F = CallState.SUCCEEDED, CallState.FAILED


async def sent(ledger, number, end=None, second=1):
    await ledger.move(Move(number, (P, S), at=at(second), attempt=1))
    if end is not None:
        await ledger.move(Move(number, (S, end), at=at(second + 1), result=Result()))


async def test_a_row_goes_on_with_what_its_new_plan_says(ledger):
    await ledger.load([row(1, CREATE), row(2, CREATE), row(3, CREATE)])
    changes = (Change(field="email", old="", new="a@example.com"),)
    again = row(2, CREATE, UPDATE, changes=changes)
    again = replace(again, cells=("other",), key="other")
    await ledger.replan(Replanning(rows=[again], void=[2]))
    found = await ledger.result(2)
    assert (found.key, found.cells, found.changes) == (
        "other",
        ("other",),
        "email: ∅ → a@example.com",
    )
    assert [(each.id, each.rows) for each in await ledger.ready(CREATE, limit=9)] == [
        (1, (1,)),
        (3, (3,)),
        (4, (2,)),
    ]
    assert await ledger.lanes() == {CREATE: 3, UPDATE: 1}
    assert await ledger.ready(UPDATE, limit=9) == []
    await sent(ledger, 4, OK)
    assert [each.id for each in await ledger.ready(UPDATE, limit=9)] == [5]
    with pytest.raises(StaleMoveError, match=r"call 2 .* is not to be sent any more"):
        await sent(ledger, 2)


@pytest.mark.parametrize(
    ("action", "status"),
    [
        (Action.NONE, RowStatus.UNCHANGED),
        (Action.SKIP, RowStatus.SKIPPED),
        (Action.CONFLICT, RowStatus.FAILED),
    ],
)
async def test_a_row_that_needs_nothing_any_more_has_the_end_that_its_plan_gives(
    ledger, action, status
):
    await ledger.load([row(1, CREATE), row(2, CREATE)])
    await ledger.replan(Replanning(rows=[row(1, action=action)], void=[1]))
    assert (await ledger.result(1)).status is status
    assert await ledger.counts() == {status: 1, RowStatus.PENDING: 1}


async def test_a_shared_call_goes_on_without_a_row_that_is_planned_anew(ledger):
    await ledger.load([row(1), row(2), row(3), call(BATCH, 1, 2, 3)])
    rest = NewArguments(params={"Rows": [1, 3]}, undo=None, rows=(1, 3))
    again = Replanning(rows=[row(2)], arguments={1: rest}, shared=[call(BATCH, 2)])
    await ledger.replan(again)
    assert [(each.id, each.rows) for each in await ledger.ready(BATCH, limit=9)] == [
        (1, (1, 3)),
        (4, (2,)),
    ]
    assert await ledger.counts() == {RowStatus.PENDING: 3}


async def test_what_may_have_acted_is_not_planned_anew(ledger):
    await ledger.load([row(1, CREATE), row(2, CREATE), row(3, CREATE)])
    await sent(ledger, 1)
    await sent(ledger, 2, OK)
    for number in (1, 2):
        arguments = {number: NewArguments(params={}, undo=None, rows=(number,))}
        for again in (
            Replanning(rows=[row(3, action=Action.NONE), row(number, CREATE)], void=[3, number]),
            Replanning(rows=[row(number)], arguments=arguments),
        ):
            with pytest.raises(StaleMoveError, match=f"call {number} can't be planned anew"):
                await ledger.replan(again)
    assert (await ledger.result(3)).status is RowStatus.PENDING
    assert len(await listed(ledger.calls())) == 3


async def test_no_row_is_left_without_an_end(ledger):
    await ledger.load([row(1, CREATE)])
    with pytest.raises(LedgerError, match="row 1 would have nothing to be sent, and no end"):
        await ledger.replan(Replanning(rows=[row(1)], void=[1]))
    with pytest.raises(LedgerError, match="row 7 can't be planned anew: it is not there"):
        await ledger.replan(Replanning(rows=[row(7, CREATE)]))
    assert [each.id for each in await ledger.ready(CREATE, limit=9)] == [1]


async def test_a_failed_call_is_reopened_in_the_same_commit_or_given_up(ledger):
    await ledger.load([row(1, CREATE), row(2, CREATE)])
    await sent(ledger, 1, F)
    await sent(ledger, 2, F)
    with pytest.raises(StaleMoveError):
        await ledger.replan(
            Replanning(rows=[row(1, action=Action.NONE)], void=[1]),
            Reopening([1, 2], at=at(9), why="retry"),
        )
    assert await ledger.counts() == {RowStatus.FAILED: 2}
    await ledger.replan(
        Replanning(rows=[row(1, action=Action.NONE)], void=[1]),
        Reopening([2], at=at(9), why="retry"),
    )
    assert await ledger.counts() == {RowStatus.UNCHANGED: 1, RowStatus.PENDING: 1}


async def test_a_ledger_can_be_narrowed_to_some_rows(ledger):
    await ledger.load(
        [row(1, CREATE), row(2, CREATE), row(3, CREATE), row(4), row(5), call(BATCH, 4, 5)]
    )
    await sent(ledger, 3)
    ledger.narrow({2, 4})
    assert [each.id for each in await ledger.ready(CREATE, limit=9)] == [2]
    assert await ledger.ready(BATCH, limit=9) == []
    assert (await ledger.lanes(), await ledger.doubtful()) == ({CREATE: 1}, [])
    ledger.narrow(None)
    assert await ledger.lanes() == {CREATE: 3, BATCH: 1}
    assert len(await ledger.doubtful()) == 1


KINDS = {
    "one": (CREATE,),
    "two": (CREATE, UPDATE),
    "none": (),
    "conflict": (),
}
ACTIONS = {"none": Action.NONE, "conflict": Action.CONFLICT}


def planned(number, kind):
    return row(number, *KINDS[kind], action=ACTIONS.get(kind, Action.CREATE))


@given(
    kinds=st.lists(st.sampled_from(["one", "two"]), min_size=1, max_size=6),
    anew=st.lists(st.tuples(st.integers(0, 5), st.sampled_from(list(KINDS))), max_size=8),
)
@settings(max_examples=60, deadline=None)
def test_however_often_rows_are_planned_anew_each_is_sent_once(kinds, anew):
    with tempfile.TemporaryDirectory() as folder:
        ledger = SqliteLedger.create(Path(folder) / RECORD.id, RECORD)
        now(ledger.load([planned(number, kind) for number, kind in enumerate(kinds)]))
        meant = dict(enumerate(kinds))
        for number, kind in anew:
            if number in meant:
                own = [each for each in now(listed(ledger.calls(P))) if each.rows == (number,)]
                now(
                    ledger.replan(
                        Replanning(rows=[planned(number, kind)], void=[each.id for each in own])
                    )
                )
                meant[number] = kind
        done = Counter()
        while any(now(ledger.lanes()).values()):
            for lane in (CREATE, UPDATE):
                for each in now(ledger.ready(lane, limit=9)):
                    now(sent(ledger, each.id, OK))
                    done[each.rows[0], each.operation] += 1
        wanted = Counter((n, lane[2]) for n, kind in meant.items() for lane in KINDS[kind])
        assert done == wanted
        ends = {"none": RowStatus.UNCHANGED, "conflict": RowStatus.FAILED}
        assert now(ledger.counts()) == Counter(
            ends.get(kind, RowStatus.SUCCEEDED) for kind in meant.values()
        )
        now(ledger.close())
