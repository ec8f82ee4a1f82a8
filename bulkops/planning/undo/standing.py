"""What became of what a call did."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bulkops.planning.diff.comparison import Difference
from bulkops.planning.inventory import Thing


class Standing(StrEnum):
    """What became of what a call did."""

    AS_SET = "as-set"  # it is as the call left it: to be taken back
    BEFORE = "before"  # it is as it was before the call: nothing to do
    CHANGED = "changed"  # somebody has changed it since
    GONE = "gone"  # the thing itself is no longer there


@dataclass(frozen=True, slots=True, kw_only=True)
class UndoState:
    """What stands, and what taking the call back would change of it.

    `since` is what was changed since: what the call set, in place of what is there now.
    """

    standing: Standing
    thing: Thing | None = None
    back: tuple[Difference, ...] = ()
    since: tuple[Difference, ...] = ()


def standing_of(*, as_set: bool, before: bool) -> Standing:
    """Return what became of it: both what it set and what was before may be what is there."""
    if as_set:
        return Standing.AS_SET
    return Standing.BEFORE if before else Standing.CHANGED
