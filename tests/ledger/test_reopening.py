from __future__ import annotations

import pytest

from bulkops.errors import LedgerError
from bulkops.ledger.call_changes import Move, Reopening, StaleMoveError
from bulkops.ledger.records import Result
from bulkops.ledger.states import CallState, RowStatus
from bulkops.planning.plan import Placeholder
from tests.ledger.plans import CREATE, UPDATE, at, listed, row

P, S, D = CallState.PLANNED, CallState.SENT, CallState.IN_DOUBT
OK, F, U = CallState.SUCCEEDED, CallState.FAILED, CallState.UNKNOWN


@pytest.fixture
async def ended(ledger):
    """Return a ledger whose calls 1, 3 and 4 are failed, unknown and succeeded; 2 waits for 1."""
    await ledger.load([row(1, CREATE, UPDATE), row(2, CREATE), row(3, CREATE)])
    for number in (1, 3, 4):
        await ledger.move(Move(number, (P, S), at=at(1), attempt=3))
    await ledger.move(Move(1, (S, F), at=at(2), result=Result(error_code="Bad", error="no")))
    await ledger.move(Move(3, (S, D), at=at(2)))
    await ledger.move(Move(3, (D, U), at=at(3), result=Result(error_code="Unknown")))
    await ledger.move(Move(4, (S, OK), at=at(2)))
    return ledger


async def test_failed_calls_are_planned_and_unknown_ones_doubted_again(ended):
    await ended.reopen(Reopening([1, 3], at=at(5), why="retry"))
    calls = {found.id: found for found in await listed(ended.calls())}
    assert (calls[1].state, calls[1].attempts, calls[1].params) == (P, 0, {"Rows": [1]})
    assert (calls[3].state, calls[3].attempts, calls[3].doubts) == (D, 0, 2)
    assert await ended.counts() == {
        RowStatus.PENDING: 1,
        RowStatus.UNKNOWN: 1,
        RowStatus.SUCCEEDED: 1,
    }
    assert [(event.call, event.why) for event in (await listed(ended.events()))[-2:]] == [
        (1, "retry"),
        (3, "retry"),
    ]
    assert [found.id for found in await ended.ready(CREATE, limit=9)] == [1]


async def test_a_corrected_row_is_sent_with_its_new_arguments(ended):
    secret = {"Username": "new", "Password": Placeholder(kind="secret", name="password")}
    await ended.replace_cells(1, ("new", "***"))
    await ended.reopen(Reopening([1], at=at(5), why="retry", params={1: secret}))
    (ready,) = await ended.ready(CREATE, limit=9)
    assert ready.params == secret
    found = await ended.result(1)
    assert (found.cells, found.status, found.error_code) == (("new", "***"), "pending", "")
    assert (found.started_at, found.finished_at) == (at(1), "")


async def test_what_may_have_acted_keeps_its_arguments(ended):
    with pytest.raises(LedgerError, match="call 3 may have acted"):
        await ended.reopen(Reopening([1, 3], at=at(5), why="retry", params={3: {}}))
    assert [found.id for found in await listed(ended.calls(F))] == [1]


@pytest.mark.parametrize(("number", "said"), [(4, "but is succeeded"), (2, "but is planned")])
async def test_only_failed_and_unknown_calls_are_opened_again(ended, number, said):
    with pytest.raises(StaleMoveError, match=said):
        await ended.reopen(Reopening([1, number], at=at(5), why="retry"))
    assert [found.id for found in await listed(ended.calls(F))] == [1]


async def test_cells_of_a_row_that_is_not_there_are_not_replaced(ended):
    with pytest.raises(KeyError):
        await ended.replace_cells(9, ("x",))
