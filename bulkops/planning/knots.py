"""Rows that need one another in a circle, and how it is cut: some are made hollow, filled later."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import NamedTuple, TypeAlias

from bulkops.planning.flows.flow_circles import in_order_of_need
from bulkops.planning.plan import Need

Waits: TypeAlias = Mapping[int, Mapping[int, Collection[str]]]
"""By row the rows that it waits for, each with the columns in which it names what they make."""


MOST_AWAITED = 20
"""Calls of a knot that each row outside of it waits for."""


class Fill(NamedTuple):
    """The call that fills what a row made hollow, and the columns that are read for it alone."""

    need: Need
    columns: frozenset[str]


class Knot(NamedTuple):
    """Rows that need one another; `filled` are the calls that fill those of them made hollow."""

    rows: frozenset[int]
    filled: Mapping[int, Need]

    def before(self, row: int) -> tuple[Need, ...]:
        """Return the calls before which nothing outside of the knot leads to what a row makes.

        That is all of the knot's; of a large one, those of its own row.
        """
        if len(self.filled) <= MOST_AWAITED:
            return tuple(self.filled.values())
        return tuple(need for each, need in self.filled.items() if each == row)


class Loosened(NamedTuple):
    """The knots of some rows, by row; and who waits for whom still where those are cut."""

    knots: Mapping[int, Knot]
    waits: Waits


def loosened(waits: Waits, fills: Mapping[int, Fill]) -> Loosened:
    """Cut the circles of rows where what a row names can be filled in later; `fills` are by row."""
    knots: dict[int, Knot] = {}
    left = {row: dict(others) for row, others in waits.items()}
    for circle in in_order_of_need(waits):
        rows = frozenset(circle.members)
        hollow = [row for row in circle.members if circle.is_circle and row in fills]
        cut = [row for row in hollow if _cut(left[row], rows, fills[row].columns)]
        if cut:
            knot = Knot(rows, {row: fills[row].need for row in sorted(cut)})
            knots.update(dict.fromkeys(rows, knot))
    return Loosened(knots, left)


def _cut(waits: dict[int, Collection[str]], rows: Collection[int], columns: frozenset[str]) -> bool:
    """Take off what a row names in columns that are filled later; tell whether that was any."""
    later = [row for row, named in waits.items() if row in rows and columns.issuperset(named)]
    for row in later:
        del waits[row]
    return bool(later)
