"""A marked copy of a workbook that is read whole and written anew, where it can't be patched."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bulkops.errors import SheetError
from bulkops.problems import Problem
from bulkops.sheets.input.known_headers import KnownHeaders
from bulkops.sheets.input.source import InputSource
from bulkops.sheets.input.worksheet import PROBLEMS
from bulkops.sheets.input.zip_package import BROKEN_ZIP, Package, damaged
from bulkops.sheets.output.atomic_file import replacing
from bulkops.sheets.output.masked_cells import mask_workbook
from bulkops.sheets.output.problem_list import (
    HEADERS,
    RECALCULATED,
    WIDTHS,
    Marks,
    listed,
    said,
    severity_of,
)
from bulkops.sheets.output.sheet_writer import annotate_cell, set_text
from bulkops.sheets.safe_text import sheet_name

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook

_MOST_XML = 128 * 1024 * 1024
"""Unpacked size of a workbook up to which it is made anew (about 3 GB in memory)."""
_BLOCK = 1 << 20

_LOST: Mapping[str, str] = {
    r"xl/charts?/": "charts",
    r"xl/chartsheets/": "chart sheets",
    r"xl/ctrlProps/|xl/activeX/": "checkboxes and other controls",
    r"xl/vbaProject\.bin": "macros",
    r"xl/pivotTables/": "pivot tables",
    r"xl/slicers/|xl/timelines/": "slicers",
    r"xl/media/": "pictures",
    r"xl/threadedComments/": "threads of comments (their text stays as notes)",
    r"xl/externalLinks/": "links to other workbooks",
}
"""Parts of a workbook → what a copy can't carry."""
_SPARKLINES = re.compile(rb"sparklineGroup")
_FORMULA = re.compile(rb"<(?:\w{1,20}:)?f[\s/>]")
_OVERLAP = 32


def remake(
    source: InputSource,
    package: Package,
    problems: Sequence[Problem],
    marks: Marks,
    target: Path,
    *,
    known: KnownHeaders,
) -> tuple[list[str], list[str]]:
    """Write the copy; return the columns in which secrets were masked, and what the copy lacks.

    Raises SheetError.
    """
    if sum(info.file_size for info in package.archive.infolist()) > _MOST_XML:
        raise SheetError(
            "too-large",
            f"{source.name} is too large to be copied with its looks: save it as CSV and mark that",
        )
    lost = [*_lost(package, source.name)]
    with replacing(target) as temporary:
        book = _loaded(source)
        masked = mask_workbook(book, known)
        for (sheet, row, column), several in marks.items():
            _mark(book, sheet, row, column, several)
        _list_problems(book, problems)
        _save(book, temporary, source.name)
    return masked, lost


def _loaded(source: InputSource) -> Workbook:
    import openpyxl  # noqa: PLC0415 - heavy

    source.stream.seek(0)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of what a copy lacks; `_lost` says it in plain words
        try:
            return openpyxl.load_workbook(source.stream, keep_links=False)
        except Exception as error:  # openpyxl raises whatever a damaged part makes it raise
            raise damaged(source.name, "the workbook can't be opened to be copied") from error


def _save(book: Workbook, path: Path, name: str) -> None:
    try:
        book.save(path)
    except Exception as error:  # openpyxl raises whatever it can't write back makes it raise
        raise SheetError(
            "not-written", f"a copy of {name} can't be written: use the list of problems instead"
        ) from error


def _mark(book: Workbook, sheet: str, row: int, column: int, problems: Sequence[Problem]) -> None:
    from openpyxl.cell import Cell  # noqa: PLC0415 - heavy

    from bulkops.sheets.output import styles  # noqa: PLC0415 - heavy

    if sheet not in book.sheetnames:
        return
    page: Any = book[sheet]
    cell = page.cell(row=row, column=column)
    if not isinstance(cell, Cell):  # inside a merged range: the mark goes to its first cell
        cell = next(
            page.cell(row=each.min_row, column=each.min_col)
            for each in page.merged_cells.ranges
            if cell.coordinate in each
        )
    cell.fill = styles.fill(severity_of(problems))
    annotate_cell(cell, said(problems))


def _list_problems(book: Workbook, problems: Iterable[Problem]) -> None:
    from bulkops.sheets.output import styles  # noqa: PLC0415 - heavy

    if PROBLEMS in book.sheetnames:
        del book[PROBLEMS]  # of the copy that this sheet was
    page: Any = book.create_sheet(sheet_name(PROBLEMS, book.sheetnames))
    for number, row in enumerate((HEADERS, *map(listed, problems)), 1):
        for index, text in enumerate(row, 1):
            cell = page.cell(row=number, column=index)
            set_text(cell, text)
            cell.number_format = styles.TEXT_FORMAT
            cell.font = styles.PLAIN if number > 1 else styles.WHITE
            if number == 1:
                cell.fill = styles.DARK
    for column, width in zip("ABCDEFGH", WIDTHS, strict=True):
        page.column_dimensions[column].width = width
    page.freeze_panes = "A2"
    page.auto_filter.ref = page.dimensions


def _lost(package: Package, name: str) -> Iterator[str]:
    names = package.archive.namelist()
    lost = [what for part, what in _LOST.items() if any(re.match(part, each) for each in names)]
    try:
        if any(_holds(package, sheet.path, _SPARKLINES) for sheet in package.sheets):
            lost.append("sparklines")
        formulas = any(_holds(package, sheet.path, _FORMULA) for sheet in package.sheets)
    except BROKEN_ZIP as error:
        raise damaged(name, "a sheet of it is missing or damaged") from error
    if lost:
        yield f"the copy lacks what the original has of: {', '.join(lost)}"
    if formulas:
        yield RECALCULATED


def _holds(package: Package, path: str, pattern: re.Pattern[bytes]) -> bool:
    carried = b""
    with package.archive.open(path) as stream:
        while block := stream.read(_BLOCK):
            data = carried + block
            if pattern.search(data):
                return True
            carried = data[-_OVERLAP:]
    return False
