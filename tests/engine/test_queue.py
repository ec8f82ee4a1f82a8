from __future__ import annotations

import anyio
import pytest

from bulkops.engine.calls.queue import REFILL, CallQueue
from bulkops.ledger.states import CallState
from tests.engine.stand_ins import CREATE, MOVE, MemoryLedger, call

CREATES, MOVES = call(1).lane, call(1, MOVE).lane
LANES = (CREATES, MOVES)


def queue_of(*calls, lanes=(CREATES,), last_row=None):
    ledger = MemoryLedger(*calls)
    return ledger, CallQueue(ledger, frozenset(lanes), last_row=last_row)


def moved(ledger, number, state):
    ledger.stored[number] = call(number, ledger.stored[number].step, state=state)


async def test_calls_come_in_plan_order_each_once():
    _, queue = queue_of(call(3), call(1), call(2))
    assert [(await queue.next(CREATES)).id for _ in range(3)] == [1, 2, 3]
    with anyio.move_on_after(1) as waiting:
        await queue.next(CREATES)
    assert waiting.cancelled_caught  # all three are held: any of them may come back


async def test_a_lane_is_over_when_nothing_is_ready_and_nothing_is_held():
    ledger, queue = queue_of(call(1))
    only = await queue.next(CREATES)
    moved(ledger, 1, CallState.SUCCEEDED)
    queue.done(only)
    assert await queue.next(CREATES) is None


async def test_what_comes_back_goes_before_those_after_it_in_the_plan():
    _, queue = queue_of(call(1), call(2), call(3))
    first, second = await queue.next(CREATES), await queue.next(CREATES)
    queue.requeue(second)
    queue.requeue(first)
    assert [(await queue.next(CREATES)).id for _ in range(3)] == [1, 2, 3]


async def test_a_call_that_is_held_is_not_taken_from_the_ledger_again():
    _, queue = queue_of(call(1), call(2))
    queue.hold(call(1))
    assert (await queue.next(CREATES)).id == 2


async def test_the_ledger_is_asked_for_a_handful_past_those_that_are_held():
    ledger, queue = queue_of(*(call(number) for number in range(1, 2 * REFILL + 1)))
    for _ in range(REFILL):
        await queue.next(CREATES)
    await queue.next(CREATES)
    assert ledger.asked == [(CREATES, REFILL), (CREATES, 2 * REFILL)]


async def test_what_was_let_go_of_is_not_reckoned_with_any_more():
    ledger, queue = queue_of(*(call(number) for number in range(1, 5)))
    taken = [await queue.next(CREATES) for _ in range(4)]
    for each in taken[:3]:
        moved(ledger, each.id, CallState.SUCCEEDED)
        queue.done(each)
        queue.done(each)  # again does nothing
    queue.leave(taken[3])
    assert await queue.next(CREATES) is None
    assert ledger.asked[-1] == (CREATES, REFILL + 1)


async def test_up_to_the_last_row_calls_are_given_and_no_further():
    ledger, queue = queue_of(call(1, rows=(1, 2)), call(2, rows=(3,)), last_row=1)
    first = await queue.next(CREATES)
    assert first.rows == (1, 2)
    moved(ledger, 1, CallState.SUCCEEDED)
    queue.done(first)
    assert await queue.next(CREATES) is None


async def test_a_lane_waits_for_what_another_may_make_ready():
    waiting = call(2, MOVE, state=CallState.SENT)
    ledger, queue = queue_of(call(1, CREATE), waiting, lanes=(CREATES, MOVES))
    got = []

    async def take_move():
        got.append(await queue.next(MOVES))

    async with anyio.create_task_group() as tasks:
        first = await queue.next(CREATES)
        tasks.start_soon(take_move)
        await anyio.sleep(5)
        assert got == []
        moved(ledger, 1, CallState.SUCCEEDED)
        moved(ledger, 2, CallState.PLANNED)
        queue.done(first)
    assert [each.id for each in got] == [2]


