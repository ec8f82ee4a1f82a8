"""What the rows of a plan need of one another: in which order, how deep, and where in a circle."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from graphlib import CycleError, TopologicalSorter

from bulkops.planning.calls.placeholders import placeholders_in
from bulkops.planning.plan import Need, PlannedCall, PlannedRow


def needs_in(params: object) -> tuple[Need, ...]:
    """Return the calls that make the placeholders of some arguments, each once."""
    found = (each.of for each in placeholders_in(params))
    return tuple(dict.fromkeys(need for need in found if need is not None))


def circles(rows: Iterable[PlannedRow]) -> Iterator[tuple[int, ...]]:
    """Yield the rows that wait for one another, each circle once, in the order of the sheet."""
    waits = {
        row.number: {need.row for call in row.calls for need in call.needs}
        for row in rows
        if any(call.needs for call in row.calls)
    }
    while circle := _circle(waits):
        yield tuple(sorted(circle))
        waits = {row: needed for row, needed in waits.items() if row not in circle}


def _circle(waits: Mapping[int, Iterable[int]]) -> frozenset[int]:
    try:
        TopologicalSorter(waits).prepare()
    except CycleError as error:
        return frozenset(error.args[1])
    return frozenset()


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
