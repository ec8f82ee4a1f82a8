"""A table in both its forms: CSV for programs, a workbook for people, filled row by row."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from bulkops.reports.columns import Value
from bulkops.reports.landing import landing
from bulkops.sheets.safety import csv_safe
from bulkops.sheets.writing import SheetWriter, WorkbookWriter

AddRow = Callable[[Sequence[Value], str], None]
"""Takes a row's values and the name of its colour."""


@contextmanager
def csv_table(path: Path, headers: Sequence[str], landed: list[Path]) -> Iterator[AddRow]:
    """Write a CSV file that a spreadsheet may open: UTF-8 with a mark, no live formula."""
    with (
        landing(path, landed) as written,
        written.open("w", encoding="utf-8-sig", errors="replace", newline="") as stream,
    ):
        written.chmod(0o600)
        writer = csv.writer(stream)
        writer.writerow([csv_safe(header) for header in headers])

        def add(values: Sequence[Value], _colour: str) -> None:
            writer.writerow([_plain(value) for value in values])

        yield add


def _plain(value: Value) -> str | int:
    return csv_safe(value) if isinstance(value, str) else value


@contextmanager
def workbook(path: Path, landed: list[Path]) -> Iterator[WorkbookWriter]:
    """Write a workbook under its name when it is whole."""
    with landing(path, landed) as written, WorkbookWriter(written) as book:
        yield book


def adder(sheet: SheetWriter) -> AddRow:
    """Return what adds a row to a sheet: its colour stands in the status column's cell."""

    def add(values: Sequence[Any], colour: str) -> None:
        sheet.row(values, fill=colour)

    return add
