"""A copy of a person's sheet with every problem marked in its cell, and listed."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bulkops.errors import SheetError
from bulkops.planning.rows.cells import MASK
from bulkops.planning.rows.table import Record
from bulkops.problems import Problem, Severity
from bulkops.sheets.input.file_type import Form, recognise
from bulkops.sheets.input.known_headers import KnownHeaders
from bulkops.sheets.input.reader import read_table
from bulkops.sheets.input.sheet_table import SheetTable
from bulkops.sheets.input.source import InputSource, opened
from bulkops.sheets.input.worksheet import PROBLEMS
from bulkops.sheets.input.zip_package import BROKEN_ZIP, Package, damaged, unpacked
from bulkops.sheets.output.atomic_file import replacing
from bulkops.sheets.output.masked_cells import mask_row, mask_workbook
from bulkops.sheets.output.sheet_writer import annotate_cell, set_text
from bulkops.sheets.output.table_writer import WorkbookWriter
from bulkops.sheets.safe_text import sheet_name

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook

_MOST_MARKED = 5_000
"""Cells that get a colour and a note; ten thousand notes make Excel crawl."""
_MOST_XML = 128 * 1024 * 1024
"""Unpacked size of a workbook up to which a copy with its looks is made (about 3 GB in memory)."""
_HEADERS = ("Place", "Severity", "Column", "Value", "Problem", "Allowed", "What to do", "Code")
_WIDTHS = (24, 10, 24, 30, 60, 40, 50, 24)
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
    if sum(info.file_size for info in package.archive.infolist()) > _MOST_XML:
        raise SheetError(
            "too-large",
            f"{source.name} is too large to be copied with its looks: save it as CSV and mark that",
        )
    notes = [*_lost(package, source.name)]
    with replacing(target) as temporary:
        book = _loaded(source)
        masked = mask_workbook(book, known)
        marks = _marks(problems)
        for (sheet, row, column), several in marks.items():
            _mark(book, sheet, row, column, several)
        _list_problems(book, problems)
        _save(book, temporary, source.name)
    return (*_masked(masked), *notes, *_left_out(problems, marks))


def _masked(columns: Sequence[str]) -> Iterator[str]:
    if columns:
        yield f"the copy lacks the secrets of the original: {MASK} stands in {', '.join(columns)}"


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


def _marks(problems: Iterable[Problem]) -> dict[tuple[str, int, int], list[Problem]]:
    """Return the problems of single cells by sheet, row and column, up to the most."""
    marks: dict[tuple[str, int, int], list[Problem]] = {}
    for problem in problems:
        place = (problem.address.sheet, problem.address.row, max(problem.address.column, 1))
        if problem.address.row and (place in marks or len(marks) < _MOST_MARKED):
            marks.setdefault(place, []).append(problem)
    return marks


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
    cell.fill = styles.fill(_severity(problems))
    annotate_cell(cell, _said(problems))


def _severity(problems: Iterable[Problem]) -> str:
    errors = any(problem.severity is Severity.ERROR for problem in problems)
    return "error" if errors else "warning"


def _said(problems: Iterable[Problem]) -> str:
    parts = (
        " ".join(part for part in (problem.message, problem.hint) if part) for problem in problems
    )
    return "\n".join(parts)


def _list_problems(book: Workbook, problems: Iterable[Problem]) -> None:
    from bulkops.sheets.output import styles  # noqa: PLC0415 - heavy

    if PROBLEMS in book.sheetnames:
        del book[PROBLEMS]  # of the copy that this sheet was
    page: Any = book.create_sheet(sheet_name(PROBLEMS, book.sheetnames))
    for number, row in enumerate((_HEADERS, *map(_listed, problems)), 1):
        for index, text in enumerate(row, 1):
            cell = page.cell(row=number, column=index)
            set_text(cell, text)
            cell.number_format = styles.TEXT_FORMAT
            cell.font = styles.PLAIN if number > 1 else styles.WHITE
            if number == 1:
                cell.fill = styles.DARK
    for column, width in zip("ABCDEFGH", _WIDTHS, strict=True):
        page.column_dimensions[column].width = width
    page.freeze_panes = "A2"
    page.auto_filter.ref = page.dimensions


def _listed(problem: Problem) -> tuple[str, ...]:
    return (
        str(problem.address),
        str(problem.severity),
        problem.address.header,
        problem.found,
        problem.message,
        problem.allowed,
        problem.hint,
        problem.code,
    )


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
    marks = _marks(problems)
    with WorkbookWriter(target) as book:
        page = book.sheet(table.sheet or source.stem, table.headers)
        for record in table.records():
            here = _of_row(marks, table, record)
            page.row(
                mask_row(record.cells, secret),
                fills={column - 1: _severity(several) for column, several in here.items()},
                comments={column - 1: _said(several) for column, several in here.items()},
            )
        listed = book.sheet(PROBLEMS, _HEADERS, widths=_WIDTHS)
        for problem in problems:
            listed.row(_listed(problem))
    return (
        *_masked([table.headers[index] for index in secret]),
        f"{source.name} was copied as text: formats and formulas of it are not in the copy",
        *_left_out(problems, marks),
    )


def _headers(problems: Iterable[Problem]) -> list[str]:
    return sorted({problem.address.header for problem in problems if problem.address.header})


def _of_row(
    marks: Mapping[tuple[str, int, int], list[Problem]], table: SheetTable, record: Record
) -> dict[int, list[Problem]]:
    width = range(1, len(table.headers) + 1)
    places = ((column, (table.sheet, record.number, column)) for column in width)
    return {column: marks[place] for column, place in places if place in marks}


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
        yield "formulas are kept, and calculated when the copy is opened in Excel"


def _holds(package: Package, path: str, pattern: re.Pattern[bytes]) -> bool:
    carried = b""
    with package.archive.open(path) as stream:
        while block := stream.read(_BLOCK):
            data = carried + block
            if pattern.search(data):
                return True
            carried = data[-_OVERLAP:]
    return False


def _left_out(
    problems: Sequence[Problem], marks: Mapping[tuple[str, int, int], Sequence[Problem]]
) -> Iterator[str]:
    placed = sum(1 for problem in problems if problem.address.row)
    marked = sum(len(several) for several in marks.values())
    if marked < placed:
        yield f"{placed - marked} problems are in the list only: {_MOST_MARKED} cells are marked"
