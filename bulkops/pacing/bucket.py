"""How large a client's bucket may be, so that the service's own bucket never runs dry."""

from __future__ import annotations

from bulkops.pacing.quotas import Quota

SPREAD_SECONDS = 0.25
"""How much longer the slowest call is on its way to the service than the fastest.

At 20/s burst 50 a reserve of 5 calls, which is this spread, ended the throttles that a reserve
of 1 left, at 1.012 of the least time.
"""
RESERVE = 1.0
ROOMY = 3
"""A burst from which on the bucket keeps room for late timers."""


def capacity(quota: Quota, spread_seconds: float = SPREAD_SECONDS) -> float:
    """Return how many calls a client's bucket holds: the burst less a reserve.

    A bucket of capacity C and rate r lets at most C + r·t calls leave in any t seconds. Calls
    are between L and L + s seconds on their way, so those that arrive within t left within
    t + s: C + r·(t + s) at the most. A service that grants burst + r·t refuses none of them if
    C + r·s ≤ burst. The reserve is r·s, or one call where that is more, because the service's
    clock starts at the first arrival.

    The capacity also is what late timers draw on: a bucket of 1 is full when its timer is due,
    and loses for good what it would have gained until the timer fires; one of C makes up for a
    lateness of up to the time of C less one calls. So 2 are kept where the burst allows, and
    never less than 1, or no call could leave.
    """
    reserve = max(RESERVE, quota.rate * spread_seconds)
    return max(quota.burst - reserve, 2.0 if quota.burst >= ROOMY else 1.0)


def steady_rate(quota: Quota, spread_seconds: float = SPREAD_SECONDS) -> float:
    """Return the rate at which the bucket may be refilled: the quota's, nearly always.

    A burst below 2 leaves less than the reserve beside the one call that a bucket must hold, and
    a call that is quick on its way comes too soon after a slow one. The interval between calls
    is then longer by the part of the spread that the reserve does not cover; the rate is
    lowered by a fifth at the most.
    """
    uncovered = spread_seconds - (quota.burst - 1) / quota.rate
    if quota.burst >= 1 + RESERVE or uncovered <= 0:
        return quota.rate
    return quota.rate * max(1 / (1 + quota.rate * uncovered), 0.8)
