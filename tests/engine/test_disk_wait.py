from __future__ import annotations

import threading

import pytest

from bulkops.engine.disk_wait import DiskWait
from bulkops.engine.ports import real_world


@pytest.fixture
def anyio_backend():
    """A thread is invisible to a virtual clock."""
    return "asyncio"


class Disk:
    """Takes as long as it is told to by a clock of its own, and notes on which threads."""

    def __init__(self):
        self.now = 0.0
        self.takes = 0.0
        self.threads = []

    def wait(self):
        self.now += self.takes
        self.threads.append(threading.current_thread() is threading.main_thread())

    def fail(self):
        self.now += self.takes
        raise OSError("it said")


async def test_a_quick_disk_is_waited_for_on_the_spot_and_a_slow_one_on_a_thread():
    disk = Disk()
    wait = DiskWait(lambda: disk.now)
    for disk.takes in (0.0002, 0.0009, 0.005, 0.005, 0.0003, 0.0003):
        await wait(disk.wait)
    # each wait tells of the next one
    assert disk.threads == [True, True, True, False, False, True]
    assert repr(wait) == "<DiskWait 0.3 ms>"


async def test_a_wait_that_fails_says_so_and_counts_as_one():
    disk = Disk()
    wait = DiskWait(lambda: disk.now)
    disk.takes = 0.005
    with pytest.raises(OSError, match="it said"):
        await wait(disk.fail)
    with pytest.raises(OSError, match="it said"):
        await wait(disk.fail)
    await wait(disk.wait)
    assert disk.threads == [False]


async def test_the_real_world_waits_so():
    assert isinstance(real_world().aside, DiskWait)
