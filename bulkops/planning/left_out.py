"""What an export leaves out, thing by thing, with the reason."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

SHEET = "Left out"
"""The sheet of what an export does not hold."""
ALL = "(all)"
"""Stands for every thing of a sheet, or for all that a thing is."""
ROW = "row"
"""Stands for a whole row where else a column is named."""
_UNCLEAR = "a cell can't say which it is: its name does not mean it alone"
_EMPTY = "it has nothing of what the job sets"
_UNREAD = "it was made or deleted a moment ago: its row is its name alone"
_UNSAID = "a cell can't say what stands there"


@dataclass(frozen=True, slots=True)
class LeftOut:
    """One thing that is not in an export as it is; `what` is a column, or `ROW`."""

    thing: str
    what: str
    why: str
    is_unknown: bool = False
    """Whether it is not known what stands there, so that it can't be compared either."""


@dataclass(slots=True)
class LeftOuts:
    """What the rows of one job leave out, as they are made; `fixed` is what these rows are of."""

    fixed: Mapping[str, str] = field(default_factory=dict)
    unclear: list[str] = field(default_factory=list)
    """Names of things of which a cell can't say which they are."""
    without: list[tuple[str, str]] = field(default_factory=list)
    """(name, column): a thing that has nothing where every row needs a value."""
    empty: list[str] = field(default_factory=list)
    """Names of things that have nothing of what the job sets."""
    unread: list[str] = field(default_factory=list)
    """Names of what is listed and not described yet: its rows are names alone."""
    others: set[str] = field(default_factory=set)
    """Names of things of which the job makes no such: another part of it may."""
    unsaid: list[tuple[str, str]] = field(default_factory=list)
    """(name, column): cells that are blank for want of words."""

    def each(self) -> Iterator[LeftOut]:
        """Yield what is left out, one by one."""
        yield from (LeftOut(name, ROW, _UNCLEAR, is_unknown=True) for name in self.unclear)
        yield from (LeftOut(name, ROW, f"it has no {column}") for name, column in self.without)
        yield from (LeftOut(name, ROW, _EMPTY) for name in self.empty)
        yield from (LeftOut(name, ROW, _UNREAD, is_unknown=True) for name in self.unread)
        for name, column in self.unsaid:
            yield LeftOut(name, column, _UNSAID, is_unknown=True)

    def notes(self) -> Iterator[str]:
        """Yield a sentence for each reason."""
        if self.unclear:
            yield (
                f"{_left_out(len(self.unclear))}, since a cell can't say which they are:"
                f" {', '.join(self.unclear[:5])}"
            )
        for column, number in Counter(column for _, column in self.without).items():
            of = "".join(f" of {each}" for each in self.fixed.values())
            has = "it has" if number == 1 else "they have"
            yield f"{_left_out(number, of)}: {has} no {column}"
        if self.empty:
            has = "it has" if len(self.empty) == 1 else "they have"
            yield f"{_left_out(len(self.empty))}: {has} nothing of what the job sets"
        if self.unread:
            yield (
                f"{len(self.unread)} rows are names alone, since what bears them was made or"
                f" deleted a moment ago: {', '.join(self.unread[:5])}"
            )
        for column, number in Counter(column for _, column in self.unsaid).items():
            yield f"{number} cells of {column} are blank: a cell can't say what stands there"


def _left_out(number: int, of: str = "") -> str:
    """Say how many rows are left out, in the singular for one."""
    return f"1 row{of} is left out" if number == 1 else f"{number} rows{of} are left out"
