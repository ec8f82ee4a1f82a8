"""A sheet with cells that are not its own: set by the person, or made up."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from bulkops.planning.rows.table import Record
from bulkops.sheets.input.sheet_table import Rows, SheetTable


@dataclass(frozen=True, slots=True)
class FilledRows:
    """Rows whose records are filled as they are walked; nothing more is kept of them."""

    rows: Rows
    fill: Callable[[Record], Record]

    def __iter__(self) -> Iterator[Record]:
        return map(self.fill, self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    def find(self, number: int) -> Record:
        """Return the record of a number; KeyError where there is none."""
        return self.fill(self.rows.find(number))


def filled(
    table: SheetTable,
    headers: Sequence[str],
    fill: Callable[[Record], Record],
    *,
    replaced: Collection[int] = (),
    notes: Sequence[str] = (),
) -> SheetTable:
    """Return a sheet whose records are filled; `headers` are its own and those added behind them.

    What could not be read for certain of the `replaced` columns, by index, does not matter any
    more.
    """
    return replace(
        table,
        headers=tuple(headers),
        rows=FilledRows(table.rows, fill),
        added=table.added + len(headers) - len(table.headers),
        problems=tuple(
            each
            for each in table.problems
            if not each.address.row or each.address.column - 1 not in replaced
        ),
        notes=(*table.notes, *notes),
    )
