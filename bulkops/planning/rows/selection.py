"""Which rows of a sheet are meant: `--rows`, `--where` and `--limit`."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from bulkops.errors import SelectionError
from bulkops.planning.rows.cell_text import trimmed
from bulkops.planning.rows.headers import HeaderMap, folded
from bulkops.planning.rows.table import Record, Table
from bulkops.suggestions import nearest_hint

_SPAN = re.compile(r"([0-9]+)(?:-([0-9]+)?)?")
_CONDITION = re.compile(r"([^=!~]+?)\s*(!=|=|~)(.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Condition:
    """One `--where`: a column, `=`, `!=` or `~` (contains), and a text compared without case."""

    column: str
    operator: str
    text: str

    def holds(self, cells: Collection[str]) -> bool:
        """Tell whether a row's cells of the column meet the condition."""
        wanted = trimmed(self.text).casefold()
        given = [trimmed(cell).casefold() for cell in cells]
        if self.operator == "~":
            return any(wanted in cell for cell in given)
        same = wanted in given if wanted else not any(given)
        return same if self.operator == "=" else not same


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """Rows by number, by conditions that must all hold, and at most so many; empty means all."""

    spans: tuple[range, ...] = ()
    where: tuple[Condition, ...] = ()
    limit: int | None = None

    @classmethod
    def of(
        cls, *, rows: str = "", where: Sequence[str] = (), limit: int | None = None
    ) -> Selection:
        """Build from texts: rows `5,9-12,40-`, conditions `column=value`, `!=` or `~`.

        Raises SelectionError where a text can't be understood.
        """
        if limit is not None and limit < 1:
            raise SelectionError(f"--limit {limit}: allowed is 1 or more.")
        return cls(
            spans=tuple(_span(part) for part in rows.split(",") if part.strip()),
            where=tuple(_condition(text) for text in where),
            limit=limit,
        )

    def __bool__(self) -> bool:
        return bool(self.spans or self.where or self.limit is not None)

    def choose(self, table: Table, headers: HeaderMap) -> Iterator[Record]:
        """Yield the records that are meant, in the order of the sheet.

        Raises SelectionError where a condition names a column that the sheet has not.
        """
        places = [(condition, _places(condition, table, headers)) for condition in self.where]
        chosen = (
            record
            for record in self._numbered(table.records())
            if all(
                condition.holds([record.cells[index] for index in indexes])
                for condition, indexes in places
            )
        )
        return islice(chosen, self.limit)

    def _numbered(self, records: Iterable[Record]) -> Iterator[Record]:
        for record in records:
            if not self.spans or any(record.number in span for span in self.spans):
                yield record


def row_test(where: Sequence[str], headers: Sequence[str]) -> Callable[[Sequence[str]], bool]:
    """Return what tells whether a row of texts under some headers meets all of the conditions.

    Raises SelectionError where a text can't be understood, or names no header.
    """
    places = [(each, _index(each, headers)) for each in map(_condition, where)]
    return lambda row: all(condition.holds([row[index]]) for condition, index in places)


def _index(condition: Condition, headers: Sequence[str]) -> int:
    known = [folded(header) for header in headers]
    if folded(condition.column) in known:
        return known.index(folded(condition.column))
    hint = nearest_hint(condition.column, headers)
    raise SelectionError(f'--where: there is no column "{condition.column}". {hint}'.rstrip())


_LAST_ROW = 2**31


def _span(text: str) -> range:
    found = _SPAN.fullmatch(text.strip())
    if found is None:
        raise SelectionError(f'--rows: "{text.strip()}" is not a row or a span such as 9-12.')
    first = int(found[1])
    last = int(found[2]) if found[2] else _LAST_ROW if "-" in text else first
    if last < first:
        raise SelectionError(f'--rows: "{text.strip()}" ends before it begins.')
    return range(first, last + 1)


def _condition(text: str) -> Condition:
    found = _CONDITION.fullmatch(text)
    if found is None:
        raise SelectionError(
            f'--where: "{text}" is not column=value, column!=value or column~part.'
        )
    return Condition(found[1].strip(), found[2], found[3])


def _places(condition: Condition, table: Table, headers: HeaderMap) -> tuple[int, ...]:
    """Return the cells that a condition looks at: a column of the job, or any header."""
    word = folded(condition.column)
    for name, indexes in headers.columns.items():
        if folded(name) == word:
            return indexes
    places = tuple(index for index, header in enumerate(table.headers) if folded(header) == word)
    if not places:
        known = [*headers.columns, *filter(None, table.headers)]
        hint = nearest_hint(condition.column, known)
        message = f'--where: the sheet has no column "{condition.column}". {hint}'
        raise SelectionError(message.rstrip())
    return places
