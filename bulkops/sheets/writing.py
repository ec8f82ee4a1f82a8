"""Writing tables: CSV, and workbooks of any length row by row, whose text is never a formula."""

from __future__ import annotations

import csv
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from types import MappingProxyType, TracebackType
from typing import TYPE_CHECKING, Any, Self, TypeAlias

from bulkops.planning.problems import letters
from bulkops.sheets.cells import EXACT
from bulkops.sheets.errors import SheetError
from bulkops.sheets.files import replacing
from bulkops.sheets.markup import MOST_ROWS
from bulkops.sheets.safety import cell_text, csv_safe, escaped, sheet_name

if TYPE_CHECKING:
    from openpyxl.cell import Cell
    from openpyxl.workbook import Workbook

Value: TypeAlias = str | int | float | None
"""What a cell may be given: text, a number, or nothing."""

_NARROWEST, _WIDEST = 14, 60
_UNWRITABLE = {0: "\u2400", **dict.fromkeys(range(0xD800, 0xE000), "\ufffd")}
_NONE: Mapping[int, str] = MappingProxyType({})


def write_csv(path: Path, headers: Sequence[str], rows: Iterable[Sequence[Value]]) -> None:
    """Write a CSV file whole or not at all: UTF-8 with a byte order mark, as Excel wants it.

    Text is made harmless by `csv_safe`; `read_table` gives it back as it was. Raises SheetError.
    """
    with (
        _writing(path),
        replacing(path) as temporary,
        temporary.open("w", encoding="utf-8-sig", newline="") as stream,
    ):
        writer = csv.writer(stream)
        writer.writerow([_csv_value(header) for header in headers])
        writer.writerows([_csv_value(value) for value in row] for row in rows)


def _csv_value(value: Value) -> str:
    if isinstance(value, str):
        return csv_safe(value.translate(_UNWRITABLE))
    return "" if value is None else str(value)


