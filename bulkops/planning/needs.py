"""What the rows of a plan need of one another: in which order, how deep, and where in a circle."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from graphlib import TopologicalSorter

from bulkops.planning.calls.placeholders import placeholders_in
from bulkops.planning.plan import Need, PlannedCall


def needs_in(params: object) -> tuple[Need, ...]:
    """Return the calls that make the placeholders of some arguments, each once."""
    found = (each.of for each in placeholders_in(params))
    return tuple(dict.fromkeys(need for need in found if need is not None))


def needs_of_part(needs: Iterable[Need], whole: object, part: object) -> tuple[Need, ...]:
    """Return what a part of a call needs: not what only makes placeholders of the rest of it."""
    mine, all_of_them = set(needs_in(part)), set(needs_in(whole))
    return tuple(need for need in needs if need in mine or need not in all_of_them)


def circles(waits: Mapping[int, Collection[int]]) -> Iterator[tuple[int, ...]]:
    """Yield the rows that wait for one another, each circle once, its rows in order.

    `waits` are by row the rows that it waits for. Circles that share a row are one.
    """
    places: dict[int, int] = {}
    lowest: dict[int, int] = {}
    open_rows: dict[int, None] = {}
    for start in waits:
        trail = [] if start in places else [_begun(start, waits, places, lowest, open_rows)]
        while trail:
            row, rest = trail[-1]
            for other in rest:
                if other not in places:
                    trail.append(_begun(other, waits, places, lowest, open_rows))
                    break
                if other in open_rows:
                    lowest[row] = min(lowest[row], places[other])
            else:
                trail.pop()
                if trail:
                    above = trail[-1][0]
                    lowest[above] = min(lowest[above], lowest[row])
                if lowest[row] == places[row]:
                    found = _closed(row, open_rows)
                    if len(found) > 1 or row in waits.get(row, ()):
                        yield found


def _begun(
    row: int,
    waits: Mapping[int, Collection[int]],
    places: dict[int, int],
    lowest: dict[int, int],
    open_rows: dict[int, None],
) -> tuple[int, Iterator[int]]:
    places[row] = lowest[row] = len(places)
    open_rows[row] = None
    return row, iter(waits.get(row, ()))


def _closed(first: int, open_rows: dict[int, None]) -> tuple[int, ...]:
    """Take the rows since the first one of a circle off those that are open, and return them."""
    found: list[int] = []
    while not found or found[-1] != first:
        found.append(open_rows.popitem()[0])
    return tuple(sorted(found))


class Chains:
    """How many calls wait for one another in a row, at the most."""

    def __init__(self) -> None:
        self._waits: dict[Need, list[Need]] = {}
        self._linked = False

    def add(self, calls: Iterable[PlannedCall]) -> None:
        """Take in calls of one row, in the order in which they are sent."""
        before: list[Need] = []
        for call in calls:
            mine = [Need(row, call.step) for row in call.rows]
            for each in mine:
                self._waits[each] = [*before, *call.needs]
            before = mine
            self._linked |= bool(call.needs)

    def longest(self) -> int:
        """Return the number of calls of the longest chain; 0 where no row needs another."""
        if not self._linked:
            return 0
        depths: dict[Need, int] = {}
        for each in TopologicalSorter(self._waits).static_order():
            before = self._waits.get(each, ())
            depths[each] = 1 + max((depths[other] for other in before), default=0)
        return max(depths.values())
