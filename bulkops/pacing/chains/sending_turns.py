"""Which of the calls that are ready in a lane goes first: the one that others wait for longest."""

from __future__ import annotations

import heapq
from array import array
from collections.abc import Iterator

from bulkops.pacing.chains.least_course import PacedCalls, earliest
from bulkops.pacing.least_time import ROUND_TRIP


def turns(calls: PacedCalls) -> Iterator[tuple[int, int]]:
    """Yield the key of each call that others wait for, with its turn; that of any other is 0.

    The lower the turn, the sooner a call goes: it is how many milliseconds before the end it is to
    be sent, below zero. That is found by running the plan backwards, each lane at its rate: so a
    call is as urgent as the first that waits for it, whether for a long chain or a long lane.
    """
    graph = calls.graph
    before_end = array("d", bytes(8 * len(graph)))
    free = [0.0] * len(calls.quotas)
    left = array("q", (len(graph.waiting[place]) for place in range(len(graph))))
    ready: list[tuple[float, int, int]] = []
    for place in _last_first(calls):
        _take(calls, place, 0.0, before_end, free)
        ready += _released(calls, place, before_end, left)
    heapq.heapify(ready)
    while ready:
        since, _, place = heapq.heappop(ready)
        _take(calls, place, since, before_end, free)
        yield graph.keys[place], -round(before_end[place] * 1000)
        for each in _released(calls, place, before_end, left):
            heapq.heappush(ready, each)


def _last_first(calls: PacedCalls) -> list[int]:
    """Return the calls that none waits for, the last to be sent first.

    What can be sent early is sent early, and of those that can be sent at the same time the plan's
    first.
    """
    heads, waiting = earliest(calls), calls.graph.waiting
    ends = [place for place in reversed(range(len(calls.graph))) if not waiting[place]]
    return sorted(ends, key=heads.__getitem__, reverse=True)


def _take(
    calls: PacedCalls, place: int, since: float, before_end: array[float], free: list[float]
) -> None:
    """Give a call the next moment of its lane, counted from the end."""
    lane = calls.lane_of[place]
    before_end[place] = max(since, free[lane])
    free[lane] = before_end[place] + 1 / calls.quotas[lane].rate


def _released(
    calls: PacedCalls, place: int, before_end: array[float], left: array[int]
) -> Iterator[tuple[float, int, int]]:
    """Yield what a call was the last to wait for, with the moment since which it may be sent."""
    for other in calls.graph.needed[place]:
        left[other] -= 1
        if not left[other]:
            waiting = calls.graph.waiting[other]
            yield max(before_end[each] for each in waiting) + ROUND_TRIP, -other, other
