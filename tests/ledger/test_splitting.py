from __future__ import annotations

import pytest

from bulkops.errors import LedgerError
from bulkops.ledger.call_changes import Move, Reopening, Split, StaleMoveError
from bulkops.ledger.records import Result
from bulkops.ledger.states import CallState, RowStatus
from tests.ledger.plans import BATCH, at, call, listed, row

P, S, D = CallState.PLANNED, CallState.SENT, CallState.IN_DOUBT
OK, F = CallState.SUCCEEDED, CallState.FAILED


@pytest.fixture
async def batch(ledger):
    """Return the number of a batch of the rows 4, 2, 3 that was sent twice; one comes after."""
    await ledger.load([*map(row, range(1, 5)), call(BATCH, 4, 2, 3), call(BATCH, 1)])
    await ledger.move(Move(1, (P, S), at=at(1), attempt=1))
    await ledger.move(Move(1, (S, D), at=at(2)))
    await ledger.move(Move(1, (D, P), at=at(3)))
    await ledger.move(Move(1, (P, S), at=at(4), attempt=1))
    return 1


async def test_parts_take_the_place_of_their_batch(ledger, batch):
    parts = [call(BATCH, 4, params={"part": 1}), call(BATCH, 2, 3, params={"part": 2})]
    await ledger.split(Split(batch, parts, at=at(5), why="InvalidParameterException"))
    ready = await ledger.ready(BATCH, limit=9)
    assert [(part.rows, part.params) for part in ready] == [
        ((4,), {"part": 1}),
        ((2, 3), {"part": 2}),
        ((1,), {"Rows": [1]}),
    ]
    assert [(part.attempts, part.doubts, part.state) for part in ready] == [
        (2, 1, P),
        (2, 1, P),
        (0, 0, P),
    ]
    assert [part.id for part in ready] == sorted(part.id for part in ready)


async def test_a_split_batch_keeps_its_history_but_counts_no_more(ledger, batch):
    parts = [call(BATCH, 4), call(BATCH, 2, 3)]
    await ledger.split(Split(batch, parts, at=at(5), why="InvalidParameterException"))
    assert await ledger.counts() == {RowStatus.PENDING: 4}
    first = (await listed(ledger.calls()))[0]
    assert (first.id, first.state, first.rows) == (1, F, (4, 2, 3))
    assert (first.error_code, first.attempts) == ("Split", 2)
    assert await listed(ledger.calls(F)) == []
    last = (await listed(ledger.events()))[-1]
    assert (last.call, last.from_state, last.to_state) == (1, "sent", "failed")
    assert last.why == "InvalidParameterException"
    for number in (2, 3):
        await ledger.move(Move(number, (P, S), at=at(6), attempt=1))
        await ledger.move(Move(number, (S, OK), at=at(7), result=Result(saved={"x_id": "x"})))
    assert await ledger.counts() == {RowStatus.PENDING: 1, RowStatus.SUCCEEDED: 3}
    found = await ledger.result(2)
    assert (found.status, found.error_code, found.attempts) == (RowStatus.SUCCEEDED, "", 3)
    assert (found.started_at, found.finished_at) == (at(1), at(7))


async def test_a_part_can_be_split_again_until_each_row_stands_alone(ledger, batch):
    await ledger.split(Split(batch, [call(BATCH, 4, 2), call(BATCH, 3)], at=at(5), why=""))
    await ledger.move(Move(2, (P, S), at=at(6)))
    await ledger.split(Split(2, [call(BATCH, 4), call(BATCH, 2)], at=at(7), why=""))
    ready = await ledger.ready(BATCH, limit=9)
    assert [(part.id, part.rows) for part in ready] == [(3, (4,)), (4, (2,)), (5, (3,)), (6, (1,))]


@pytest.mark.parametrize(
    "parts", [(), ((4, 2, 3),), ((4,), (2,)), ((4,), (3, 2)), ((4, 2, 3), ()), ((4,), (2, 3, 1))]
)
async def test_parts_must_carry_the_batchs_rows_between_them(ledger, batch, parts):
    with pytest.raises(LedgerError, match=r"call 1 for rows \[4, 2, 3\] can't be split into"):
        await ledger.split(Split(batch, [call(BATCH, *rows) for rows in parts], at=at(5), why=""))
    assert [found.id for found in await ledger.doubtful()] == [1]


async def test_only_what_was_sent_is_split(ledger, batch):
    await ledger.move(Move(batch, (S, OK), at=at(5)))
    with pytest.raises(StaleMoveError, match="from sent to failed, but is succeeded"):
        await ledger.split(Split(batch, [call(BATCH, 4), call(BATCH, 2, 3)], at=at(6), why=""))
    assert [found.id async for found in ledger.calls()] == [1, 6]


async def test_a_split_batch_is_not_opened_again(ledger, batch):
    await ledger.split(Split(batch, [call(BATCH, 4), call(BATCH, 2, 3)], at=at(5), why=""))
    with pytest.raises(StaleMoveError, match="but was split"):
        await ledger.reopen(Reopening([batch], at=at(6), why="retry"))
