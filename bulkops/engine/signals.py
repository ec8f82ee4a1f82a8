"""Why a run stops, and the handle by which it is stopped from outside."""

from __future__ import annotations

import signal
from enum import StrEnum

import anyio

from bulkops.ledger.interface import LaneKey
from bulkops.pacing.replies import Fault


class Stop(StrEnum):
    """Why nothing more is sent."""

    INTERRUPTED = "interrupted"  # Ctrl-C: what was in flight is finished
    TERMINATED = "terminated"  # SIGTERM or SIGHUP: likewise
    MAX_FAIL = "max-fail"  # more rows failed than the person allowed
    FATAL = "fatal"  # a failure that every row would meet
    MAX_DURATION = "max-duration"  # the time that the person gave is over
    CANARY = "canary"  # the first rows are done and the person said no to the rest


class Control:
    """The one place that knows whether a run goes on.

    `stop` lets what is in flight finish; a second one from a person cancels it too.
    """

    def __init__(self) -> None:
        self.reason: Stop | None = None
        self.fault: Fault | None = None
        self.operation = ""
        self.stopping = anyio.Event()
        self.scope = anyio.CancelScope()
        self.exhausted: dict[LaneKey, Fault] = {}
        """Lanes that were stopped because a resource quota of the instance is used up."""

    def stop(self, reason: Stop, *, operation: str = "", fault: Fault | None = None) -> None:
        """Send nothing more; the first reason given is the one that is reported."""
        if self.reason is None:
            self.reason, self.operation, self.fault = reason, operation, fault
            self.stopping.set()

    def interrupt(self, reason: Stop) -> None:
        """Take a signal: the first stops, the second cancels what is in flight."""
        # after a stop for another reason the first signal still lets flights land
        if self.reason in (Stop.INTERRUPTED, Stop.TERMINATED):
            self.scope.cancel()
        self.stop(reason)

    async def obey_signals(self) -> None:
        """Turn SIGINT, SIGTERM and SIGHUP into stops until cancelled."""
        watched = [signal.SIGINT, signal.SIGTERM]
        if hasattr(signal, "SIGHUP"):  # Windows has none
            watched.append(signal.SIGHUP)
        with anyio.open_signal_receiver(*watched) as received:
            async for signum in received:
                ctrl_c = signum == signal.SIGINT
                self.interrupt(Stop.INTERRUPTED if ctrl_c else Stop.TERMINATED)
