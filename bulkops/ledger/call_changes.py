"""What is asked of a ledger about its calls: moves, and other calls in a call's place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from bulkops.errors import LedgerError
from bulkops.ledger.records import Result
from bulkops.ledger.states import CallState
from bulkops.planning.plan import PlannedCall


class StaleMoveError(LedgerError):
    """A call was not in the state that it was to be moved from: a fault of bulkops itself."""


@dataclass(frozen=True, slots=True)
class Move:
    """One call's move from a state to another, `moved`, and what is recorded of it.

    `attempt` and `throttle` are added to the call's counts.
    """

    call: int
    moved: tuple[CallState, CallState]
    at: str = field(kw_only=True)
    why: str = field(default="", kw_only=True)
    attempt: int = field(default=0, kw_only=True)
    throttle: int = field(default=0, kw_only=True)
    result: Result | None = field(default=None, kw_only=True)


@dataclass(frozen=True, slots=True)
class Split:
    """A sent batch that was rejected, and the smaller ones that take its place."""

    call: int
    parts: Sequence[PlannedCall]
    at: str = field(kw_only=True)
    why: str = field(kw_only=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class DividedPart:
    """Some rows of a sent call that came to the same end, as a call of their own.

    `attempt` and `throttle` are added to the counts that it has from the whole.
    """

    call: PlannedCall
    to: CallState
    why: str = ""
    result: Result | None = None
    attempt: int = 0
    throttle: int = 0


@dataclass(frozen=True, slots=True)
class Division:
    """A sent call that was answered row by row, and the parts that take its place."""

    call: int
    parts: Sequence[DividedPart]
    at: str = field(kw_only=True)


@dataclass(frozen=True, slots=True)
class Reopening:
    """Calls that are to be tried or looked at again.

    `params` are other arguments by call, for failed ones whose rows were corrected.
    """

    calls: Sequence[int]
    at: str = field(kw_only=True)
    why: str = field(kw_only=True)
    params: Mapping[int, Mapping[str, Any]] = field(default_factory=dict, kw_only=True)
