from __future__ import annotations

from collections import Counter
from itertools import pairwise

from bulkops.ledger import row_results, sqlite
from bulkops.ledger.call_changes import Move
from bulkops.ledger.records import Result
from bulkops.ledger.states import CallState, RowStatus
from bulkops.planning.plan import Action
from tests.ledger.plans import BATCH, CREATE, UPDATE, at, call, listed, row

P, S, D = CallState.PLANNED, CallState.SENT, CallState.IN_DOUBT
OK, F, U = CallState.SUCCEEDED, CallState.FAILED, CallState.UNKNOWN


async def moved(ledger, number, *states, second=0, why=""):
    for one, other in pairwise(states):
        result = Result() if other in (OK, F, U) else None
        await ledger.move(Move(number, (one, other), at=at(second), why=why, result=result))


async def test_rows_of_some_status_come_alone_and_in_order(ledger, monkeypatch):
    monkeypatch.setattr(sqlite, "PAGE", 2)
    await ledger.load([*(row(number, CREATE) for number in range(9, 1, -1))])
    ends = {1: (P, S, F), 2: (P, S, OK), 3: (P, S), 4: (P, S, F), 5: (P, S, D, U), 8: (P, S, F)}
    for number, states in ends.items():
        await moved(ledger, number, *states)
    wanted = {RowStatus.FAILED, RowStatus.UNKNOWN}
    found = await listed(ledger.results(wanted))
    assert found == [each async for each in ledger.results() if each.status in wanted]
    assert [each.number for each in found] == [2, 5, 6, 7, 9]
    assert await listed(ledger.results(())) == []


async def test_calls_that_were_in_doubt_once_are_told(ledger):
    await ledger.load([row(2, CREATE), row(3, CREATE), row(4, CREATE), row(5), call(BATCH, 5)])
    await moved(ledger, 1, P, S, D, OK)
    await moved(ledger, 2, P, S, OK)
    await moved(ledger, 4, P, S, D, P)
    assert [(each.id, each.rows, each.state) async for each in ledger.doubted()] == [
        (1, (2,), OK),
        (4, (5,), P),
    ]


async def test_moves_that_left_a_state_come_alone(ledger):
    await ledger.load([row(2, CREATE), row(3, CREATE)])
    await moved(ledger, 1, P, S, D, OK, why="found")
    await moved(ledger, 2, P, S, OK)
    assert [(each.call, each.to_state, each.why) async for each in ledger.events(left=D)] == [
        (1, OK, "found")
    ]
    assert len(await listed(ledger.events())) == 5


async def test_every_lane_of_the_plan_is_known(ledger):
    await ledger.load([row(2, CREATE, UPDATE), row(3, action=Action.NONE)])
    assert await ledger.known_lanes() == [CREATE, UPDATE]


async def test_what_was_sent_is_counted_by_lane_and_second_as_its_events_are(ledger, monkeypatch):
    monkeypatch.setattr(sqlite, "COUNTED", 3)
    await ledger.load([row(number, CREATE, UPDATE) for number in range(2, 8)])
    for number in range(1, 12, 2):
        second = number // 4
        await moved(ledger, number, P, S, second=second)
        await moved(ledger, number, S, P, second=second, why="Throttling")
        await moved(ledger, number, P, S, second=second + 1)
        await moved(ledger, number, S, F if number > 8 else OK, second=second + 1)
    await moved(ledger, 2, P, S, D, P, second=9)
    counted, single = Counter(), Counter()
    async for moves in ledger.lane_moves():
        told = (moves.lane, moves.at[:19], moves.from_state, moves.to_state, moves.why)
        counted[told] += moves.calls
    lanes = {each.id: each.lane async for each in ledger.calls()}
    async for event in ledger.events():
        if event.to_state == S or (event.from_state, event.to_state) == (S, P):
            told = (lanes[event.call], event.at[:19], event.from_state, event.to_state, event.why)
            single[told] += 1
    assert counted == single
    assert len(counted) > 6


async def test_what_is_selected_stands_in_the_order_in_which_it_is_taken(ledger):
    await ledger.load([row(2, CREATE)])
    database = ledger._database
    for name, values in (
        ("result_rows", {"after": -1, "limit": 1}),
        ("result_row", {"row": 2}),
        ("results_of", {"after": -1, "limit": 1, "statuses": '["pending"]'}),
    ):
        (found,) = database.rows(name, values)
        assert tuple(found.keys()) == row_results._StoredRow._fields
    (found,) = database.rows("result_calls", {"rows": "[2]"})
    assert tuple(found.keys()) == row_results._RowCall._fields
