"""The states of a call and of a row, and the only moves between them."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class CallState(StrEnum):
    """Where a call stands."""

    PLANNED = "planned"  # not sent, or refused before it took effect
    SENT = "sent"  # committed before the request left: found at start, it is in doubt
    IN_DOUBT = "in_doubt"  # sent, and whether it acted is not known
    ACCEPTED = "accepted"  # the service works on it: asked how far it is, never sent again
    SUCCEEDED = "succeeded"  # the service said so, or settling found it so
    FAILED = "failed"  # the service refused it for a reason of its own
    UNKNOWN = "unknown"  # settling could not tell: a person decides


DOUBTFUL = frozenset({CallState.SENT, CallState.IN_DOUBT, CallState.UNKNOWN})
"""States of calls that may have acted: nobody knows, or nobody knows yet."""
MOVES: Mapping[CallState, frozenset[CallState]] = {
    CallState.PLANNED: frozenset({CallState.SENT}),
    CallState.SENT: frozenset(
        {
            CallState.SUCCEEDED,
            CallState.ACCEPTED,
            CallState.FAILED,
            CallState.PLANNED,
            CallState.IN_DOUBT,
        }
    ),
    CallState.IN_DOUBT: frozenset(
        {
            CallState.SUCCEEDED,
            CallState.ACCEPTED,
            CallState.PLANNED,
            CallState.FAILED,
            CallState.UNKNOWN,
        }
    ),
    CallState.ACCEPTED: frozenset({CallState.SUCCEEDED, CallState.FAILED, CallState.UNKNOWN}),
    CallState.FAILED: frozenset({CallState.PLANNED}),  # only by `retry`
    CallState.SUCCEEDED: frozenset(),
    CallState.UNKNOWN: frozenset({CallState.IN_DOUBT}),  # only by `retry`: look once more
}


class RowStatus(StrEnum):
    """How a row ended, as the reports say it."""

    SUCCEEDED = "succeeded"  # every call of it succeeded
    UNCHANGED = "unchanged"  # it was already so
    SKIPPED = "skipped"  # it was there but different, and was to be left alone
    FAILED = "failed"  # a call of it was refused, or the plan found a conflict
    INVALID = "invalid"  # a problem of the sheet kept it from being planned
    UNKNOWN = "unknown"  # whether it took effect could not be found out
    PENDING = "pending"  # not attempted yet, or not to the end
    UNDONE = "undone"  # an undo has taken back what was done for it


def status_of(states: frozenset[CallState]) -> RowStatus:
    """Derive a row's status from the states of its calls.

    Not asked for here: a row without calls, whose status the plan fixes, and one that was undone.
    """
    # a refusal is told before a doubt: it is what a person can mend
    if CallState.FAILED in states:
        return RowStatus.FAILED
    if states & DOUBTFUL:
        return RowStatus.UNKNOWN
    if states == {CallState.SUCCEEDED}:
        return RowStatus.SUCCEEDED
    return RowStatus.PENDING
