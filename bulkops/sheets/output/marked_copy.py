"""A copy of a person's sheet with every problem marked in its cell, and listed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from bulkops.errors import SheetError
from bulkops.planning.rows.cells import MASK
from bulkops.planning.rows.table import Record
from bulkops.problems import Problem
from bulkops.sheets.input.file_type import Form, recognise
from bulkops.sheets.input.known_headers import KnownHeaders
from bulkops.sheets.input.reader import read_table
from bulkops.sheets.input.sheet_table import SheetTable
from bulkops.sheets.input.source import InputSource, opened
from bulkops.sheets.input.worksheet import PROBLEMS
from bulkops.sheets.input.zip_package import Package, unpacked
from bulkops.sheets.output.masked_cells import mask_row
from bulkops.sheets.output.patching.marked_workbook import patch
from bulkops.sheets.output.patching.xml_text import UnpatchableError
from bulkops.sheets.output.problem_list import (
    HEADERS,
    WIDTHS,
    Marks,
    listed,
    marks_of,
    said,
    severity_of,
)
from bulkops.sheets.output.table_writer import WorkbookWriter

_MOST_MARKED = 5_000
"""Cells that get a colour and a note; ten thousand notes make Excel crawl."""


def annotate(
    source: Path,
    problems: Iterable[Problem],
    target: Path,
    *,
    known: KnownHeaders | None = None,
    sheet: str | None = None,
    encoding: str | None = None,
) -> tuple[str, ...]:
    """Write an .xlsx copy of a sheet with its bad cells coloured and noted, and a list of all.

    An .xlsx or .xlsm keeps its sheets, values, formulas, widths and formats; of any other kind
    the sheet that was read is copied as text. A copy is passed on to others: *** stands in it for
    what `known` hides. The source is never written to, and a target whose name is not .xlsx is
    refused. `sheet` and `encoding` are those of `read_table`. Returns what the copy lacks, a
    sentence each. Raises SheetError.
    """
    if target.suffix.casefold() != ".xlsx":
        raise SheetError("not-written", f"{target}: name the marked copy .xlsx")
    if target.exists() and source.exists() and target.samefile(source):
        raise SheetError("same-file", f"{target} is the sheet itself: name another file")
    found = list(problems)
    known = known or KnownHeaders.of(_headers(found))
    with opened(source, None) as opened_source:
        if recognise(opened_source) is Form.ZIP:
            with unpacked(opened_source) as package:
                if package.kind == "xlsx":
                    return _annotate_workbook(opened_source, package, found, target, known)
    return _annotate_text(source, found, target, known, sheet=sheet, encoding=encoding)


def _annotate_workbook(
    source: InputSource,
    package: Package,
    problems: Sequence[Problem],
    target: Path,
    known: KnownHeaders,
) -> tuple[str, ...]:
    marks = marks_of(problems, _MOST_MARKED)
    try:
        masked, lost = patch(source, package, problems, marks, target, known=known)
    except UnpatchableError:
        from bulkops.sheets.output.remade_copy import remake  # noqa: PLC0415 - heavy

        masked, lost = remake(source, package, problems, marks, target, known=known)
    return (*_masked(masked), *lost, *_left_out(problems, marks))


def _masked(columns: Sequence[str]) -> Iterator[str]:
    if columns:
        yield f"the copy lacks the secrets of the original: {MASK} stands in {', '.join(columns)}"


def _annotate_text(
    source: Path,
    problems: Sequence[Problem],
    target: Path,
    known: KnownHeaders,
    *,
    sheet: str | None,
    encoding: str | None,
) -> tuple[str, ...]:
    """Copy headers and rows as text; a row's place in the copy need not be that in the source."""
    sheet = next((each.address.sheet for each in problems if each.address.sheet), sheet)
    table = read_table(source, sheet=sheet, known_headers=known.headers, encoding=encoding)
    secret = [index for index, header in enumerate(table.headers) if known.hides(header)]
    marks = marks_of(problems, _MOST_MARKED)
    with WorkbookWriter(target) as book:
        page = book.sheet(table.sheet or source.stem, table.headers)
        for record in table.records():
            here = _of_row(marks, table, record)
            page.row(
                mask_row(record.cells, secret),
                fills={column - 1: severity_of(several) for column, several in here.items()},
                comments={column - 1: said(several) for column, several in here.items()},
            )
        page_of_all = book.sheet(PROBLEMS, HEADERS, widths=WIDTHS)
        for problem in problems:
            page_of_all.row(listed(problem))
    return (
        *_masked([table.headers[index] for index in secret]),
        f"{source.name} was copied as text: formats and formulas of it are not in the copy",
        *_left_out(problems, marks),
    )


def _headers(problems: Iterable[Problem]) -> list[str]:
    return sorted({problem.address.header for problem in problems if problem.address.header})


def _of_row(marks: Marks, table: SheetTable, record: Record) -> dict[int, Sequence[Problem]]:
    width = range(1, len(table.headers) + 1)
    places = ((column, (table.sheet, record.number, column)) for column in width)
    return {column: marks[place] for column, place in places if place in marks}


def _left_out(problems: Sequence[Problem], marks: Marks) -> Iterator[str]:
    placed = sum(1 for problem in problems if problem.address.row)
    marked = sum(len(several) for several in marks.values())
    if marked < placed:
        yield f"{placed - marked} problems are in the list only: {_MOST_MARKED} cells are marked"
