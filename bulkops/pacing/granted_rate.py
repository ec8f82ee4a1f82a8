"""What a service grants in truth: the calls that went through between two throttles."""

from __future__ import annotations

from dataclasses import dataclass

WINDOW_SECONDS = 30.0
"""How far back counts are kept: a quota that swings slowly is followed with this delay at most."""
ODD_CALLS, ODD_PART = 1.5, 0.2
"""So many calls beside what was to be expected, and such a part of it, are no accident."""
STARTED = 0.7
"""The part of a call that had been granted, on average, when the next was refused."""
CONFIRMED = 0.9
"""Throttles that come one after another lower a rate only if they show less than this part."""


@dataclass(frozen=True, slots=True)
class Count:
    """So many calls went through in so many seconds; the bucket was empty before and after."""

    calls: float = 0.0
    seconds: float = 0.0

    @property
    def rate(self) -> float:
        """Calls a second that were granted; a count of no time tells none."""
        return self.calls / self.seconds

    def plus(self, more: Count) -> Count:
        """Return both counts as one, the older part shortened to the window."""
        calls, seconds = self.calls + more.calls, self.seconds + more.seconds
        part = min(1.0, WINDOW_SECONDS / seconds)
        return Count(calls * part, seconds * part)

    def differs(self, rate: float) -> bool:
        """Tell whether so much or so little went through that the rate must be another."""
        expected = rate * self.seconds
        return abs(self.calls - expected) > ODD_CALLS + ODD_PART * expected


def granted(known: Count, latest: Count, *, believed: float) -> Count:
    """Return the count to go by when one more throttle has shown that the bucket is empty.

    `known` is the count until the throttle before, `latest` the one since then. Counts are added
    up, which makes them more exact, until one does not agree with the rate that was `believed`.
    """
    latest = Count(max(latest.calls, 0.5), latest.seconds)
    return latest if latest.differs(believed) else known.plus(latest)


def falling(known: Count, streak: Count) -> Count:
    """Return the count to go by in a streak of throttles that nothing but the pace brought.

    Each of them comes after too few calls to differ from what was known, all together do.
    """
    shown = Count(streak.calls + STARTED, streak.seconds)
    return shown if shown.rate < known.rate * CONFIRMED else known
