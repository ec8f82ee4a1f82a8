"""Rows of one sheet of a workbook, numbered so that no other sheet's rows bear their numbers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from bulkops.planning.rows.sheet_numbers import numbered, row_in_sheet
from bulkops.planning.rows.table import Record
from bulkops.sheets.input.sheet_table import Rows, SheetTable


@dataclass(frozen=True, slots=True)
class NumberedRows:
    """Those rows of a sheet that are meant, by the numbers that they bear in their workbook."""

    rows: Rows
    place: int
    is_meant: Callable[[Record], bool]
    as_meant: Callable[[Record], Record]

    def __iter__(self) -> Iterator[Record]:
        """Walk the records."""
        return (self._of(record) for record in self.rows if self.is_meant(record))

    def __len__(self) -> int:
        return sum(1 for record in self.rows if self.is_meant(record))

    def find(self, number: int) -> Record:
        """Return the record of a number; KeyError where there is none."""
        return self._of(self.rows.find(row_in_sheet(number)))

    def _of(self, record: Record) -> Record:
        return Record(numbered(self.place, record.number), self.as_meant(record).cells)


def in_workbook(
    table: SheetTable,
    place: int,
    is_meant: Callable[[Record], bool],
    as_meant: Callable[[Record], Record] = lambda record: record,
) -> SheetTable:
    """Return a sheet as the one at a place of its workbook, with the rows that are meant."""
    return replace(table, place=place, rows=NumberedRows(table.rows, place, is_meant, as_meant))