@contextmanager
def _writing(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise SheetError("not-written", f"{path} can't be written: {error.strerror}") from error


class WorkbookWriter:
    """A workbook written row by row in little memory, whole or not at all.

    `with WorkbookWriter(path) as book: sheet = book.sheet("Results", headers); sheet.row(...)`.
    An exception inside leaves an earlier file as it was. `properties` become custom document
    properties. Raises SheetError where the file can't be written.
    """

    def __init__(
        self,
        path: Path,
        *,
        properties: Mapping[str, str] | None = None,
        most_rows: int = MOST_ROWS,
    ) -> None:
        self._path = path
        self._properties = properties or {}
        self._most_rows = most_rows
        self._stack = ExitStack()
        self._sheets: list[SheetWriter] = []

    def __enter__(self) -> Self:
        from openpyxl import Workbook  # noqa: PLC0415 - heavy

        self._temporary = self._stack.enter_context(replacing(self._path))
        self._book: Workbook = Workbook(write_only=True)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if error is None:
            with self._stack, _writing(self._path):
                self._save()
        else:
            for sheet in self._book.worksheets:
                with suppress(Exception):  # the failure that counts is on its way already
                    sheet.close()
            self._stack.__exit__(kind, error, trace)

    def sheet(
        self, title: str, headers: Sequence[str] = (), *, widths: Sequence[float] = ()
    ) -> SheetWriter:
        """Begin a sheet: headers frozen and with a filter; widths in characters, else guessed.

        Past the last row that Excel has, the sheet goes on as "title (2)", headers and all.
        """
        writer = SheetWriter(self._book, title, headers, widths, self._most_rows)
        self._sheets.append(writer)
        return writer

    def _save(self) -> None:
        if not self._sheets:
            self.sheet("Sheet")
        for sheet in self._sheets:
            sheet.finish()
        set_properties(self._book, self._properties)
        self._book.save(self._temporary)


class SheetWriter:
    """One sheet of a `WorkbookWriter`, written from top to bottom."""

    def __init__(
        self,
        book: Workbook,
        title: str,
        headers: Sequence[str],
        widths: Sequence[float],
        most_rows: int,
    ) -> None:
        self._book = book
        self._title = title
        self._headers = headers
        self._widths = widths or [_fitting(header) for header in headers]
        self._most_rows = most_rows
        self._begin()

    @property
    def title(self) -> str:
        """The sheet's name as it is in the workbook."""
        return str(self._sheet.title)

    def row(
        self,
        values: Iterable[Value],
        *,
        fill: str = "",
        fills: Mapping[int, str] = _NONE,
        comments: Mapping[int, str] = _NONE,
    ) -> None:
        """Add a row. `fill` colours it by a name of `styles.FILLS`, `fills` single cells by index.

        `comments` are notes to cells, by index.
        """
        if self._row == self._most_rows:
            self.finish()
            self._begin()
        self._row += 1
        self._sheet.append(self._cells(values, fill, fills, comments))

    def finish(self) -> None:
        """Put the filter on the headers; nothing may be added after."""
        if self._headers:
            self._sheet.auto_filter.ref = f"A1:{letters(len(self._headers))}{self._row}"

    def _begin(self) -> None:
        self._looks: dict[tuple[str, bool], Cell] = {}
        self._sheet: Any = self._book.create_sheet(sheet_name(self._title, self._book.sheetnames))
        for index, width in enumerate(self._widths, 1):
            self._sheet.column_dimensions[letters(index)].width = width
        self._row = 0
        if self._headers:
            self._sheet.freeze_panes = "A2"  # before the first row, or it is lost
            self.row(self._headers, fill="header")

    def _cells(
        self,
        values: Iterable[Value],
        fill: str,
        fills: Mapping[int, str],
        comments: Mapping[int, str],
    ) -> Iterator[Cell | None]:
        for index, value in enumerate(values):
            yield self._cell(value, fills.get(index, fill), comments.get(index, ""))

    def _cell(self, value: Value, fill: str, comment: str) -> Cell | None:
        """Return a cell to be written at once: the next one of its look is the same object."""
        if value is None and not fill and not comment:
            return None
        textual = isinstance(value, str) or not _is_exact(value)
        look = (fill, textual)
        if comment or look not in self._looks:
            self._looks[look] = self._styled(fill, textual=textual)
        cell = self._looks[look]
        if textual:
            set_text(cell, str(value))
        else:
            cell.value = value
        if comment:
            annotate_cell(cell, comment)
            del self._looks[look]
        return cell

    def _styled(self, fill: str, *, textual: bool) -> Cell:
        from openpyxl.cell import WriteOnlyCell  # noqa: PLC0415 - heavy

        from bulkops.sheets import styles  # noqa: PLC0415 - heavy

        cell: Cell = WriteOnlyCell(self._sheet)
        cell.font = styles.WHITE if fill == "header" else styles.PLAIN
        if fill:
            cell.fill = styles.DARK if fill == "header" else styles.fill(fill)
        cell.alignment = styles.UPPER
        if textual:
            cell.number_format = styles.TEXT_FORMAT
            cell.quotePrefix = True
        return cell


def _is_exact(value: float | None) -> bool:
    return value is None or (math.isfinite(value) and abs(value) < EXACT)


def _fitting(header: str) -> float:
    return min(max(len(header) + 4, _NARROWEST), _WIDEST)


def set_text(cell: Cell, text: str) -> None:
    """Give a cell text that stays text, whatever it begins with."""
    cell.value = escaped(cell_text(text))
    cell.data_type = "s"  # openpyxl takes what begins with "=" for a formula


def annotate_cell(cell: Cell, text: str) -> None:
    """Put a note on a cell, after any that is there; as large as its text needs."""
    from openpyxl.comments import Comment  # noqa: PLC0415 - heavy

    before = f"{cell.comment.text}\n\n" if cell.comment else ""
    comment = Comment(cell_text(before + text), "bulkops")
    lines = sum(1 + len(line) // 45 for line in comment.text.splitlines())
    comment.width, comment.height = 320, min(40 + 18 * lines, 400)
    cell.comment = comment


def set_properties(book: Workbook, properties: Mapping[str, str]) -> None:
    """Set custom document properties (File > Info > Properties in Excel)."""
    from openpyxl.packaging.custom import StringProperty  # noqa: PLC0415 - heavy

    custom: Any = book  # the property is not in openpyxl's type stubs
    for name, value in properties.items():
        custom.custom_doc_props.append(StringProperty(name=name, value=value))
