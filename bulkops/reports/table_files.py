"""A table in both its forms: CSV for programs, a workbook for people, filled row by row."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from bulkops.reports.result_columns import Value
from bulkops.sheets.output.table_writer import WorkbookWriter, csv_file

AddRow = Callable[[Sequence[Value], str], None]
"""Takes a row's values and the name of its colour, one of `sheets.output.styles.FILLS`."""

WIDTHS = dict.fromkeys(("bulkops_id", "bulkops_arn", "bulkops_request_id", "bulkops_run"), 16.0)
"""Characters that columns show which are there to be copied, not to be read."""

TINTS = {"failed": "failed row", "invalid": "invalid row", "unknown": "unknown row"}
"""Colour → that of the person's own cells, for the eye to find the row before it scrolls."""


@contextmanager
def csv_table(path: Path, headers: Sequence[str], landed: list[Path]) -> Iterator[AddRow]:
    """Give what adds a row to a CSV file, which knows no colours."""
    with csv_file(path, headers, landed=landed) as add:
        yield lambda values, _colour: add(values)


@contextmanager
def workbook_table(
    path: Path, headers: tuple[Sequence[str], Sequence[str]], landed: list[Path], *, tinted: bool
) -> Iterator[tuple[AddRow, WorkbookWriter]]:
    """Give what adds a row to a workbook, and the workbook; `headers` are the own ones and ours."""
    with WorkbookWriter(path, landed=landed) as book:
        yield sheet_table(book, path.stem.title(), *headers, tinted=tinted), book


def sheet_table(
    book: WorkbookWriter,
    title: str,
    own: Sequence[str],
    ours: Sequence[str],
    *,
    tinted: bool = False,
) -> AddRow:
    """Begin a sheet of the person's own columns and of ours beside them, which get the colour.

    With `tinted`, the person's own cells of a row that needs a look get a shade of it.
    """
    headers = [*own, *ours]
    widths = [WIDTHS.get(header, 0.0) for header in headers]
    sheet = book.sheet(title, headers, widths=widths, added=len(ours))

    def add(values: Sequence[Value], colour: str) -> None:
        tint = TINTS.get(colour, "") if tinted else ""
        sheet.row(values, fill=tint, added=colour)

    return add
