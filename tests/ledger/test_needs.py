from __future__ import annotations

from dataclasses import replace

import pytest

from bulkops.errors import LedgerError
from bulkops.ledger.call_changes import Move, Reopening, Split, StaleMoveError
from bulkops.ledger.new_plan import NewArguments, Replanning
from bulkops.ledger.records import Result, Turn
from bulkops.ledger.states import CallState, RowStatus
from bulkops.planning.plan import Action, Need, Placeholder, PlannedRow
from tests.ledger.plans import CREATE, RECORD, at, call, listed

PLANNED, SENT, DONE, FAILED = (
    CallState.PLANNED,
    CallState.SENT,
    CallState.SUCCEEDED,
    CallState.FAILED,
)


def group(number, under=None, **more):
    """Return a row that makes a group under the one that another row makes."""
    params = {"Name": f"group{number}"}
    needs = ()
    if under is not None:
        needs = (Need(under, "0"),)
        params["ParentGroupId"] = Placeholder(kind="made", name="group_id", of=needs[0])
    own = call(CREATE, number, params=params)
    calls = (replace(own, needs=needs),)
    fixed = {"number": number, "key": f"group{number}", "target": "", "cells": (f"g{number}",)}
    return PlannedRow(**{"action": Action.CREATE, "calls": calls, **fixed, **more})


async def ready(ledger):
    return {found.rows[0]: found for found in await ledger.ready(CREATE, limit=9)}


async def send(ledger, found, outcome=DONE, **result):
    await ledger.move(Move(found.id, (PLANNED, SENT), at=at(1)))
    await ledger.move(Move(found.id, (SENT, outcome), at=at(2), result=Result(**result)))


async def test_what_needs_another_row_is_ready_once_that_has_succeeded_and_knows_what_it_saved(
    ledger,
):
    await ledger.load([group(2, under=3), group(3), group(4, under=2)])
    found = await ready(ledger)
    assert [*found] == [3]
    await send(ledger, found[3], saved={"group_id": "g3"})
    found = await ready(ledger)
    assert [*found] == [2]
    assert found[2].needs == {Need(3, "0"): {"group_id": "g3"}}
    await send(ledger, found[2], saved={"group_id": "g2"})
    assert [*await ready(ledger)] == [4]


async def test_what_waits_for_a_failed_row_says_which_and_goes_on_once_that_succeeds(ledger):
    await ledger.load([group(2), group(3, under=2), group(4, under=3)])
    assert (await ledger.result(4)).error == "waits for row 2, which is not done yet"
    found = await ready(ledger)
    await send(ledger, found[2], FAILED, error_code="Bad", error="No such level.")
    assert await ready(ledger) == {}
    for number in (3, 4):
        row = await ledger.result(number)
        assert row.status is RowStatus.PENDING
        assert row.error == "waits for row 2, which failed: No such level."
    assert await ledger.waiting({2}) == {2, 3, 4}
    assert await ledger.needed({4}) == {2, 3, 4}
    await ledger.reopen(Reopening([found[2].id], at=at(3), why="retry"))
    await send(ledger, found[2], saved={"group_id": "g2"})
    assert [*await ready(ledger)] == [3]
    assert (await ledger.result(3)).error == ""


async def test_a_call_that_waits_is_not_sent(ledger):
    await ledger.load([group(2), group(3, under=2)])
    (_, waits) = await listed(ledger.calls())
    with pytest.raises(StaleMoveError, match="is planned and waits for another call"):
        await ledger.move(Move(waits.id, (PLANNED, SENT), at=at(1)))


async def test_what_is_there_already_meets_a_need_with_its_id(ledger):
    await ledger.load([group(2), group(3, under=2)])
    (_, waits) = await listed(ledger.calls())
    (first,) = (await ready(ledger)).values()
    there = group(2, action=Action.NONE, calls=(), thing=("there", "arn:there"))
    await ledger.replan(Replanning(rows=[there], void=[first.id]))
    found = await ready(ledger)
    assert found[3].id == waits.id
    assert found[3].needs == {Need(2, "0"): {"group_id": "there"}}


async def test_a_call_planned_anew_needs_what_its_new_arguments_say(ledger):
    await ledger.load([group(2), group(3, under=2), group(4)])
    waits = (await listed(ledger.calls()))[1]
    new = {"ParentGroupId": Placeholder(kind="made", name="group_id", of=Need(4, "0"))}
    arguments = NewArguments(params=new, undo=None, rows=(3,), needs=(Need(4, "0"),))
    await ledger.replan(Replanning(arguments={waits.id: arguments}))
    found = await ready(ledger)
    await send(ledger, found[2], saved={"group_id": "g2"})
    await send(ledger, found[4], saved={"group_id": "g4"})
    assert (await ready(ledger))[3].needs == {Need(4, "0"): {"group_id": "g4"}}


