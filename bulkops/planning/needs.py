"""What the rows of a plan need of one another: in which order, how deep, and where in a circle."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from graphlib import TopologicalSorter

from bulkops.planning.calls.placeholders import placeholders_in
from bulkops.planning.flows.flow_circles import in_order_of_need
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
    for knot in in_order_of_need(waits):
        if knot.is_circle:
            yield tuple(sorted(knot.members))


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
