"""What reading gives: the sheet's headers and rows, with the place of every cell."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Protocol

from bulkops.planning.rows.sheet_numbers import numbered
from bulkops.planning.rows.table import Record
from bulkops.problems import Address, Problem


class Rows(Protocol):
    """Records in the order of the sheet, to be walked again and again."""

    def __iter__(self) -> Iterator[Record]:
        """Walk the records."""
        ...

    def __len__(self) -> int:
        """Return their number."""
        ...

    def find(self, number: int) -> Record:
        """Return the record of a number; KeyError where there is none."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetTable:
    """A sheet that was read whole; a `planning.rows.table.Table`.

    `kind` is "csv" (any separated text), "xlsx", "xlsb", "xls", "ods" or "frame". `sheet` is the
    worksheet's name, empty for text. `top` is the row or line of the headers. `notes` says how
    the file was understood, a sentence each. The last `added` columns are not the file's own.
    `place` is that of the sheet in its workbook, where its rows bear the numbers of that.
    """

    file: str
    sha256: str
    headers: tuple[str, ...]
    problems: tuple[Problem, ...]
    kind: str
    sheet: str = ""
    top: int = 1
    notes: tuple[str, ...] = ()
    added: int = 0
    place: int = 0
    rows: Rows = field(repr=False)

    def records(self) -> Iterator[Record]:
        """Yield the rows that hold anything, in the order of the sheet."""
        return iter(self.rows)

    def record(self, number: int) -> Record:
        """Return the record of a row or line number; KeyError where there is none."""
        return self.rows.find(number)

    def __len__(self) -> int:
        return len(self.rows)

    def address(self, row: int, column: int = 0) -> Address:
        """Return the place of a record's cell; `column` counts from 1, 0 means the whole row.

        A cell that is not the file's own has no place in it: it is its row's.
        """
        own = 0 < column <= len(self.headers) - self.added
        return Address(
            file=self.file,
            sheet=self.sheet,
            row=row - numbered(self.place, 0) if row else 0,
            column=column if own else 0,
            header=self.headers[column - 1] if own else "",
        )
