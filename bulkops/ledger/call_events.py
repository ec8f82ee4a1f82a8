"""What the ledger recorded of calls on their way, one by one and counted by the second."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple


@dataclass(frozen=True, slots=True, kw_only=True)
class CallEvent:
    """One move of one call, as it was recorded."""

    at: str
    call: int
    from_state: str
    to_state: str
    why: str


class LaneMoves(NamedTuple):
    """How many calls of a lane made the same move, for the same reason, within one second.

    `lane` is target name, service and operation; `at` is when the first of them did.
    """

    lane: tuple[str, str, str]
    at: str
    from_state: str
    to_state: str
    why: str
    calls: int
