from __future__ import annotations

import anyio
import pytest

from bulkops.engine.calls.tally import Tally
from bulkops.engine.run_limits import MaxFail
from bulkops.engine.signals import Control, Stop
from bulkops.ledger.records import Result
from bulkops.ledger.states import CallState
from tests.engine.stand_ins import CREATE, MOVE, MemoryLedger, Stand, call

OK, FAILED, UNKNOWN = CallState.SUCCEEDED, CallState.FAILED, CallState.UNKNOWN


class Counting:
    """A tally over a ledger in memory."""

    def __init__(self, *calls, max_fail=None):
        self.stand = Stand(MemoryLedger(*calls))
        self.ledger = self.stand.ledger
        self.control = Control()
        self.tally = Tally(self.ledger, self.stand.tell, self.control, max_fail)

    async def end(self, number, state):
        """Let a call end, as the ledger has it, and count it."""
        stored = self.ledger.stored[number]
        self.ledger.stored[number] = call(
            number, stored.step, rows=stored.rows, state=state, attempts=2
        )
        await self.tally.ended(self.ledger.stored[number])

    async def progress(self, **more):
        await self.tally.tell_progress(**more)
        facts = self.stand.told("progress")[-1]
        return {name: number for name, number in facts.items() if number}


async def test_rows_that_ended_are_told_with_how_they_ended():
    counting = Counting(call(1, rows=(1, 2)))
    counting.ledger.kept[1] = Result(error_code="Bad")
    await counting.end(1, FAILED)
    assert counting.stand.told("row") == [
        {"row": row, "key": f"row {row}", "status": "failed", "code": "Bad", "attempts": 2, "ms": 0}
        for row in (1, 2)
    ]
    assert await counting.progress() == {"total": 2, "done": 2, "failed": 2}


async def test_a_row_that_waits_for_another_call_is_not_told_yet():
    counting = Counting(call(1, CREATE), call(2, MOVE))
    await counting.end(1, OK)
    assert counting.stand.told("row") == []
    assert await counting.progress() == {"total": 1, "pending": 1}
    await counting.end(2, OK)
    assert [facts["status"] for facts in counting.stand.told("row")] == ["succeeded"]
    assert await counting.progress() == {"total": 1, "done": 1, "succeeded": 1}


async def test_counts_begin_with_what_earlier_processes_left():
    counting = Counting(call(1, state=OK), call(2, rows=(2,)))
    assert await counting.progress() == {"total": 2, "done": 1, "succeeded": 1, "pending": 1}


async def test_what_is_under_way_or_in_doubt_is_pending_until_nothing_is_worked_on_any_more():
    """Twenty-four rows, three of them in doubt at start, were 27 rows in the end."""
    doubts = [call(n, rows=(n,), state=CallState.IN_DOUBT, attempts=1) for n in (1, 2, 3)]
    counting = Counting(*doubts, *(call(n, rows=(n,)) for n in range(4, 25)))
    for each in doubts:
        counting.tally.moved(each, each.state)
    assert await counting.progress() == {"total": 24, "pending": 24}
    for each, state in zip(doubts[:2], (OK, UNKNOWN), strict=True):
        counting.tally.moved(each, state)
        await counting.end(each.id, state)
    assert await counting.progress() == {
        "total": 24, "done": 2, "succeeded": 1, "unknown": 1, "pending": 22,
    }  # fmt: skip
    assert await counting.progress(over=True) == {
        "total": 24, "done": 3, "succeeded": 1, "unknown": 2, "pending": 21,
    }  # fmt: skip


async def test_a_row_of_two_calls_that_end_badly_counts_once():
    calls = (call(1, rows=(1, 2)), call(2, MOVE, rows=(1,)), call(3, rows=(3,)))
    counting = Counting(*calls, max_fail=MaxFail(rows=1))
    counting.ledger.stored[2] = call(2, MOVE, rows=(1,), state=FAILED)
    await counting.tally.ended(counting.ledger.stored[2])
    counting.ledger.stored[1] = call(1, rows=(1, 2), state=OK)
    await counting.tally.ended(counting.ledger.stored[1])
    statuses = [(facts["row"], facts["status"]) for facts in counting.stand.told("row")]
    assert statuses == [(1, "failed"), (2, "succeeded")]
    assert counting.control.reason is None
    await counting.end(3, FAILED)
    assert counting.control.reason is Stop.MAX_FAIL


async def test_a_row_that_ends_worse_than_it_was_told_is_told_again_and_counted_once():
    counting = Counting(call(1), call(2, MOVE), max_fail=MaxFail(rows=1))
    await counting.end(1, UNKNOWN)
    await counting.end(2, FAILED)
    assert [facts["status"] for facts in counting.stand.told("row")] == ["unknown", "failed"]
    assert counting.control.reason is None


async def test_a_row_took_as_long_as_from_its_calls_first_sending_to_its_end():
    counting = Counting(call(1))
    await anyio.sleep(3)
    counting.tally.begins(call(1))
    await anyio.sleep(1.25)
    counting.tally.begins(call(1))  # sent again
    await anyio.sleep(0.5)
    await counting.end(1, OK)
    assert [facts["ms"] for facts in counting.stand.told("row")] == [1750]


async def test_a_call_is_timed_anew_once_it_has_ended_or_was_split():
    counting = Counting(call(1), call(2, rows=(2,)))
    for number, let_go in ((1, counting.tally.ended), (2, None)):
        counting.tally.begins(call(number))
        await anyio.sleep(9)
        if let_go is None:
            counting.tally.forget(call(number))
        else:
            await let_go(call(number))
        counting.tally.begins(call(number))
        await anyio.sleep(1)
        await counting.end(number, OK)
    assert [facts["ms"] for facts in counting.stand.told("row")] == [1000, 1000]


@pytest.mark.parametrize("ended", [FAILED, UNKNOWN])
async def test_more_failed_or_unknown_rows_than_allowed_stop_the_run(ended):
    counting = Counting(*(call(n, rows=(n,)) for n in (1, 2)), max_fail=MaxFail(rows=1))
    await counting.end(1, ended)
    assert counting.control.reason is None
    await counting.end(2, ended)
    assert counting.control.reason is Stop.MAX_FAIL


async def test_rows_that_succeed_blow_no_fuse():
    counting = Counting(*(call(n, rows=(n,)) for n in (1, 2)), max_fail=MaxFail(rows=0))
    await counting.end(1, OK)
    assert counting.control.reason is None


async def test_a_part_is_reckoned_of_the_rows_that_this_process_ended():
    earlier = [call(n, rows=(n,), state=OK) for n in range(1, 10)]
    later = [call(n, rows=(n,)) for n in (10, 11)]
    counting = Counting(*earlier, *later, max_fail=MaxFail(percent=40.0))
    await counting.end(10, OK)
    assert counting.control.reason is None
    await counting.end(11, FAILED)
    assert counting.control.reason is Stop.MAX_FAIL


async def test_progress_is_told_once_a_second_until_cancelled():
    counting = Counting(call(1))
    with anyio.move_on_after(2.5):
        await counting.tally.report_progress()
    assert len(counting.stand.told("progress")) == 3
