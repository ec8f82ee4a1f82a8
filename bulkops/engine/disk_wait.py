"""Waiting for this machine's disk: on the spot where it is quick, and else on a thread."""

from __future__ import annotations

import time
from collections.abc import Callable

import anyio

QUICK_SECONDS = 0.001
"""Up to which a wait holds up a run less than handing it to a thread would: some 0.1 ms of CPU."""


class DiskWait:
    """An `Aside`. The last wait tells where the next one is done: disks are slow for a while."""

    def __init__(self, clock: Callable[[], float] = time.perf_counter) -> None:
        self._clock = clock
        self._last = 0.0

    def __repr__(self) -> str:
        return f"<DiskWait {self._last * 1000:.1f} ms>"

    async def __call__(self, work: Callable[[], None]) -> None:
        """Do what waits for the disk; the run goes on meanwhile where that takes long."""
        if self._last < QUICK_SECONDS:
            self._timed(work)
        else:
            await anyio.to_thread.run_sync(self._timed, work)

    def _timed(self, work: Callable[[], None]) -> None:
        began = self._clock()
        try:
            work()
        finally:
            self._last = self._clock() - began
