"""What a run waits for while nothing seems to happen, in one sentence."""

from __future__ import annotations

import math
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from bulkops.ledger.records import StoredCall
from bulkops.planning.rows.row_names import RowNames


@dataclass(slots=True)
class Wait:
    """One call that waits: why, and until when on the loop's clock."""

    said: str
    until: float | None = None
    accepted: bool = False
    """Whether the service has accepted the call and works on it."""


class Waits:
    """The calls of a run that are being settled, wait out a delay, or are worked on elsewhere."""

    def __init__(self, names: RowNames | None = None) -> None:
        self.names = names or RowNames()
        """What the rows of the run are called."""
        self._waits: dict[int, Wait] = {}

    def __repr__(self) -> str:
        return f"<Waits {len(self._waits)} calls>"

    @contextmanager
    def waiting(self, call: StoredCall, said: str) -> Iterator[Wait]:
        """Count a call among those that wait, as long as the block lasts; `until` may be set."""
        wait = self._waits[call.id] = Wait(said)
        try:
            yield wait
        finally:
            del self._waits[call.id]

    def facts(self, now: float) -> dict[str, object]:
        """Return how many calls wait, and a sentence on the one whose time comes first."""
        first = min(self._waits.values(), key=_due, default=None)
        return {
            "waiting": len(self._waits),
            "accepted": sum(wait.accepted for wait in self._waits.values()),
            "waits_for": "" if first is None else _said(first, now),
        }


def _due(wait: Wait) -> float:
    return -math.inf if wait.until is None else wait.until


def _said(wait: Wait, now: float) -> str:
    if wait.until is None:
        return wait.said
    return f"{wait.said}; again in {max(math.ceil(wait.until - now), 0)} s"
