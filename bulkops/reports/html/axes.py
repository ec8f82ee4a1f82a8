"""Where things stand on a chart: time without its pauses, and scales with round numbers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

PAUSE_SECONDS = 300
"""A longer time in which nothing was sent is cut out: the run was stopped, or the laptop slept."""
MOST_BINS = 150
_WIDTHS = (1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14400, 43200, 86400)
_DUST = 1e-6
_ROUND = (0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)


@dataclass(frozen=True, slots=True)
class Span:
    """Seconds of wall time (Unix time) without a pause, both ends included."""

    first: int
    last: int

    def __len__(self) -> int:
        return self.last - self.first + 1


@dataclass(frozen=True, slots=True)
class Bin:
    """A piece of time that is drawn as one: it begins at `first` and lasts `seconds`."""

    first: int
    seconds: int
    left: float
    right: float


def spans(seconds: Iterable[int]) -> list[Span]:
    """Return the times in which something happened, cut where there was a pause."""
    found: list[Span] = []
    for second in sorted(set(seconds)):
        if found and second - found[-1].last <= PAUSE_SECONDS:
            found[-1] = Span(found[-1].first, second)
        else:
            found.append(Span(second, second))
    return found


class TimeAxis:
    """Wall time from left to right, pauses cut out, in bins of a round number of seconds."""

    def __init__(self, active: Sequence[Span], *, left: float, right: float, gap: float) -> None:
        self.spans = tuple(active)
        self._gap = gap if gap * len(active) < (right - left) / 2 else 0.0
        total = sum(map(len, active))
        room = right - left - self._gap * (len(active) - 1)
        self._scale = room / total
        self._starts = [left]
        for span in active[:-1]:
            self._starts.append(self._starts[-1] + len(span) * self._scale + self._gap)
        self.width = next((w for w in _WIDTHS if total / w <= MOST_BINS), _WIDTHS[-1])

    def bins(self) -> Iterator[tuple[Bin, ...]]:
        """Yield the bins of each span."""
        for span, start in zip(self.spans, self._starts, strict=True):
            yield tuple(
                self._bin(span, start, first)
                for first in range(span.first, span.last + 1, self.width)
            )

    def _bin(self, span: Span, start: float, first: int) -> Bin:
        seconds = min(self.width, span.last + 1 - first)
        left = start + (first - span.first) * self._scale
        return Bin(first, seconds, left, left + seconds * self._scale)

    def pauses(self) -> list[tuple[float, int]]:
        """Return the middle of each gap and the seconds that are cut out there."""
        return [
            (start - self._gap / 2, after.first - before.last - 1)
            for before, after, start in zip(
                self.spans, self.spans[1:], self._starts[1:], strict=False
            )
        ]

    def ticks(self, apart: float) -> list[tuple[float, str]]:
        """Return places and clock times (UTC) of round moments, at least so far apart."""
        step = next((w for w in _WIDTHS if w * self._scale >= apart), _WIDTHS[-1])
        found: list[tuple[float, str]] = []
        for span, start in zip(self.spans, self._starts, strict=True):
            for second in range(-(-span.first // step) * step, span.last + 1, step):
                place = start + (second - span.first) * self._scale
                if not found or place - found[-1][0] >= apart - _DUST:
                    found.append((place, clock(second, seconds=step % 60 != 0)))
        return found or [(self._starts[0], clock(self.spans[0].first, seconds=True))]


def clock(second: int, *, seconds: bool) -> str:
    """Return the time of day of a Unix time in UTC: `18:04`, or `18:04:05`."""
    when = datetime.fromtimestamp(second, tz=UTC)
    return f"{when:%H:%M:%S}" if seconds else f"{when:%H:%M}"


def rate_ticks(top: float) -> list[float]:
    """Return round rates from 0 to beyond `top`, four steps at the most."""
    step = next((each for each in _ROUND if top / each <= 4), top / 4)  # noqa: PLR2004
    steps = int(top / step) + (top % step > 0)
    return [round(step * number, 6) for number in range(max(steps, 1) + 1)]
