from __future__ import annotations

import pytest

from bulkops.ledger.call_changes import Move, Reopening, StaleMoveError
from bulkops.ledger.states import CallState, RowStatus
from tests.ledger.plans import BATCH, CREATE, UPDATE, at, call, listed, row

P, S = CallState.PLANNED, CallState.SENT
OK, F = CallState.SUCCEEDED, CallState.FAILED
UNDO = "undo-create-users-20260102T040000Z-0a1b"


@pytest.fixture
async def ended(ledger):
    """Return a ledger whose row 1 is half done, row 2 half refused, row 3 done, row 4 untried."""
    await ledger.load([row(n, CREATE, UPDATE) for n in (1, 2, 3, 4)])
    for number in (1, 3, 5):
        await ledger.move(Move(number, (P, S), at=at(1), attempt=1))
        await ledger.move(Move(number, (S, OK), at=at(2)))
    for number, end in ((4, F), (6, OK)):
        await ledger.move(Move(number, (P, S), at=at(3), attempt=1))
        await ledger.move(Move(number, (S, end), at=at(4)))
    return ledger


async def test_rows_taken_back_are_undone_whatever_they_were(ended):
    assert await ended.take_back([1, 2, 3], by=UNDO) == 3
    assert await ended.counts() == {RowStatus.UNDONE: 3, RowStatus.PENDING: 1}
    found = await listed(ended.results())
    assert [each.status for each in found] == ["undone", "undone", "undone", "pending"]
    assert found[1].hint == f"Taken back by {UNDO}."
    assert found[1].error_code == ""


async def test_what_is_known_to_be_taken_back_is_not_taken_back_again(ended):
    await ended.take_back([1, 3], by=UNDO)
    assert await ended.take_back([1, 2, 99], by="another") == 1
    assert [each.hint for each in await listed(ended.results())] == [
        f"Taken back by {UNDO}.",
        "Taken back by another.",
        f"Taken back by {UNDO}.",
        "",
    ]


async def test_nothing_more_is_sent_for_what_was_taken_back(ended):
    await ended.take_back([1, 2], by=UNDO)
    assert await ended.ready(UPDATE, limit=9) == []
    assert await ended.lanes() == {CREATE: 1, UPDATE: 1}
    assert await listed(ended.calls(F)) == []
    with pytest.raises(StaleMoveError, match=r"call 2 .* but is not to be sent any more"):
        await ended.move(Move(2, (P, S), at=at(5)))
    with pytest.raises(StaleMoveError, match=r"call 4 .* but is not to be sent any more"):
        await ended.reopen(Reopening([4], at=at(5), why="retry"))


async def test_a_shared_call_is_let_go_of_with_the_last_of_its_rows(ledger):
    await ledger.load([row(1), row(2), call(BATCH, 1, 2)])
    await ledger.take_back([1], by=UNDO)
    assert len(await ledger.ready(BATCH, limit=9)) == 1
    await ledger.take_back([2], by=UNDO)
    assert await ledger.ready(BATCH, limit=9) == []
