from __future__ import annotations

import itertools

import pytest

from bulkops.errors import LedgerError
from bulkops.ledger.call_changes import Move, StaleMoveError
from bulkops.ledger.call_events import CallEvent
from bulkops.ledger.records import Result
from bulkops.ledger.states import MOVES, CallState, RowStatus
from tests.ledger.plans import BATCH, CREATE, UPDATE, at, call, listed, row, user

P, S, D = CallState.PLANNED, CallState.SENT, CallState.IN_DOUBT
OK, F, U = CallState.SUCCEEDED, CallState.FAILED, CallState.UNKNOWN
A = CallState.ACCEPTED


async def walk(ledger, number, *states, **last):
    """Move a call along states; what is given belongs to the last move."""
    for second, moved in enumerate(itertools.pairwise(states)):
        more = last if second == len(states) - 2 else {}
        await ledger.move(Move(number, moved, at=at(second), **more))


async def test_every_move_is_an_event_in_its_order(ledger):
    await ledger.load([row(1, CREATE), row(2, CREATE)])
    await ledger.move(Move(2, (P, S), at=at(1), attempt=1))
    await ledger.move(Move(1, (P, S), at=at(2), attempt=1))
    await ledger.move(Move(2, (S, P), at=at(3), why="ThrottlingException", attempt=-1, throttle=1))
    assert await listed(ledger.events()) == [
        CallEvent(at=at(1), call=2, from_state="planned", to_state="sent", why=""),
        CallEvent(at=at(2), call=1, from_state="planned", to_state="sent", why=""),
        CallEvent(
            at=at(3), call=2, from_state="sent", to_state="planned", why="ThrottlingException"
        ),
    ]
    (throttled,) = await ledger.ready(CREATE, limit=1)
    assert (throttled.id, throttled.attempts, throttled.throttles) == (2, 0, 1)


PATHS = {
    P: (P,),
    S: (P, S),
    D: (P, S, D),
    OK: (P, S, OK),
    F: (P, S, F),
    U: (P, S, D, U),
    A: (P, S, A),
}


@pytest.mark.parametrize("moved", list(itertools.product(CallState, CallState)))
async def test_only_the_moves_of_the_table_are_made(ledger, moved):
    from_state, to_state = moved
    await ledger.load([row(1, CREATE)])
    await walk(ledger, 1, *PATHS[from_state])
    events = len(await listed(ledger.events()))
    if to_state in MOVES[from_state]:
        await ledger.move(Move(1, moved, at=at(9)))
        events += 1
        from_state = to_state
    else:
        with pytest.raises(StaleMoveError, match="no move leads from"):
            await ledger.move(Move(1, moved, at=at(9)))
    assert [found.state async for found in ledger.calls()] == [from_state]
    assert len(await listed(ledger.events())) == events


@pytest.mark.parametrize(
    ("number", "moved", "said"),
    [
        (1, (S, OK), "was to be moved from sent to succeeded, but is planned"),
        (2, (P, S), "from planned to sent, but is planned and waits for another call"),
        (9, (P, S), "from planned to sent, but is not there"),
    ],
)
async def test_a_move_from_a_state_that_is_not_there_is_refused(ledger, number, moved, said):
    await ledger.load([row(1, CREATE, UPDATE)])
    with pytest.raises(StaleMoveError, match=said):
        await ledger.move(Move(number, moved, at=at(1), attempt=1))
    assert await listed(ledger.events()) == []
    assert [found.attempts async for found in ledger.calls()] == [0, 0]


async def test_a_call_is_ready_when_the_one_before_it_in_its_row_succeeded(ledger):
    await ledger.load([user(1), user(2)])
    assert [found.rows for found in await ledger.ready(CREATE, limit=9)] == [(1,), (2,)]
    assert await ledger.ready(UPDATE, limit=9) == []
    await walk(ledger, 3, P, S, OK, result=Result(saved={"user_id": "u2"}))
    await walk(ledger, 1, P, S, F)
    (ready,) = await ledger.ready(UPDATE, limit=9)
    assert (ready.id, ready.rows, ready.saved) == (4, (2,), {"user_id": "u2"})
    assert await ledger.ready(CREATE, limit=9) == []


async def test_ready_gives_the_first_of_the_plan_past_those_under_way(ledger):
    await ledger.load([row(number, CREATE) for number in range(1, 8)])
    await ledger.move(Move(2, (P, S), at=at(0)))
    await ledger.move(Move(4, (P, S), at=at(0)))
    assert [found.id for found in await ledger.ready(CREATE, limit=3)] == [1, 3, 5]
    await ledger.move(Move(2, (S, P), at=at(1)))
    assert [found.id for found in await ledger.ready(CREATE, limit=3)] == [1, 2, 3]
    assert await ledger.ready(("other", "connect", "CreateUser"), limit=3) == []


