"""How far the reading of what is there has come: calls answered of calls to make, and time left."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import anyio

from bulkops.engine.lanes import Lane
from bulkops.engine.ports import Listener

TOLD_EVERY = 1.0
"""Seconds between two events; of a reading that takes less there is none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingCost:
    """What was read: how many calls, and the seconds in which any of them was waited for."""

    calls: int
    seconds: float


class ReadingProgress:
    """All that is read before a plan, lane by lane; tells a listener of it now and then.

    The event `reading` has `done` and `total` of all calls known of, `seconds_left`, and the
    `operation` that takes the longest of them with its own `operation_done` and `operation_total`.
    A list says with each page only that there is another one: its total may grow. At the end
    `done` is `total`.
    """

    def __init__(self, tell: Listener | None = None) -> None:
        self._tell = tell
        self._expected: Counter[Lane] = Counter()
        self._answered: Counter[Lane] = Counter()
        self._under_way = 0
        self._since = 0.0
        self._seconds = 0.0
        self._told_at: float | None = None
        self._is_shown = False

    def __repr__(self) -> str:
        return f"<ReadingProgress {self._answered.total()} of {self._expected.total()}>"

    @property
    def cost(self) -> ReadingCost:
        """What was read so far."""
        return ReadingCost(calls=self._answered.total(), seconds=self._seconds)

    def expect(self, lane: Lane, calls: int) -> None:
        """Take note of calls that are to come; fewer than none takes some back."""
        self._expected[lane] += calls

    @contextmanager
    def reading(self, lane: Lane) -> Iterator[None]:
        """Count the call that is made meanwhile, and the time that is waited for it."""
        if not self._under_way:
            self._since = anyio.current_time()
            self._told_at = self._since if self._told_at is None else self._told_at
        self._under_way += 1
        try:
            yield
        finally:
            self._count(lane)

    def _count(self, lane: Lane) -> None:
        self._under_way -= 1
        if not self._under_way:
            self._seconds += anyio.current_time() - self._since
        self._answered[lane] += 1
        # one that nobody has announced
        self._expected[lane] = max(self._expected[lane], self._answered[lane])
        if self._told_at is not None and self._told_at + TOLD_EVERY <= anyio.current_time():
            self._told_at, self._is_shown = anyio.current_time(), True
            self._tell_how_far()

    def over(self) -> None:
        """Tell the end where anything was told before, unless others read on."""
        if self._under_way:
            return
        self._told_at = None
        self._expected = Counter(self._answered)
        if self._is_shown:
            self._is_shown = False
            self._tell_how_far()

    def _tell_how_far(self) -> None:
        if self._tell is None:
            return
        longest = max(
            self._expected, key=lambda lane: (self._seconds_left(lane), self._expected[lane])
        )
        self._tell(
            "reading",
            done=self._answered.total(),
            total=self._expected.total(),
            seconds_left=round(self._seconds_left(longest), 1),
            operation=str(longest.id),
            operation_done=self._answered[longest],
            operation_total=self._expected[longest],
        )

    def _seconds_left(self, lane: Lane) -> float:
        return (self._expected[lane] - self._answered[lane]) / lane.quota.rate
