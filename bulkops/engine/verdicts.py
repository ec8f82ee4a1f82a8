"""What a look at an instance says about a call in doubt: a pure decision."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bulkops.definition.words import Look
from bulkops.ledger.states import CallState

RESEND_AFTER_SECONDS = 10.0
"""Reads lag behind writes by a few seconds as a rule: absent for longer mostly means absent."""


class Seen(StrEnum):
    """What a look found."""

    AS_SENT = "as-sent"  # there, and as the call would have made it
    DIFFERENT = "different"  # there, but not as the call would have made it
    ABSENT = "absent"  # not there, or not visible yet


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """How a doubt ends: the state that the call moves to, and why."""

    state: CallState
    why: str


def conclude(
    verb: str, seen: Seen, look: Look, *, waited: float, refused: bool, last: bool
) -> Verdict | None:
    """Return how the doubt ends, or None to look again later.

    `verb` is what the operation does (`definition.words.verb`). `refused` tells that the service
    has meanwhile refused the call as done already, so its effect is there, visible or not.
    `waited` is in seconds since the first look; `last` tells that there will be no other.
    """
    if verb in ("delete", "disassociate"):
        return _about_removal(seen, waited, refused=refused)
    if seen is Seen.AS_SENT:
        return Verdict(state=CallState.SUCCEEDED, why="found as it was sent")
    if verb == "update":
        return _again(waited)
    if seen is Seen.DIFFERENT:
        return Verdict(state=CallState.UNKNOWN, why="found, but different from what was sent")
    if refused:
        why = "the service says it is there, but it did not become visible"
        return Verdict(state=CallState.UNKNOWN, why=why) if last else None
    return _again(waited) if look.duplicate or last else None


def _about_removal(seen: Seen, waited: float, *, refused: bool) -> Verdict | None:
    if refused or seen is Seen.ABSENT:
        return Verdict(state=CallState.SUCCEEDED, why="it is gone")
    return _again(waited)


def _again(waited: float) -> Verdict | None:
    """Send again once reads have had time to show what the first one did."""
    if waited < RESEND_AFTER_SECONDS:
        return None
    return Verdict(state=CallState.PLANNED, why="not found: sent again")
