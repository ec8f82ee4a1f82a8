"""A table of rows in both its forms: CSV for programs, a workbook for people, filled row by row."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from bulkops.reports.result_columns import SheetColumns
from bulkops.reports.row_sheets import RowSheets, TableRow
from bulkops.sheets.output.table_writer import WorkbookWriter, csv_file

AddRow = Callable[[TableRow], None]


@contextmanager
def csv_table(
    path: Path, columns: SheetColumns, ours: Sequence[str], landed: list[Path]
) -> Iterator[AddRow]:
    """Give what adds a row to a CSV file, which knows no colours."""
    with csv_file(path, (*columns.first, *ours), landed=landed) as add:
        yield lambda row: add((*columns.cells(row.number, row.cells), *row.ours))


@contextmanager
def workbook_table(
    path: Path,
    columns: SheetColumns,
    ours: Sequence[str],
    landed: list[Path],
    *,
    tinted: bool = False,
    lead: Sequence[str] = (),
) -> Iterator[RowSheets]:
    """Give the sheets of a workbook, which take a row each."""
    with WorkbookWriter(path, landed=landed) as book:
        title = path.stem.title()
        yield RowSheets(book, columns, ours, title=title, tinted=tinted, lead=lead)
