from __future__ import annotations

import asyncio
import socket

import anyio
from aiolimiter import AsyncLimiter

from bulkops.sim.virtual_clock import VirtualLoop, virtual_loop


async def test_the_clock_starts_at_nothing_and_sleeping_costs_only_virtual_time():
    assert anyio.current_time() < 0.001
    await anyio.sleep(86_000)
    assert 86_000 <= anyio.current_time() < 86_000.001


async def test_timers_of_a_task_group_fire_in_the_order_of_their_times():
    fired = []

    async def wait(seconds):
        await anyio.sleep(seconds)
        fired.append((seconds, round(anyio.current_time(), 3)))

    async with anyio.create_task_group() as tasks:
        for seconds in (30, 10, 20):
            tasks.start_soon(wait, seconds)
    assert fired == [(10, 10), (20, 20), (30, 30)]


async def test_a_timeout_cancels_at_its_virtual_time():
    with anyio.move_on_after(5) as scope:
        await anyio.sleep_forever()
    assert scope.cancelled_caught
    assert round(anyio.current_time(), 3) == 5


async def test_a_limiter_of_an_odd_rate_does_not_stall_on_float_dust():
    limiter = AsyncLimiter(1, 1 / 1.9)
    for _ in range(2_000):
        await limiter.acquire()
    assert 1_999 / 1.9 <= anyio.current_time() < 1_999 / 1.9 + 0.1


def test_thousands_of_hours_of_turns_take_no_time_to_speak_of():
    async def walk():
        for _ in range(10_000):
            await asyncio.sleep(3_600)
        return asyncio.get_running_loop().time()

    with asyncio.Runner(loop_factory=virtual_loop) as runner:
        assert 36_000_000 <= runner.run(walk()) < 36_000_001


async def test_bytes_that_arrived_are_served_before_time_passes():
    left, right = socket.socketpair()
    left.setblocking(False)
    right.setblocking(False)
    loop = asyncio.get_running_loop()
    right.send(b"here")
    with anyio.fail_after(1):
        assert await loop.sock_recv(left, 10) == b"here"
    left.close()
    right.close()
    assert anyio.current_time() < 0.01


async def test_without_a_timer_the_loop_waits_for_what_a_thread_brings():
    assert await anyio.to_thread.run_sync(lambda: 7) == 7
    assert anyio.current_time() < 0.01


def test_a_loop_says_what_time_it_is():
    loop = VirtualLoop()
    assert repr(loop) == "<VirtualLoop at 0.000000 s>"
    loop.close()
