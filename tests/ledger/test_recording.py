from __future__ import annotations

import shutil

import pytest

from bulkops.errors import LedgerError
from bulkops.ledger.call_changes import Move, StaleMoveError
from bulkops.ledger.loss import RecordGoneError
from bulkops.ledger.records import Result
from bulkops.ledger.states import CallState, RowStatus
from tests.ledger.plans import CREATE, at, listed, row

P, S, OK, F = CallState.PLANNED, CallState.SENT, CallState.SUCCEEDED, CallState.FAILED


def sending(number, second=1):
    return Move(number, (P, S), at=at(second), attempt=1)


async def told(ledger):
    return [(each.call, each.to_state) for each in await listed(ledger.events())]


@pytest.fixture
async def loaded(ledger):
    await ledger.load(row(number, CREATE) for number in range(1, 6))
    return ledger


async def test_several_moves_are_events_in_their_order_and_one_commit(loaded):
    waits = []

    async def aside(work):
        waits.append(len(await told(loaded)))
        work()

    moves = [sending(3), sending(1), Move(3, (S, OK), at=at(2)), sending(2)]
    assert await loaded.record(moves, aside=aside) == [None] * 4
    assert waits == [4]
    assert await told(loaded) == [(3, S), (1, S), (3, OK), (2, S)]
    assert await loaded.counts() == {
        RowStatus.SUCCEEDED: 1, RowStatus.UNKNOWN: 2, RowStatus.PENDING: 2,
    }  # fmt: skip


async def test_nothing_at_all_is_recorded_as_nothing(loaded):
    assert await loaded.record([]) == []


async def test_a_move_from_a_state_that_its_call_is_not_in_fails_alone(loaded):
    done = await loaded.record([sending(1), Move(2, (S, OK), at=at(1)), sending(9), sending(3)])
    assert [type(each) for each in done] == [type(None), StaleMoveError, StaleMoveError, type(None)]
    assert await told(loaded) == [(1, S), (3, S)]


async def test_a_move_that_the_tables_do_not_hold_fails_alone_and_leaves_no_half_of_it(loaded):
    await loaded.record([sending(1), sending(2), sending(3)])
    broken = Move(2, (S, F), at=at(2), result=Result(saved={"user_id": "u"}))
    done = await loaded.record([Move(1, (S, OK), at=at(2)), broken, Move(3, (S, OK), at=at(2))])
    assert done[0] is done[2] is None
    assert "CHECK" in str(done[1])
    assert [each.state for each in await listed(loaded.calls())] == [OK, S, OK, P, P]
    assert (await told(loaded))[3:] == [(1, OK), (3, OK)]


async def test_where_the_record_is_gone_intents_are_refused_and_outcomes_are_kept(loaded, folder):
    await loaded.record([sending(1), sending(2)])
    shutil.rmtree(folder)
    done = await loaded.record([Move(1, (S, OK), at=at(2)), sending(3), Move(2, (S, F), at=at(2))])
    assert [type(each) for each in done] == [type(None), RecordGoneError, type(None)]
    assert [each.state for each in await listed(loaded.calls())] == [OK, F, P, P, P]


async def test_one_move_is_the_case_of_one(loaded):
    await loaded.move(sending(1))
    with pytest.raises(StaleMoveError):
        await loaded.move(sending(1))
    with pytest.raises(LedgerError, match="CHECK"):
        await loaded.move(Move(1, (S, F), at=at(2), result=Result(saved={"user_id": "u"})))
    assert await told(loaded) == [(1, S)]
