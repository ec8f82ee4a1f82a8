"""What to do next with a call, decided from what came back: one pure function."""

from __future__ import annotations

from enum import StrEnum
from typing import assert_never

from bulkops.definition.settling_ways import Again, ByToken, Look, Never, Settle
from bulkops.pacing.error_codes import NOT_VISIBLE_YET
from bulkops.pacing.replies import Fault, FaultClass

LAG_ATTEMPTS = 12
"""How often a call may meet that what an earlier step made is not visible yet."""
NETWORK_ATTEMPTS = 20
"""How often the network may be away before the run stops, to be resumed: some three minutes."""


class Next(StrEnum):
    """What the engine does with a call that came back."""

    REQUEUE = "requeue"  # throttled: to the front of its lane, no attempt spent
    AGAIN = "again"  # it did not act: once more after a delay
    REPEAT = "repeat"  # it may have acted, and doing it twice is harmless: once more
    SETTLE = "settle"  # it may have acted: find out first
    SPLIT = "split"  # a batch with a bad row in it: halve it
    FAIL = "fail"  # refused: the row fails
    GIVE_UP = "give-up"  # it may have acted and there is no way to tell
    STOP = "stop"  # every row would meet this: stop the run
    CLOSE = "close"  # a resource quota is used up: stop this lane


def decide(
    fault: Fault,
    *,
    settle: Settle,
    rows: int,
    attempts: int,
    doubts: int,
    fresh: bool,
    seen: bool,
    max_attempts: int,
) -> Next:
    """Return what to do with a call that brought a fault.

    `attempts` counts this one; `doubts`, how often the call was in doubt before; `fresh` tells
    that it works on what an earlier step of its row has just made, `seen` that the job names
    something by which to look what it did.
    """
    match fault.fault_class:
        case FaultClass.THROTTLED:
            return Next.REQUEUE
        case FaultClass.FATAL:
            return Next.STOP
        case FaultClass.EXHAUSTED:
            return Next.CLOSE
        case FaultClass.TRANSIENT:
            return _passing(fault, attempts, doubts, max_attempts)
        case FaultClass.IN_DOUBT:
            return _doubtful(settle, attempts, max_attempts)
        case FaultClass.REJECTED:
            refused = _refused_after_doubt(settle, rows, doubts, seen=seen) if doubts else None
            return refused or _refused(fault, rows, attempts, fresh=fresh)
        case _:
            assert_never(fault.fault_class)


def _passing(fault: Fault, attempts: int, doubts: int, max_attempts: int) -> Next:
    """Try again; a network that stays away is every row's trouble, not this one's."""
    if fault.http_status == 0:  # no answer at all
        return Next.AGAIN if attempts < NETWORK_ATTEMPTS else Next.STOP
    return Next.AGAIN if attempts < max_attempts else _lost(doubts)


def _doubtful(settle: Settle, attempts: int, max_attempts: int) -> Next:
    match settle:
        case Again() | ByToken():
            return Next.REPEAT if attempts < max_attempts else Next.GIVE_UP
        case Look():
            return Next.SETTLE
        case Never():
            return Next.GIVE_UP
        case _:
            assert_never(settle)


def _refused_after_doubt(settle: Settle, rows: int, doubts: int, *, seen: bool) -> Next:
    """Decide on a refusal of what may have acted before, so that it does not say it did not."""
    if isinstance(settle, ByToken):
        # the service answers a repeated token as it answered the first: it did not act
        return Next.SPLIT if rows > 1 else Next.FAIL
    if not seen:
        return Next.GIVE_UP
    # looked at before, and refused again: the bad row is to stand alone
    return Next.SPLIT if rows > 1 and doubts > 1 else Next.SETTLE


def _refused(fault: Fault, rows: int, attempts: int, *, fresh: bool) -> Next:
    if rows > 1:
        # the service refuses a batch as a whole and doesn't say for which of its rows
        return Next.SPLIT
    if fresh and fault.code in NOT_VISIBLE_YET and attempts < LAG_ATTEMPTS:
        return Next.AGAIN
    return Next.FAIL


def _lost(doubts: int) -> Next:
    """End a call that is refused for good: that tells of the last sending, not of earlier ones."""
    return Next.GIVE_UP if doubts else Next.FAIL
