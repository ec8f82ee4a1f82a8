"""The least time of calls that wait for others, and the chain or lane that it comes from.

An ideal run can't beat it: every figure is a least. Finding the best order of all is a puzzle that
grows beyond all bounds with the plan, so that a run may take longer than the least that this
says, though not where one lane or one chain decides.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from bulkops.pacing.chains.call_graph import CallGraph
from bulkops.pacing.least_time import ROUND_TRIP, least_seconds
from bulkops.pacing.quotas import Quota

MOST_STEPS = 256
"""Different times in a lane that are told apart: beyond that they are rounded down."""


@dataclass(frozen=True, slots=True)
class PacedCalls:
    """Calls that wait for one another, each in the lane whose quota it keeps to.

    `lane_of` is by the call's place; targets of one account and Region share a lane.
    """

    graph: CallGraph
    lane_of: Sequence[int]
    quotas: Sequence[Quota]


class Link(NamedTuple):
    """A part of a course: calls of one lane, by its number.

    `paced`: it is the quota that lets them through one after another; else each waits for the
    answer to the one before.
    """

    lane: int
    calls: int
    paced: bool


class Course(NamedTuple):
    """What takes the least time of a plan: its seconds, and its parts in their order."""

    seconds: float
    links: tuple[Link, ...]


class _Group(NamedTuple):
    """The calls of a lane that take longest beside one another, and the last of them to count."""

    seconds: float
    place: int
    calls: int


class _Squeeze(NamedTuple):
    """Calls of a lane with what goes before and comes after each of them, at the least."""

    seconds: float
    head: float
    tail: float


def earliest(calls: PacedCalls) -> array[float]:
    """Return the least seconds before each call can be sent, by its place."""
    graph = calls.graph
    return _times(calls, graph.in_turn, graph.needed.__getitem__, 0.0)


def least_course(calls: PacedCalls) -> Course:
    """Return the least seconds until the last answer is here, and where they go."""
    graph = calls.graph
    heads = earliest(calls)
    tails = _times(calls, reversed(graph.in_turn), graph.waiting.__getitem__, ROUND_TRIP)
    pairs: dict[int, Counter[tuple[float, float]]] = {}
    for place in graph.in_turn:
        of_lane = pairs.setdefault(calls.lane_of[place], Counter())
        of_lane[heads[place], tails[place]] += 1
    squeezes = {lane: _squeeze(found, calls.quotas[lane]) for lane, found in pairs.items()}
    if not squeezes:
        return Course(0.0, ())
    lane, worst = max(squeezes.items(), key=lambda each: each[1].seconds)
    meant = [
        place
        for place in graph.in_turn
        if calls.lane_of[place] == lane
        and heads[place] >= worst.head
        and tails[place] >= worst.tail
    ]
    first, last = min(meant, key=heads.__getitem__), min(meant, key=tails.__getitem__)
    links = [
        *reversed([*_trail(calls, heads, graph.needed.__getitem__, first)]),
        _link(calls, lane, len(meant)),
        *_trail(calls, tails, graph.waiting.__getitem__, last),
    ]
    return Course(worst.seconds, tuple(_joined(links)))


def _times(
    calls: PacedCalls,
    places: Iterable[int],
    beyond: Callable[[int], Sequence[int]],
    least: float,
) -> array[float]:
    """Return for each call how long what is `beyond` it takes, and the answer between them."""
    times = array("d", bytes(8 * len(calls.graph)))
    for place in places:
        others = beyond(place)
        if not others:
            times[place] = least
        elif len(others) == 1:
            times[place] = times[others[0]] + ROUND_TRIP
        else:
            times[place] = _slowest(calls, times, others).seconds + ROUND_TRIP
    return times


def _slowest(calls: PacedCalls, times: Sequence[float], places: Sequence[int]) -> _Group:
    """Return which of some calls take longest, where those of a lane go one after another."""
    counts: Counter[int] = Counter()
    best = _Group(-1.0, 0, 0)
    # of those that have as long to go as this one, the quota lets this one through last
    for place in sorted(places, key=times.__getitem__, reverse=True):
        lane = calls.lane_of[place]
        counts[lane] += 1
        seconds = times[place] + least_seconds(counts[lane], calls.quotas[lane])
        if seconds > best.seconds:
            best = _Group(seconds, place, counts[lane])
    return best


def _squeeze(pairs: Counter[tuple[float, float]], quota: Quota) -> _Squeeze:
    """Return the calls of a lane that take longest with what is before and after all of them.

    Of all that have as much before them, and as much after them, the quota lets the burst
    through at once and the rest at the rate.
    """
    counts = _few(pairs)
    tails = sorted({tail for _, tail in counts}, reverse=True)
    by_head: dict[float, list[tuple[float, int]]] = {}
    for (head, tail), number in counts.items():
        by_head.setdefault(head, []).append((tail, number))
    at_tail = dict.fromkeys(tails, 0)
    best = _Squeeze(-1.0, 0.0, 0.0)
    for head in sorted(by_head, reverse=True):
        for tail, number in by_head[head]:
            at_tail[tail] += number
        through = 0
        for tail in tails:
            through += at_tail[tail]
            seconds = head + tail + least_seconds(through, quota)
            # none through: nothing has as much after it yet
            if through and seconds > best.seconds:
                best = _Squeeze(seconds, head, tail)
    return best


def _few(pairs: Counter[tuple[float, float]]) -> Counter[tuple[float, float]]:
    """Return the pairs with their times rounded down, where there are very many different ones."""
    if len(pairs) <= MOST_STEPS:
        return pairs
    steps = [max(each[side] for each in pairs) / MOST_STEPS or 1.0 for side in (0, 1)]
    found: Counter[tuple[float, float]] = Counter()
    for (head, tail), number in pairs.items():
        found[head // steps[0] * steps[0], tail // steps[1] * steps[1]] += number
    return found


def _trail(
    calls: PacedCalls,
    times: Sequence[float],
    beyond: Callable[[int], Sequence[int]],
    place: int,
) -> Iterator[Link]:
    """Yield what takes the time beyond a call, from there on."""
    while others := beyond(place):
        group = _slowest(calls, times, others)
        place = group.place
        yield _link(calls, calls.lane_of[place], group.calls)


def _link(calls: PacedCalls, lane: int, number: int) -> Link:
    """Return a link of that many calls; of one, where the burst lets all of them through."""
    paced = number > calls.quotas[lane].burst
    return Link(lane, number if paced else 1, paced)


def _joined(links: Sequence[Link]) -> Iterator[Link]:
    """Yield links, those that wait for one another in one lane as one."""
    before = links[0]
    for link in links[1:]:
        if link.lane == before.lane and not (link.paced or before.paced):
            before = before._replace(calls=before.calls + link.calls)
        else:
            yield before
            before = link
    yield before
