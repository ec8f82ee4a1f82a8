"""An event loop whose clock jumps to the next timer, so that hours pass in moments."""

from __future__ import annotations

import asyncio
import selectors
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from _typeshed import FileDescriptorLike

Events = list[tuple[selectors.SelectorKey, int]]

TURN = 1e-6
"""Virtual seconds that one turn of the loop takes.

Without it a timer whose due time rounds to the present could be re-armed for ever: a limiter
that waits for the last 1e-16 of a token would never see the clock move.
"""


class _Selector(selectors.BaseSelector):
    """Looks for ready files without waiting, and tells the loop how long it would have waited."""

    def __init__(self, pass_time: Callable[[float], None]) -> None:
        self._files = selectors.DefaultSelector()
        self._pass_time = pass_time

    def select(self, timeout: float | None = None) -> Events:
        """Serve what is ready at once; else let the time pass, or wait where no timer is set."""
        ready = self._files.select(0)
        self._pass_time(TURN)
        if ready:
            return ready
        if timeout is None:
            return self._files.select(None)
        self._pass_time(max(timeout, 0.0))
        return ready

    def register(
        self,
        fileobj: FileDescriptorLike,
        events: int,
        data: Any = None,  # noqa: ANN401  # the selectors protocol
    ) -> selectors.SelectorKey:
        return self._files.register(fileobj, events, data)

    def unregister(self, fileobj: FileDescriptorLike) -> selectors.SelectorKey:
        return self._files.unregister(fileobj)

    def modify(
        self,
        fileobj: FileDescriptorLike,
        events: int,
        data: Any = None,  # noqa: ANN401  # the selectors protocol
    ) -> selectors.SelectorKey:
        return self._files.modify(fileobj, events, data)

    def get_map(self) -> Mapping[FileDescriptorLike, selectors.SelectorKey]:
        return self._files.get_map()

    def close(self) -> None:
        self._files.close()


class VirtualLoop(asyncio.SelectorEventLoop):
    """An asyncio loop on virtual time: it starts at 0 and sleeping costs nothing.

    Real files that are ready are served before time passes. Work in threads is invisible to it:
    while a thread works, the clock runs on to the next timer.
    """

    def __init__(self) -> None:
        self._virtual = 0.0
        self._clock_resolution = 1e-9
        super().__init__(_Selector(self._pass_time))
        self._clock_resolution = 1e-9

    def time(self) -> float:
        """Return the virtual time in seconds since the loop was made."""
        return self._virtual

    def sleep_through(self, seconds: float) -> None:
        """Let time pass in which nothing runs, as on a machine that sleeps."""
        self._pass_time(seconds)

    def _pass_time(self, seconds: float) -> None:
        self._virtual += seconds

    def __repr__(self) -> str:
        return f"<VirtualLoop at {self._virtual:.6f} s>"


def virtual_loop() -> VirtualLoop:
    """Return a new loop at time 0, as `loop_factory` of anyio's asyncio backend."""
    return VirtualLoop()
