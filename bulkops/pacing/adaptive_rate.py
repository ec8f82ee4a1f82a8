"""The rate that a lane really runs at: the quota's, until throttles say that there is less."""

from __future__ import annotations

from dataclasses import dataclass

from bulkops.pacing.bucket import steady_rate
from bulkops.pacing.quotas import Quota

CUT = 0.7
"""What a throttle leaves of the rate (the factor of CUBIC, RFC 9438)."""
CUT_SECONDS, CUT_CALLS = 0.5, 2
"""A cut counts for this long, or for so many calls: throttles of calls sent before it are its."""
FLOOR = 0.05
"""The part of the quota below which the rate never falls, so that it can find its way back up."""
SETTLE_SECONDS, SETTLE_CALLS = (2.0, 4.0), 2
"""Time from a cut to the remembered rate: so many calls long, within these bounds."""
SIT_SECONDS = (3.0, 12.0)
"""Time at the remembered rate before more is tried: at first, and when it proved right."""
STRETCH_SECONDS, STRETCH_CALLS = (3.0, 6.0), 6
"""Time in which the rate doubles when more is tried: so many calls long, within these bounds."""
FRESH_STRETCHES = 3
"""Calls counted since a cut tell of the quota until this long into trying more."""
FEWEST_TRIES = 4
"""Calls from which on counting them tells a rate."""
RAISE = 0.1
"""How far towards the rate that was throttled the remembered one is raised."""
SAME = 0.25
"""Remembered rates that differ by less than this part of them confirm one another."""
STEP = 0.1
"""The least change of the rate, in parts of it: every change makes the lane swap its bucket."""
PROBE_PER_SECOND = 0.01
"""Parts of the quota by which a probing lane rises above it in a second."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """The way of the rate after a cut: to the remembered one, along it, then beyond it.

    `at` is when the cut was, in seconds; `low` the rate that it left; `limit` the rate that is
    remembered as what the service grants; `sit` how long to stay there. The course that a
    probing lane begins with is no cut.
    """

    at: float
    low: float
    limit: float
    sit: float
    is_cut: bool = True

    @property
    def settle(self) -> float:
        """Seconds from the cut to the remembered rate."""
        return _within(SETTLE_CALLS / self.limit, SETTLE_SECONDS)

    @property
    def stretch(self) -> float:
        """Seconds in which the rate doubles once more is tried."""
        return _within(STRETCH_CALLS / self.limit, STRETCH_SECONDS)

    def rate(self, now: float) -> float:
        """Return the rate to run at: cubic on both sides of the time at the remembered one."""
        since = now - self.at
        if since < self.settle:
            return self.limit - (self.limit - self.low) * (1 - since / self.settle) ** 3
        beyond = max(since - self.settle - self.sit, 0.0)
        return self.limit * (1 + (beyond / self.stretch) ** 3)

    def is_fresh(self, now: float) -> bool:
        """Tell whether what was counted since the cut tells of the quota as it is."""
        return now - self.at < self.settle + self.sit + FRESH_STRETCHES * self.stretch


def _within(value: float, bounds: tuple[float, float]) -> float:
    return min(max(value, bounds[0]), bounds[1])


class Pace:
    """The rate of one lane, adapted to what the service lets through.

    A throttle means that the service's bucket was empty, so the calls that went through between
    two throttles, by the time between them, are the rate that it grants, whoever else uses the
    quota and whatever it was believed to be. That rate is remembered, as TCP remembers where it
    lost a packet: a throttle cuts the rate, which then goes to the remembered one, stays there,
    and tries for more only now and then. Without throttles it is back at the quota in seconds.

    With a `ceiling` above the quota it rises beyond it too, slowly, from the first success on.
    Times are seconds of any monotonic clock.
    """

    def __init__(self, quota: Quota, *, ceiling: float | None = None) -> None:
        self._full = steady_rate(quota)
        self._ceiling = max(self._full, ceiling or 0.0)
        self._rate = self._full
        self._course: Course | None = None
        self._tried = 0
        self._passed = 0

    def __repr__(self) -> str:
        return f"<Pace {self._rate:g}/s of {self._full:g}/s>"

    @property
    def rate(self) -> float:
        """Calls a second to send at now."""
        return self._rate

    def throttled(self, now: float) -> None:
        """Take note of a refused call: the first in a while cuts the rate to 0.7 of it."""
        self._tried += 1
        cut = self._course
        if cut is not None and self._tells_of_earlier(cut, now):
            return
        limit, sit = self._remembered(cut, now)
        floor = self._full * FLOOR
        self._rate = max(self._rate * CUT, floor)
        self._course = Course(at=now, low=self._rate, limit=max(limit, floor), sit=sit)
        self._tried = self._passed = 0

    def _tells_of_earlier(self, cut: Course, now: float) -> bool:
        """Tell whether a throttle is of a call that was on its way at the last cut."""
        return cut.is_cut and now - cut.at < max(CUT_SECONDS, CUT_CALLS / cut.low)

    def _remembered(self, cut: Course | None, now: float) -> tuple[float, float]:
        """Return the rate to remember and how long to stay at it.

        A throttle while more was tried confirms the remembered rate, or raises it a little;
        one before that lowers it to what was counted.
        """
        shortest, longest = SIT_SECONDS
        if cut is None or not cut.is_fresh(now) or self._tried < FEWEST_TRIES:
            # too old, or too few calls, to tell a rate by counting
            return self._rate, shortest
        counted = min(self._passed / (now - cut.at), self._rate)
        if self._rate > cut.limit:
            raised = cut.limit + RAISE * (self._rate - cut.limit)
            return max(counted, raised), min(cut.sit * 2, longest)
        limit = min(counted, cut.limit)
        return limit, cut.sit if limit >= cut.limit * (1 - SAME) else shortest

    def succeeded(self, now: float) -> None:
        """Take note of a call that went through: the rate moves on along its course."""
        self._tried += 1
        self._passed += 1
        if self._course is None:
            if self._ceiling <= self._full:
                return  # never cut and not probing: there is nowhere to go
            full = self._full
            self._course = Course(at=now, low=full, limit=full, sit=0.0, is_cut=False)
        course = self._course
        top = self._top(course, now)
        target = min(course.rate(now), top)
        # small steps are saved up, except the last one to a level on which the rate stays
        if target in (course.limit, top) or abs(target - self._rate) >= STEP * self._rate:
            self._rate = target

    def _top(self, course: Course, now: float) -> float:
        if self._ceiling <= self._full:
            return self._full
        known = max(self._full, course.limit)
        return min(self._ceiling, known + PROBE_PER_SECOND * self._full * (now - course.at))
