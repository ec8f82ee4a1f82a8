"""Why a run stops, and the handle by which it is stopped from outside."""

from __future__ import annotations

import signal
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum

import anyio

from bulkops.ledger.records import LaneKey
from bulkops.pacing.replies import Fault


class Stop(StrEnum):
    """Why nothing more is sent."""

    INTERRUPTED = "interrupted"  # Ctrl-C: what was in flight is finished
    TERMINATED = "terminated"  # SIGTERM or SIGHUP: likewise
    MAX_FAIL = "max-fail"  # more rows failed than the person allowed
    FATAL = "fatal"  # a failure that every row would meet
    MAX_DURATION = "max-duration"  # the time that the person gave is over
    RECORD_GONE = "record-gone"  # what is sent could no longer be recorded where it is found
    CANARY = "canary"  # the first rows are done and the person said no to the rest


@dataclass(frozen=True, slots=True, kw_only=True)
class Closing:
    """What closed a target: a failure that every call to it would meet."""

    operation: str
    fault: Fault


class Control:
    """The one place that knows whether a run goes on, as a whole and for each of its targets.

    `stop` lets what is in flight finish; a second one from a person cancels it too. `close` does
    the same for one target, and the others go on.
    """

    def __init__(self) -> None:
        self.reason: Stop | None = None
        self.fault: Fault | None = None
        self.operation = ""
        self.stopping = anyio.Event()
        self.scope = anyio.CancelScope()
        self.exhausted: dict[LaneKey, Fault] = {}
        """Lanes that were stopped because a resource quota of the instance is used up."""
        self.closed: dict[str, Closing] = {}
        """Targets to which nothing more is sent, by name, each with the first failure it met."""
        self._under_way: defaultdict[str, set[anyio.CancelScope]] = defaultdict(set)

    def stop(self, reason: Stop, *, operation: str = "", fault: Fault | None = None) -> None:
        """Send nothing more; the first reason given is the one that is reported."""
        if self.reason is None:
            self.reason, self.operation, self.fault = reason, operation, fault
            self.stopping.set()

    def close(self, target: str, *, operation: str, fault: Fault) -> None:
        """Send nothing more to one target, and end what waits or looks on its behalf."""
        self.closed.setdefault(target, Closing(operation=operation, fault=fault))
        for scope in self._under_way[target]:
            scope.cancel()

    def is_over(self, target: str) -> bool:
        """Tell whether nothing more is done for a target, or for any."""
        return self.stopping.is_set() or target in self.closed

    def admits(self, lane: LaneKey) -> bool:
        """Tell whether calls of a lane may be sent still."""
        target, _, _ = lane
        return target not in self.closed and lane not in self.exhausted

    @contextmanager
    def working_for(self, target: str) -> Iterator[anyio.CancelScope]:
        """Cancel what the block does for a target once that is closed."""
        with anyio.CancelScope() as scope:
            self._under_way[target].add(scope)
            try:
                yield scope
            finally:
                self._under_way[target].discard(scope)

    def interrupt(self, reason: Stop) -> None:
        """Take a signal: the first stops, the second cancels what is in flight."""
        # after a stop for another reason the first signal still lets flights land
        if self.reason in (Stop.INTERRUPTED, Stop.TERMINATED):
            self.scope.cancel()
        self.stop(reason)

    async def obey_signals(self) -> None:
        """Turn SIGINT, SIGTERM and SIGHUP into stops until cancelled."""
        watched = [signal.SIGINT, signal.SIGTERM]
        # Windows has no SIGHUP; under nohup it is ignored, and the run is to outlive its terminal
        if hasattr(signal, "SIGHUP") and signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:
            watched.append(signal.SIGHUP)
        with anyio.open_signal_receiver(*watched) as received:
            async for signum in received:
                ctrl_c = signum == signal.SIGINT
                self.interrupt(Stop.INTERRUPTED if ctrl_c else Stop.TERMINATED)
