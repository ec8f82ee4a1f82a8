from __future__ import annotations

import pytest

from bulkops.errors import LedgerError
from bulkops.ledger.call_changes import DividedPart, Division, Move
from bulkops.ledger.records import Result
from bulkops.ledger.states import CallState, RowStatus
from tests.ledger.plans import BATCH, at, call, listed, row

P, S, D = CallState.PLANNED, CallState.SENT, CallState.IN_DOUBT
OK, F = CallState.SUCCEEDED, CallState.FAILED


@pytest.fixture
async def batch(ledger):
    """Return the number of a sent batch of the rows 1 to 5."""
    await ledger.load([*map(row, range(1, 6)), call(BATCH, 1, 2, 3, 4, 5)])
    await ledger.move(Move(1, (P, S), at=at(1), attempt=1))
    return 1


def part(*rows, to=OK, **more):
    return DividedPart(call=call(BATCH, *rows), to=to, **more)


async def test_each_part_comes_to_its_own_end_in_one_commit(ledger, batch):
    refused = Result(error_code="InvalidInput", error="No.", http_status=200)
    parts = [
        part(1, 4, result=Result(request_id="r")),
        part(2, to=F, why="InvalidInput", result=refused),
        part(3, to=P, why="RequestThrottled", attempt=-1, throttle=1),
        part(5, to=D, why="NoWordOfItem"),
    ]
    numbers = await ledger.divide(Division(batch, parts, at=at(2)))
    found = {each.id: each for each in await listed(ledger.calls())}
    assert [found[number].rows for number in numbers] == [(1, 4), (2,), (3,), (5,)]
    assert [found[number].state for number in numbers] == [OK, F, P, D]
    assert [found[number].attempts for number in numbers] == [1, 1, 0, 1]
    assert (found[numbers[2]].throttles, found[numbers[3]].doubts) == (1, 1)
    assert (found[batch].state, found[batch].error_code) == (F, "Divided")
    assert await ledger.counts() == {
        RowStatus.SUCCEEDED: 2, RowStatus.FAILED: 1, RowStatus.PENDING: 1, RowStatus.UNKNOWN: 1,
    }  # fmt: skip
    assert [each.id for each in await ledger.doubtful()] == [numbers[3]]
    assert [each.id for each in await ledger.ready(BATCH, limit=9)] == [numbers[2]]
    assert (await ledger.result(2)).error_code == "InvalidInput"
    assert (await ledger.result(1)).started_at == at(1)
    (event,) = [each for each in await listed(ledger.events()) if each.call == batch][1:]
    assert (event.to_state, event.why) == ("failed", "answered row by row")


@pytest.mark.parametrize("rows", [(), ((1, 2, 3, 4, 5),), ((1, 2), (3, 4)), ((1, 2, 3, 4, 5), ())])
async def test_parts_must_carry_the_calls_rows_between_them(ledger, batch, rows):
    with pytest.raises(LedgerError, match="can't be divided into"):
        await ledger.divide(Division(batch, [part(*each) for each in rows], at=at(2)))
    assert [each.id for each in await listed(ledger.calls())] == [batch]


async def test_only_what_was_sent_is_divided(ledger, batch):
    await ledger.move(Move(batch, (S, OK), at=at(2)))
    with pytest.raises(LedgerError):
        await ledger.divide(Division(batch, [part(1, 2), part(3, 4, 5)], at=at(3)))
    assert await ledger.counts() == {RowStatus.SUCCEEDED: 5}