async def test_a_plan_that_needs_what_nothing_does_is_refused(ledger):
    with pytest.raises(LedgerError, match="waits for step 0 of row 3, which is not to be sent"):
        await ledger.load([group(2, under=3), group(3, action=Action.CONFLICT, calls=())])
    assert await ledger.counts() == {}
    assert (await ledger.run()).id == RECORD.id


async def test_parts_of_a_batch_know_what_the_batch_needed(ledger):
    need = Need(2, "0")
    batch = call(CREATE, 3, 4, step="1")
    rows = [
        PlannedRow(number=n, key=str(n), target="", action=Action.ASSOCIATE, cells=(), calls=())
        for n in (3, 4)
    ]
    whole = replace(batch, needs=(need,))
    await ledger.load([group(2), *rows, whole])
    await send(ledger, (await ready(ledger))[2], saved={"group_id": "g2"})
    (found,) = (await ready(ledger)).values()
    await ledger.move(Move(found.id, (PLANNED, SENT), at=at(4)))
    parts = [call(CREATE, 3, step="1"), call(CREATE, 4, step="1")]
    await ledger.split(Split(found.id, parts, at=at(5), why="Bad"))
    assert [each.needs for each in (await ready(ledger)).values()] == [
        {need: {"group_id": "g2"}}
    ] * 2


async def test_what_is_ready_comes_by_its_turn_and_what_is_more_urgent_can_be_asked_for(ledger):
    urgent = [Turn(Need(4, "0"), -900), Turn(Need(3, "0"), -100)]
    await ledger.load([group(2), group(3), group(4), group(5, under=4), group(6, under=3)], urgent)
    assert [*await ready(ledger)] == [4, 3, 2]
    more = await ledger.ready(CREATE, limit=9, sooner_than=-100)
    assert [(found.rows, found.turn) for found in more] == [((4,), -900)]


async def test_parts_of_a_batch_and_what_is_planned_anew_keep_their_turns(ledger):
    rows = [
        PlannedRow(number=n, key=str(n), target="", action=Action.ASSOCIATE, cells=(), calls=())
        for n in (3, 4)
    ]
    waits = group(5, under=2)
    batch = call(CREATE, 3, 4, step="1")
    await ledger.load(
        [group(2), *rows, batch, waits], [Turn(Need(3, "1"), -7), Turn(Need(2, "0"), -9)]
    )
    first, found = await ledger.ready(CREATE, limit=9)
    await ledger.move(Move(found.id, (PLANNED, SENT), at=at(4)))
    parts = [call(CREATE, 3, step="1"), call(CREATE, 4, step="1")]
    await ledger.split(Split(found.id, parts, at=at(5), why="Bad"))
    await ledger.replan(Replanning(rows=[group(2)], void=[first.id]))
    turns = {each.rows: each.turn for each in await ledger.ready(CREATE, limit=9)}
    assert turns == {(2,): -9, (3,): -7, (4,): -7}


async def test_a_call_that_needs_nothing_any_more_is_ready(ledger):
    await ledger.load([group(2), group(3, under=2), group(4, under=2)])
    waits = (await listed(ledger.calls()))[1]
    alone = NewArguments(params={"Name": "group3"}, undo=None, rows=(3,))
    await ledger.replan(Replanning(arguments={waits.id: alone}))
    assert [*await ready(ledger)] == [2, 3]


async def test_a_call_says_whether_another_may_wait_for_it(ledger):
    two = PlannedRow(
        number=5, key="5", target="", action=Action.CREATE, cells=(),
        calls=(call(CREATE, 5), call(CREATE, 5, step="1")),
    )  # fmt: skip
    await ledger.load([group(2), group(3, under=2), group(4), two])
    found = await ledger.ready(CREATE, limit=9)
    assert [(each.rows[0], each.opens) for each in found] == [(2, True), (4, False), (5, True)]


async def test_what_is_left_says_which_of_it_waits_for_which(ledger):
    two = PlannedRow(
        number=5, key="5", target="", action=Action.CREATE, cells=(),
        calls=(call(CREATE, 5), call(CREATE, 5, step="1")),
    )  # fmt: skip
    await ledger.load([group(2), group(3, under=2), two, group(6, under=5)])
    links = await ledger.links()
    assert links.longest() == 2
    assert [links.need_of(key).row for key in links.graph.keys] == [2, 3, 5, 5, 6]
    assert [[*links.graph.needed[place]] for place in range(5)] == [[], [0], [], [2], [2]]
    await send(ledger, (await ready(ledger))[2], saved={"group_id": "g2"})
    left = await ledger.links()
    assert [left.need_of(key).row for key in left.graph.keys] == [3, 5, 5, 6]
    ledger.narrow({3})
    assert len((await ledger.links()).graph) == 1


async def test_nothing_waits_where_no_row_needs_another(ledger):
    await ledger.load([group(2), group(3)])
    assert await ledger.links() is None
