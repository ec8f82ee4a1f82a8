"""How long calls take at the least."""

from __future__ import annotations

from bulkops.pacing.quotas import Quota

ROUND_TRIP = 0.1
"""Seconds from a request to its answer, as few as may be: an assumption, not a measurement."""


def least_seconds(calls: int, quota: Quota) -> float:
    """Return the least seconds in which a quota lets through this many calls.

    The burst goes at once, the rest at the rate.
    """
    return max(0.0, (calls - quota.burst) / quota.rate)
