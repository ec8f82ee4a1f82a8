"""Rows about one thing that are planned as one, since their calls send a list of all of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from bulkops.definition.gathered_rows import own_columns, subject_columns
from bulkops.definition.job import Job
from bulkops.planning.rows.cells import Value
from bulkops.planning.rows.row_keys import KeyFolding
from bulkops.planning.rows.typed_rows import TypedRow


@dataclass(frozen=True)
class RowGroup:
    """The rows about one thing, in the order of the sheet; `own` are each row's own columns."""

    rows: tuple[TypedRow, ...]
    own: frozenset[str]

    @property
    def lead(self) -> TypedRow:
        """The first row."""
        return self.rows[0]

    def whole(self) -> TypedRow:
        """Return all rows as one, which is as the first one where a row speaks for itself."""
        values, defaulted = self._merged(frozenset())
        together = tuple((row.values, row.defaulted) for row in self.rows)
        return self.lead._replace(values=values, defaulted=defaulted, together=together)

    def completed(self, row: TypedRow) -> TypedRow:
        """Return a row with what others say where it is blank and does not speak for itself."""
        if len(self.rows) == 1:
            return row
        values, defaulted = self._shared
        mine = {name: value for name, value in row.values.items() if name in self.own}
        blank = defaulted | (row.defaulted & self.own)
        return row._replace(values={**values, **mine}, defaulted=blank)

    @cached_property
    def _shared(self) -> tuple[dict[str, Value], frozenset[str]]:
        """What the rows say together: each of them is completed by it."""
        return self._merged(self.own)

    def _merged(self, without: frozenset[str]) -> tuple[dict[str, Value], frozenset[str]]:
        """Return the first value of each column, be it a default, and which are defaults."""
        values: dict[str, Value] = {}
        for row in self.rows:
            for name, value in _given(row):
                values.setdefault(name, value)
        given = values.keys()
        blank = {name: row.values[name] for row in self.rows for name in row.defaulted - given}
        kept = {n: v for n, v in {**values, **blank}.items() if n not in without}
        return kept, frozenset(blank) - without

    def contradictions(self) -> Iterator[tuple[TypedRow, str, TypedRow]]:
        """Yield (row, column, the row that says otherwise before it)."""
        first: dict[str, TypedRow] = {}
        for row in self.rows:
            for name, value in _given(row):
                if name not in self.own:
                    before = first.setdefault(name, row)
                    if before.values[name] != value:
                        yield row, name, before


def _number(row: TypedRow) -> int:
    return row.number


def _given(row: TypedRow) -> Iterator[tuple[str, Value]]:
    return ((name, value) for name, value in row.values.items() if name not in row.defaulted)


class RowGroups:
    """The groups of some rows, by the number of each row. One that names nothing stands alone."""

    def __init__(self, job: Job, rows: Iterable[TypedRow]) -> None:
        self._columns = subject_columns(job)
        self._folding = KeyFolding(job, self._columns)
        own = own_columns(job)
        found: dict[object, list[TypedRow]] = {}
        for row in rows:
            found.setdefault(self._thing(row), []).append(row)
        self._groups = [RowGroup(tuple(each), own) for each in found.values()]
        self._of = {row.number: group for group in self._groups for row in group.rows}

    def __iter__(self) -> Iterator[RowGroup]:
        return iter(self._groups)

    def rows(self) -> Iterator[TypedRow]:
        """Yield all rows in the order of the sheet."""
        yield from sorted((row for each in self._groups for row in each.rows), key=_number)

    def of(self, row: int) -> RowGroup:
        """Return the group of a row."""
        return self._of[row]

    def _thing(self, row: TypedRow) -> object:
        names = tuple(str(row.values.get(name, "")) for name in self._columns)
        return (row.target, *self._folding.parts(names)) if all(names) else row.number
