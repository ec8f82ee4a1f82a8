"""One sheet of a workbook, written row by row in little memory; its text is never a formula."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import zip_longest
from types import MappingProxyType
from typing import IO, TYPE_CHECKING, Any, NamedTuple

from bulkops.problems import letters
from bulkops.sheets.output.note_sizes import NOTE_AUTHOR, note_size
from bulkops.sheets.output.sheet_data import CellFrame, Value, cell_frame, row_xml
from bulkops.sheets.output.workbook_package import WorkbookPackage
from bulkops.sheets.safe_text import cell_text, escaped

if TYPE_CHECKING:
    from openpyxl.cell import Cell

_NARROWEST, _WIDEST = 8, 60
_BUTTON = 3  # characters that the filter's button covers
_SAMPLE = 200
_NONE: Mapping[int, str] = MappingProxyType({})


class _Row(NamedTuple):
    """A row as it was asked for."""

    values: tuple[Value, ...]
    fill: str = ""
    added: str = ""
    fills: Mapping[int, str] = _NONE
    comments: Mapping[int, str] = _NONE


class SheetWriter:
    """One sheet of a `WorkbookWriter`, written from top to bottom.

    The first rows wait until the widths that they need are known: those stand before all rows.
    """

    def __init__(
        self,
        package: WorkbookPackage,
        title: str,
        headers: Sequence[str],
        *,
        widths: Sequence[float],
        added: int,
        most_rows: int,
        looks: Mapping[int, str] = _NONE,
        notes: Mapping[int, str] = _NONE,
    ) -> None:
        self._package = package
        self._title = title
        self._own = len(headers) - added
        """How many columns are the person's own."""
        head = _Row(tuple(headers), "header", "added", fills=looks, comments=notes)
        self._header = head if headers else None
        self._asked = widths
        self._widths: list[float] | None = None
        self._waiting: list[_Row] = []
        self._most_rows = most_rows
        self._frames: dict[tuple[int, str, bool], CellFrame] = {}
        self._looks: dict[tuple[str, str, int], list[CellFrame]] = {}
        self._sheet: Any
        self._rows: IO[bytes]
        self._begin()

    @property
    def title(self) -> str:
        """The sheet's name as it is in the workbook."""
        return str(self._sheet.title)

    @property
    def view(self) -> Any:  # noqa: ANN401  # openpyxl's type stubs lack much of it
        """What openpyxl has of the sheet, without its rows: for rules and formats of columns."""
        return self._sheet

    def row(
        self,
        values: Iterable[Value],
        *,
        fill: str = "",
        added: str = "",
        fills: Mapping[int, str] = _NONE,
        comments: Mapping[int, str] = _NONE,
    ) -> None:
        """Add a row. `fill` colours it by a name of `styles.FILLS`, `added` its added columns.

        `fills` colours single cells by index, `comments` are notes to cells, by index; what is
        beyond the last value is passed over.
        """
        self._waiting.append(_Row(tuple(values), fill, added or fill, fills, comments))
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
        self._sheet, self._rows = self._package.add_sheet(self._title)
        self._row = 0

    def _head(self) -> None:
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
        self._rows.write(row_xml(self._row, row.values, self._look(row)).encode())
        for index, text in row.comments.items():
            if index < len(row.values):
                annotate_cell(self._sheet.cell(self._row, index + 1), text)

    def _look(self, row: _Row) -> list[CellFrame]:
        """Return the frames of a row's cells; rows of one look share theirs."""
        look = (row.fill, row.added, len(row.values))
        if look not in self._looks:
            bare = row._replace(fills=_NONE, comments=_NONE)
            self._looks[look] = [self._frame(bare, index) for index in range(len(row.values))]
        if not row.fills and not row.comments:
            return self._looks[look]
        frames = list(self._looks[look])
        for index in {*row.fills, *row.comments} & set(range(len(frames))):
            frames[index] = self._frame(row, index)
        return frames

    def _frame(self, row: _Row, index: int) -> CellFrame:
        """Return what stands around a cell; one with a fill or a note is there without a value."""
        fill = row.fills.get(index, row.fill if index < self._own else row.added)
        shown = bool(fill) or index in row.comments
        frame = (index, fill, shown)
        if frame not in self._frames:
            styles = (self._package.style(fill, textual=textual) for textual in (True, False))
            self._frames[frame] = cell_frame(letters(index + 1), *styles, shown=shown)
        return self._frames[frame]


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
    """Put a note on a cell, after any that is there but itself; as large as its text needs."""
    from openpyxl.comments import Comment  # noqa: PLC0415 - heavy

    if cell.comment and cell.comment.text.endswith(cell_text(text)):
        return
    before = f"{cell.comment.text}\n\n" if cell.comment else ""
    comment = Comment(cell_text(before + text), NOTE_AUTHOR)
    comment.width, comment.height = note_size(comment.text)
    cell.comment = comment