async def test_when_one_lane_finds_that_all_are_over_the_others_end_too():
    _, queue = queue_of(lanes=(CREATES, MOVES))
    ends = []

    async def end(lane):
        ends.append(await queue.next(lane))

    with anyio.fail_after(1):
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(end, CREATES)
            tasks.start_soon(end, MOVES)
    assert ends == [None, None]


async def test_a_closed_lane_gives_nothing_and_holds_up_no_other():
    ledger, queue = queue_of(call(1), call(2), call(3, MOVE), lanes=(CREATES, MOVES))
    under_way = await queue.next(CREATES)  # the second one is queued
    queue.close(CREATES)
    assert queue.lanes == (MOVES,)
    assert await queue.next(CREATES) is None
    queue.requeue(under_way)  # its lane is gone, so it is let go of
    last = await queue.next(MOVES)
    moved(ledger, 3, CallState.SUCCEEDED)
    queue.done(last)
    with anyio.fail_after(1):
        assert await queue.next(MOVES) is None


@pytest.mark.parametrize("let_go", ["done", "requeue"])
async def test_a_lane_that_waits_looks_again_at_every_change(let_go):
    _, queue = queue_of(call(1))
    first = await queue.next(CREATES)
    got = []

    async def take():
        got.append(await queue.next(CREATES))

    async with anyio.create_task_group() as tasks:
        tasks.start_soon(take)
        await anyio.sleep(1)
        getattr(queue, let_go)(first)
    assert [each.id for each in got] == [1]  # the ledger still has it as planned


async def test_it_shows_what_is_queued_and_what_is_under_way():
    _, queue = queue_of(call(1), call(2), call(3))
    await queue.next(CREATES)
    assert repr(queue) == "<CallQueue 2 queued, 1 under way>"


async def test_what_others_wait_for_goes_before_what_was_taken_of_the_plan():
    urgent = call(9, turn=-500, state=CallState.SENT)
    ledger, queue = queue_of(call(1), call(2), urgent, call(3, MOVE, turn=-900), lanes=LANES)
    waited_for = await queue.next(MOVES)
    assert (await queue.next(CREATES)).id == 1
    moved(ledger, 3, CallState.SUCCEEDED)
    ledger.stored[9] = call(9, turn=-500)  # what it waited for has succeeded
    queue.done(waited_for)
    assert [(await queue.next(CREATES)).id for _ in range(2)] == [9, 2]


async def test_no_more_than_a_handful_is_kept_however_much_becomes_urgent():
    numbers = range(1, 2 * REFILL + 1)
    ledger, queue = queue_of(
        *(call(number) for number in numbers), call(999, MOVE, turn=-900), lanes=LANES
    )
    waited_for = await queue.next(MOVES)
    await queue.next(CREATES)
    moved(ledger, 999, CallState.SUCCEEDED)
    for number in numbers:
        ledger.stored[1000 + number] = call(1000 + number, turn=-number)
    queue.done(waited_for)
    assert (await queue.next(CREATES)).id == 1000 + 2 * REFILL
    assert repr(queue) == f"<CallQueue {REFILL - 1} queued, 2 under way>"
    rest = [(await queue.next(CREATES)).id for _ in range(4 * REFILL - 2)]
    assert rest == [*range(1000 + 2 * REFILL - 1, 1000, -1), *numbers[1:]]


async def test_a_lane_with_nothing_left_is_asked_again_only_when_something_may_have_opened():
    ledger, queue = queue_of(
        *(call(number, opens=False) for number in (1, 2)), call(3, opens=True), lanes=LANES
    )
    async with anyio.create_task_group() as tasks:
        tasks.start_soon(queue.next, MOVES)
        calls = [await queue.next(CREATES) for _ in range(3)]
        await anyio.sleep(1)
        asked = []
        for each in calls:
            moved(ledger, each.id, CallState.SUCCEEDED)
            queue.done(each)
            await anyio.sleep(1)
            asked.append(sum(lane == MOVES for lane, _ in ledger.asked))
        assert asked == [1, 1, 2]
        tasks.cancel_scope.cancel()