async def test_what_is_sent_or_in_doubt_is_doubtful(ledger):
    await ledger.load([row(number, CREATE) for number in range(1, 5)])
    await walk(ledger, 4, P, S)
    await walk(ledger, 2, P, S, D, P, S, D)
    await walk(ledger, 1, P, S, OK)
    found = await ledger.doubtful()
    assert [(one.id, one.state, one.doubts) for one in found] == [(2, D, 2), (4, S, 0)]


async def test_lanes_leave_out_what_has_ended(ledger):
    await ledger.load([row(number, CREATE) for number in range(1, 7)])
    for number, path in enumerate((PATHS[OK], PATHS[F], PATHS[U], PATHS[S], PATHS[D]), start=1):
        await walk(ledger, number, *path)
    assert await ledger.lanes() == {CREATE: 3}


async def test_a_success_after_a_refusal_leaves_no_error(ledger):
    await ledger.load([row(1, CREATE)])
    refused = Result(error_code="Broken", error="cut", hint="again", http_status=500)
    await walk(ledger, 1, P, S, P, result=refused)
    (ready,) = await ledger.ready(CREATE, limit=1)
    assert (ready.error_code, ready.error) == ("Broken", "cut")
    await walk(ledger, 1, P, S, D, OK)
    (found,) = await listed(ledger.calls(OK))
    assert (found.error_code, found.error) == ("", "")


async def test_a_batch_gets_only_what_its_rows_agree_on(ledger):
    await ledger.load([row(1, CREATE), row(2, CREATE), call(BATCH, 1, 2)])
    for number in (1, 2):
        saved = {"user_id": f"u{number}", "group": "g"}
        await walk(ledger, number, P, S, OK, result=Result(saved=saved))
    (batch,) = await ledger.ready(BATCH, limit=1)
    assert batch.saved == {"group": "g"}


async def test_what_a_call_saved_itself_is_with_it_for_undo(ledger):
    await ledger.load([user(1)])
    await walk(ledger, 1, P, S, OK, result=Result(saved={"user_id": "u1"}))
    await walk(ledger, 2, P, S, OK, result=Result(saved={"user_id": "u1b", "more": 1}))
    assert [found.saved for found in await listed(ledger.calls(OK))] == [
        {"user_id": "u1"},
        {"user_id": "u1b", "more": 1},
    ]


async def test_a_value_is_saved_by_a_success_alone(ledger):
    await ledger.load([row(1, CREATE)])
    await walk(ledger, 1, P, S)
    with pytest.raises(LedgerError, match="CHECK constraint failed"):
        await ledger.move(Move(1, (S, F), at=at(1), result=Result(saved={"user_id": "u"})))
    assert [found.id for found in await ledger.doubtful()] == [1]


async def test_error_texts_of_any_kind_are_kept(ledger):
    await ledger.load([row(1, CREATE)])
    await walk(ledger, 1, P, S, F, why="x\udfff", result=Result(error="bad \ud800 ü\0"))
    found = await ledger.result(1)
    assert found.error == "bad \\ud800 ü\0"


async def test_a_status_follows_each_move(ledger):
    await ledger.load([row(1, CREATE, UPDATE)])
    seen = []
    for moved in ((P, S), (S, P), (P, S), (S, OK)):
        await ledger.move(Move(1, moved, at=at(0)))
        seen.append(await ledger.counts())
    await walk(ledger, 2, P, S, OK)
    seen.append(await ledger.counts())
    assert seen == [
        {RowStatus.UNKNOWN: 1},
        {RowStatus.PENDING: 1},
        {RowStatus.UNKNOWN: 1},
        {RowStatus.PENDING: 1},
        {RowStatus.SUCCEEDED: 1},
    ]


async def test_pages_of_calls_and_events_join_without_a_seam(ledger, monkeypatch):
    monkeypatch.setattr("bulkops.ledger.sqlite.PAGE", 2)
    await ledger.load([row(number, CREATE) for number in range(1, 6)])
    for number in range(5, 0, -1):
        await ledger.move(Move(number, (P, S), at=at(0)))
    assert [found.id async for found in ledger.calls()] == [1, 2, 3, 4, 5]
    assert [found.id async for found in ledger.calls(S)] == [1, 2, 3, 4, 5]
    assert [found.call async for found in ledger.events()] == [5, 4, 3, 2, 1]
    assert [found.number async for found in ledger.results()] == [1, 2, 3, 4, 5]
