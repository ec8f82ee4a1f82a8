"""What differs between two instances, thing by thing and field by field, in the words of sheets."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeAlias

from bulkops.definition.gathered_rows import gathers, own_columns, subject_columns
from bulkops.definition.job import Column, Job
from bulkops.planning.left_out import ALL, ROW, LeftOut
from bulkops.planning.rows.row_keys import SEPARATOR, KeyFolding

Cells: TypeAlias = Sequence[str]
Compare: TypeAlias = Callable[[str, str], Iterable["FieldDifference"]]


class Side(StrEnum):
    """Where a thing stands, of the two instances that are compared."""

    HERE = "here"  # in the first one alone
    THERE = "there"  # in the one that it is held against alone
    BOTH = "both"  # in both, and differing


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldDifference:
    """One field, with what stands there on each side; empty: nothing does."""

    field: str
    here: str
    there: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ThingDifference:
    """A thing that only one side has, or that differs in some fields."""

    sheet: str
    key: str
    side: Side
    fields: tuple[FieldDifference, ...] = ()


@dataclass(slots=True)
class SheetDifferences:
    """What differs of one sheet; `same` counts the things that do not.

    `not_known` counts those of which one side can't tell whether it has them.
    """

    sheet: str
    same: int = 0
    not_known: int = 0
    found: list[ThingDifference] = field(default_factory=list)

    def counts(self) -> Mapping[Side, int]:
        """Return how many things there are of each kind of difference."""
        return Counter(each.side for each in self.found)


def sheet_differences(
    sheet: str,
    job: Job,
    here: Iterable[Cells],
    there: Iterable[Cells],
    *,
    special: Mapping[str, Compare] | None = None,
    left_out: Iterable[LeftOut] = (),
) -> SheetDifferences:
    """Hold the rows of one sheet of two instances against one another, by the job's key.

    Rows that make one thing together are about it. Cells stand in the order of the job's columns.
    The order of the values in a cell, and of the rows about one thing, does not count. `special`
    columns are compared by a function of both texts. What is not known of either side, as
    `left_out` says, is not compared.
    """
    rows = _Rows(job, special or {}, left_out)
    mine, theirs = rows.by_key(here), rows.by_key(there)
    differences = SheetDifferences(sheet)
    for key in dict.fromkeys((*mine, *theirs)):
        a, b = mine.get(key, []), theirs.get(key, [])
        first = (a or b)[0]
        fields = tuple(rows.fields(a, b)) if a and b else ()
        if a and b and not fields:
            differences.same += 1
        elif not (a and b) and rows.is_unknown(first, ROW):
            differences.not_known += 1
        else:
            side = Side.BOTH if a and b else Side.HERE if a else Side.THERE
            found = ThingDifference(sheet=sheet, key=rows.name_of(first), side=side, fields=fields)
            differences.found.append(found)
    return differences


class _Rows:
    """The rows of one job, told apart by its key and compared by its columns."""

    def __init__(
        self, job: Job, special: Mapping[str, Compare], left_out: Iterable[LeftOut]
    ) -> None:
        self._columns = job.columns
        self._special = special
        places = {column.name: place for place, column in enumerate(job.columns)}
        named = subject_columns(job) if gathers(job) else job.key
        self._own = own_columns(job) if gathers(job) else frozenset()
        self._key = [places[name] for name in named]
        self._fold = KeyFolding(job, named)
        self._unknown = {(each.thing.casefold(), each.what) for each in left_out if each.is_unknown}

    def is_unknown(self, row: Cells, what: str) -> bool:
        """Tell whether a column, or the whole row, of a thing is not known on either side."""
        if not self._unknown:
            return False
        names = (ALL, self.name_of(row), *(row[place] for place in self._key))
        return any((name.casefold(), what) in self._unknown for name in names)

    def name_of(self, row: Cells) -> str:
        return SEPARATOR.join(row[place] for place in self._key if row[place])

    def by_key(self, rows: Iterable[Cells]) -> dict[tuple[str, ...], list[Cells]]:
        """Return rows by what is the same for all spellings of their key."""
        found: dict[tuple[str, ...], list[Cells]] = {}
        for row in rows:
            key = self._fold.parts(tuple(row[place] for place in self._key))
            found.setdefault(key, []).append(row)
        return found

    def fields(self, here: Sequence[Cells], there: Sequence[Cells]) -> Iterator[FieldDifference]:
        """Yield what differs between the rows about one thing: what they share, then rows."""
        if self._own or len(here) == len(there) == 1:
            mine, theirs = self._shared(here), self._shared(there)
            for place, column in enumerate(self._columns):
                if column.name not in self._own and self._is_compared(mine, theirs, place):
                    yield from self._field(column, mine[place], theirs[place])
            if not self._own:
                return
        ours, others = Counter(map(self._text, here)), Counter(map(self._text, there))
        for row in sorted((ours - others).elements()):
            yield FieldDifference(field="row", here=row, there="")
        for row in sorted((others - ours).elements()):
            yield FieldDifference(field="row", here="", there=row)

    def _shared(self, rows: Sequence[Cells]) -> Cells:
        """Return what rows say together: of each column the first cell that is not blank."""
        return [next(filter(None, cells), "") for cells in zip(*rows, strict=True)]

    def _is_compared(self, here: Cells, there: Cells, place: int) -> bool:
        """Tell whether a column is compared: of rows that are not known, what both sides say."""
        if place in self._key or self.is_unknown(here, self._columns[place].name):
            return False
        return bool(here[place] and there[place]) or not self.is_unknown(here, ROW)

    def _field(self, column: Column, here: str, there: str) -> Iterator[FieldDifference]:
        if column.name in self._special:
            yield from self._special[column.name](here, there)
        elif here != there and _meant(column, here) != _meant(column, there):
            yield FieldDifference(field=column.name, here=here, there=there)

    def _text(self, row: Cells) -> str:
        """Return a row that is one of several about a thing: what it says beside the key."""
        said = (
            f"{column.name} {cell}"
            for place, (column, cell) in enumerate(zip(self._columns, row, strict=False))
            if cell and self._is_told(row, place, column)
        )
        return ", ".join(said)

    def _is_told(self, row: Cells, place: int, column: Column) -> bool:
        if place in self._key or self.is_unknown(row, column.name):
            return False
        return not self._own or column.name in self._own


def _meant(column: Column, cell: str) -> object:
    """Return what a cell of an export means, whatever the order in which it says it."""
    if column.kind == "json":
        try:
            return json.loads(cell)
        except ValueError:  # a blank one, or a text that is none
            return cell
    if column.split:
        first = column.split[0]
        for other in column.split[1:]:
            cell = cell.replace(other, first)
        return sorted(filter(None, map(str.strip, cell.split(first))))
    return cell
