"""One sheet of a workbook, written row by row in little memory; its text is never a formula."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import zip_longest
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from bulkops.problems import letters
from bulkops.sheets.input.cell_values import EXACT
from bulkops.sheets.safe_text import cell_text, escaped, sheet_name

if TYPE_CHECKING:
    from openpyxl.cell import Cell
    from openpyxl.workbook import Workbook

Value: TypeAlias = str | int | float | None
"""What a cell may be given: text, a number, or nothing."""

_NARROWEST, _WIDEST = 8, 60
_BUTTON = 3  # characters that the filter's button covers
_SAMPLE = 200
_NONE: Mapping[int, str] = MappingProxyType({})


class _Row(NamedTuple):
    """A row as it was asked for."""

    values: tuple[Value, ...]
    fill: str = ""
    fills: Mapping[int, str] = _NONE
    comments: Mapping[int, str] = _NONE


class SheetWriter:
    """One sheet of a `WorkbookWriter`, written from top to bottom.

    The first rows wait until the widths that they need are known: those stand before all rows.
    """

    def __init__(
        self,
        book: Workbook,
        title: str,
        headers: Sequence[str],
        *,
        widths: Sequence[float],
        added: int,
        most_rows: int,
    ) -> None:
        self._book = book
        self._title = title
        first_added = len(headers) - added
        others = dict.fromkeys(range(first_added, len(headers)), "added")
        self._header = _Row(tuple(headers), "header", others) if headers else None
        self._asked = widths
        self._widths: list[float] | None = None
        self._waiting: list[_Row] = []
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
        self._waiting.append(_Row(tuple(values), fill, fills, comments))
        if self._widths is not None or len(self._waiting) == _SAMPLE:
            self._write_waiting()

    def finish(self) -> None:
        """Write what waits, and put the filter on the headers; nothing may be added after."""
        self._write_waiting()
        self._set_filter()

    def _write_waiting(self) -> None:
        if self._widths is None:
            self._widths = _fitting(self._header, self._waiting, self._asked)
            self._head()
        for row in self._waiting:
            if self._row == self._most_rows:
                self._set_filter()
                self._begin()
                self._head()
            self._append(row)
        self._waiting.clear()

    def _begin(self) -> None:
        self._looks: dict[tuple[str, bool], Cell] = {}
        self._sheet: Any = self._book.create_sheet(sheet_name(self._title, self._book.sheetnames))
        self._row = 0

    def _head(self) -> None:
        """Write what comes before the rows: afterwards openpyxl takes neither width nor pane."""
        for index, width in enumerate(self._widths or (), 1):
            self._sheet.column_dimensions[letters(index)].width = width
        if self._header:
            self._sheet.freeze_panes = "A2"
            self._append(self._header)

    def _set_filter(self) -> None:
        if self._header:
            self._sheet.auto_filter.ref = f"A1:{letters(len(self._header.values))}{self._row}"

    def _append(self, row: _Row) -> None:
        self._row += 1
        self._sheet.append(self._cells(*row))

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

        from bulkops.sheets.output import styles  # noqa: PLC0415 - heavy

        cell: Cell = WriteOnlyCell(self._sheet)
        cell.font = styles.WHITE if fill in styles.HEADERS else styles.PLAIN
        if fill:
            cell.fill = styles.HEADERS.get(fill) or styles.fill(fill)
            cell.border = styles.GRID
        cell.alignment = styles.UPPER if textual else styles.NUMBER
        if textual:
            cell.number_format = styles.TEXT_FORMAT
            cell.quotePrefix = True
        return cell


def _is_exact(value: float | None) -> bool:
    return value is None or (math.isfinite(value) and abs(value) < EXACT)


def _fitting(header: _Row | None, rows: Iterable[_Row], asked: Sequence[float]) -> list[float]:
    """Return the widths of the columns: those asked for, else what the longest line needs."""
    heads = [len(str(text)) + _BUTTON for text in header.values] if header else []
    needed: list[float] = [*heads]
    for row in rows:
        lengths = (_longest_line(value) for value in row.values)
        needed = [max(pair) for pair in zip_longest(needed, lengths, fillvalue=0)]
    fitting = [min(max(width + 2, _NARROWEST), _WIDEST) for width in needed]
    return [given or fits for given, fits in zip_longest(asked, fitting, fillvalue=0)]


def _longest_line(value: Value) -> int:
    text = "" if value is None else str(value)
    return max(map(len, text[: 10 * _WIDEST].splitlines()), default=0)


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
