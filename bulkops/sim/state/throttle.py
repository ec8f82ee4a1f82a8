"""Strict token buckets: one for each account, Region, service and operation.

Default figures are those of the Amazon Connect service quotas page: 2 requests a second with a
burst of 5, for every operation of administration, and what it says of the family's services.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

from bulkops.pacing.default_quotas import FAMILIES

DUST = 1e-6
"""Part of a token that rounding may have lost: a request paced to the quota is not refused."""

BucketKey = tuple[str, str, str, str]
"""(account, Region, service, operation)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Allowance:
    """Requests a second, the burst above them, and what somebody else takes of the same bucket."""

    rate: float = 2.0
    burst: float = 5.0
    foreign: float = 0.0
    """Requests a second that another consumer gets through."""

    def times(self, factor: float) -> Allowance:
        """Return the quota with everything so much faster."""
        return Allowance(
            rate=self.rate * factor, burst=self.burst * factor, foreign=self.foreign * factor
        )


Timetable = tuple[tuple[float, Allowance], ...]
"""(seconds since the bucket's first request, quota from then on), in that order, from 0."""

UNLIMITED = Allowance(rate=1e9, burst=1e9)
"""Where there is no quota, or it is not the point."""
DEFAULTS: Mapping[str, Allowance] = {"connect": Allowance(), "uploads": UNLIMITED}
"""Quotas of services that are the same for all of their operations here."""
OTHERWISE = Allowance(rate=20.0, burst=40.0)
"""For services whose quotas are not the point here."""


def _published(service: str, operation: str) -> Allowance:
    """Return what the quotas page says of an operation."""
    if service in DEFAULTS:
        return DEFAULTS[service]
    if service not in FAMILIES:
        return OTHERWISE
    figures = FAMILIES[service].figures(operation)
    return Allowance(rate=figures.rate, burst=figures.burst)


class Bucket:
    """One lane's tokens. It is full at its first request."""

    def __init__(self, timetable: Timetable, now: float) -> None:
        self._timetable = timetable
        self._start = self._at = now
        self.tokens = timetable[0][1].burst

    def __repr__(self) -> str:
        return f"<Bucket {self.tokens:.3f} of {self.quota(self._at).burst:g}>"

    def quota(self, now: float) -> Allowance:
        """Return the quota in force."""
        elapsed = now - self._start
        return [quota for since, quota in self._timetable if since <= elapsed + DUST][-1]

    def take(self, now: float) -> bool:
        """Take a token; False where there is none, and then the request is throttled."""
        for since, until in pairwise(self._moments(now)):
            self._refill(self.quota(since), until - since)
        self._at = max(self._at, now)
        self.tokens = min(self.tokens, self.quota(self._at).burst)
        if self.tokens < 1.0 - DUST:
            return False
        self.tokens -= 1.0
        return True

    def _moments(self, now: float) -> list[float]:
        """Return the times from the last request to this one at which the quota changed."""
        changes = [self._start + since for since, _ in self._timetable]
        return [self._at, *(at for at in changes if self._at < at < now), max(now, self._at)]

    def _refill(self, quota: Allowance, seconds: float) -> None:
        gained = seconds * (quota.rate - quota.foreign)
        self.tokens = max(min(quota.burst, self.tokens + gained), min(self.tokens, 0.0))


class Buckets:
    """All lanes' buckets, each made at its first request."""

    def __init__(
        self, rates: Mapping[str, Allowance | Timetable] | None = None, *, speed: float = 1.0
    ) -> None:
        self._rates = rates or {}
        self._speed = speed
        self._buckets: dict[BucketKey, Bucket] = {}

    def take(self, lane: BucketKey, now: float) -> bool:
        """Take a token of a lane; False where the request is throttled."""
        bucket = self._buckets.get(lane)
        if bucket is None:
            bucket = self._buckets[lane] = Bucket(self.timetable(lane[2], lane[3]), now)
        return bucket.take(now)

    def timetable(self, service: str, operation: str) -> Timetable:
        """Return what an operation's bucket is to be filled with, and when."""
        found = self._rates.get(operation, _published(service, operation))
        table: Timetable = ((0.0, found),) if isinstance(found, Allowance) else found
        if self._speed == 1.0:
            return table
        return tuple((since, quota.times(self._speed)) for since, quota in table)

    def rate(self, service: str, operation: str) -> float:
        """Return the requests a second that an operation starts with, as Service Quotas says."""
        return self.timetable(service, operation)[0][1].rate
