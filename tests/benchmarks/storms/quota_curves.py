"""What a service grants over time: exact sums of a rate that may change, and the least time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import cos, inf, pi

Granted = Callable[[float], float]
"""Calls granted from 0 up to a time in seconds, the burst left out: never falls."""


@dataclass(frozen=True, slots=True)
class Steps:
    """A rate that is constant between changes: (since, calls a second), the first since 0."""

    changes: tuple[tuple[float, float], ...]

    def __call__(self, now: float) -> float:
        total = 0.0
        for (since, rate), (until, _) in pairwise((*self.changes, (inf, 0.0))):
            if now <= since:
                break
            total += rate * (min(now, until) - since)
        return total


@dataclass(frozen=True, slots=True)
class Swell:
    """A rate that swings as a cosine between a highest, at 0, and a lowest; seconds a period."""

    highest: float
    lowest: float
    period: float

    def __call__(self, now: float) -> float:
        # the rate is mean + swing · cos(2π t / period): it begins at its highest
        mean, swing = (self.highest + self.lowest) / 2, (self.highest - self.lowest) / 2
        turn = 2 * pi / self.period
        return mean * now + swing / turn * cos(turn * now - pi / 2)


def storms(rate: float, *drops: tuple[float, float, float]) -> Steps:
    """Return a rate that falls for a while: (since, seconds, part that is left) for each drop."""
    changes = [(0.0, rate)]
    for since, seconds, part in drops:
        changes += [(since, rate * part), (since + seconds, rate)]
    return Steps(tuple(changes))


def square(rate: float, *, part: float, period: float, until: float = 3600.0) -> Steps:
    """Return a rate that falls to a part of it in the second half of each period."""
    halves = int(until / period * 2)
    return Steps(tuple((n * period / 2, rate * (part if n % 2 else 1)) for n in range(halves)))


def time_of(granted: Granted, calls: float, since: float = 0.0) -> float:
    """Return when so many calls have been granted since a time, by halving."""
    if calls <= 0:
        return since
    first, last = since, since + 1.0
    wanted = granted(since) + calls
    while granted(last) < wanted:
        first, last = last, since + (last - since) * 2
    for _ in range(60):
        middle = (first + last) / 2
        first, last = (first, middle) if granted(middle) >= wanted else (middle, last)
    return last


def least_time(granted: Granted, burst: float, works: Sequence[tuple[float, int]]) -> float:
    """Return when the last call can be granted at the earliest.

    `works` are (since when, how many calls): whoever has calls sends them as early as they are
    granted. The bucket is full at 0 and fills to the burst while nobody has any.
    """
    tokens, waiting, at = burst, 0.0, 0.0
    for since, calls in sorted(works):
        had = tokens + granted(since) - granted(at)
        tokens, waiting = min(burst, max(had - waiting, 0.0)), max(waiting - had, 0.0)
        waiting, at = waiting + calls, since
    return time_of(granted, waiting - tokens, at)
