"""What the engine needs from the world: a client, time, chance, threads, and someone to tell."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Protocol, runtime_checkable

from bulkops.engine.disk_wait import DiskWait
from bulkops.ledger.aside import Aside, at_once
from bulkops.pacing.replies import Outcome


class Client(Protocol):
    """The one door to a service: one request, one outcome, no retry and no exception."""

    async def call(self, service: str, operation: str, params: Mapping[str, Any]) -> Outcome:
        """Send one request and return what came of it; a cancelled call is in doubt."""
        ...


@runtime_checkable
class Warming(Protocol):
    """A client that can make connections before they are needed."""

    async def warm(self, service: str, connections: int) -> int:
        """Open connections to a service, sending nothing; return how many were opened."""
        ...


@runtime_checkable
class Uploading(Protocol):
    """A client that can put a file to an address that a service has signed for it."""

    async def upload(self, url: str, headers: Mapping[str, str], body: bytes) -> Outcome:
        """Put a file there with exactly these headers; it is harmless to do so again.

        What is said of a failure holds nothing of the address. It is never fatal nor in doubt:
        another place can be asked for.
        """
        ...


class Listener(Protocol):
    """Someone who is told what happens: the screen, the events file, a test."""

    def __call__(self, event: str, /, **facts: object) -> None:
        """Take one event with its flat facts; must return at once."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """Wall time and chance, as arguments: `now` in UTC, `chance` uniform in [0, 1).

    `aside` does what blocks; where it does so on a thread, the run goes on meanwhile.
    """

    now: Callable[[], datetime]
    chance: Callable[[], float]
    aside: Aside = at_once

    def stamp(self) -> str:
        """Return the wall time as ledger and reports keep it: ISO 8601, UTC, milliseconds."""
        return self.now().isoformat(timespec="milliseconds").replace("+00:00", "Z")


class SheetSecrets(Protocol):
    """Where secret cells come from at the moment they are sent, and only then."""

    def __call__(self, row: int, column: str, /) -> str:
        """Return the secret cell of a row; KeyError where the sheet has none."""
        ...


class Broadcast:
    """A listener that passes every event on to others, in the order they were added.

    One that fails is let go of, and the others are told so: whoever watches a run can't stop it.
    """

    def __init__(self, *listeners: Listener) -> None:
        self._listeners = list(listeners)
        self.lost: list[str] = []
        """Listeners that were let go of, a sentence each."""

    def add(self, listener: Listener) -> None:
        """Tell one more listener from now on."""
        self._listeners.append(listener)

    def __call__(self, event: str, /, **facts: object) -> None:
        """Pass one event on."""
        lost = []
        for listener in tuple(self._listeners):
            try:
                listener(event, **facts)
            except Exception as error:  # noqa: BLE001  # whatever it is, it is the listener's own
                self._listeners.remove(listener)
                lost.append(getattr(error, "strerror", None) or type(error).__name__)
        for reason in lost:
            said = f"One who was told of events failed: {reason}"
            self.lost.append(said)
            self("listener.lost", text=said)


def real_world() -> World:
    """Return the machine's clock and threads, and a source of chance that nobody can predict."""
    return World(
        now=lambda: datetime.now(UTC), chance=random.SystemRandom().random, aside=DiskWait()
    )
