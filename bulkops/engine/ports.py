"""What the engine needs from the world: a client, wall time, chance, and someone to tell."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol, runtime_checkable

from bulkops.pacing.outcome import Outcome


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


class Listener(Protocol):
    """Someone who is told what happens: the screen, the events file, a test."""

    def __call__(self, event: str, /, **facts: object) -> None:
        """Take one event with its flat facts; must return at once."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """Wall time and chance, as arguments: `now` in UTC, `chance` uniform in [0, 1)."""

    now: Callable[[], datetime]
    chance: Callable[[], float]

    def stamp(self) -> str:
        """Return the wall time as ledger and reports keep it: ISO 8601, UTC, milliseconds."""
        return self.now().isoformat(timespec="milliseconds").replace("+00:00", "Z")


class SheetSecrets(Protocol):
    """Where secret cells come from at the moment they are sent, and only then."""

    def __call__(self, row: int, column: str, /) -> str:
        """Return the secret cell of a row; KeyError where the sheet has none."""
        ...
