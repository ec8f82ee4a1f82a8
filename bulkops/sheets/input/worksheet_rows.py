"""The rows of a worksheet, read from its XML as it is unpacked: never more than a block at once."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import IO
from xml.parsers.expat import ExpatError

from bulkops.sheets.input.cell_places import column_number
from bulkops.sheets.input.shared_strings import PHONETIC, TEXT
from bulkops.sheets.input.table_builder import RawRow
from bulkops.sheets.input.xml_stream import BLOCK, MAIN, xml_parser
from bulkops.sheets.input.xml_values import XmlCellReader

_ROW, _CELL, _VALUE, _FORMULA = (f"{MAIN} {name}" for name in ("row", "c", "v", "f"))
_TEXTS = frozenset({_VALUE, TEXT})
_DIGITS = "0123456789"
_INLINE = "inlineStr"


class WorksheetRows:
    """One pass through a worksheet, up to its last row with a value.

    Rows that hold nothing are left out. The others have `width` texts, and more where a value
    stands right of these, up to the column `most`. `recalculates` means that a formula's 0 stands
    for a value that was never worked out.
    """

    def __init__(
        self,
        cells: XmlCellReader,
        last_row: int,
        *,
        width: int = 0,
        most: int = sys.maxsize,
        recalculates: bool = False,
    ) -> None:
        self.done = 0
        """The row that was read last."""
        self._read_cell = cells.read
        self._last_row = last_row
        self._width = width
        self._most = most
        self._recalculates = recalculates
        self._columns: dict[str, int] = {}
        self._rows: list[RawRow] = []
        self._unused: list[str] = []
        self._spoken = False
        self._begin_row("0")
        self._begin_cell({})

    def read(self, stream: IO[bytes]) -> Iterator[RawRow]:
        """Yield the rows. Raises whatever a damaged file makes the parser or a value raise."""
        parser = xml_parser(self._start, self._end, self._take)
        more = True
        while more and self.done < self._last_row:
            block = stream.read(BLOCK)
            more, broken = bool(block), None
            try:
                parser.Parse(block, not more)
            except ExpatError as error:
                broken = error
            yield from self._rows
            if broken and self.done < self._last_row:  # what follows the values may be unsound
                raise broken
            self._rows = []

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if name == _CELL:
            self._begin_cell(attributes)
        elif name == _VALUE:
            self._parts = self._unused if self._inline else self._heard
        elif name == TEXT:
            self._parts = self._heard if self._inline and not self._spoken else self._unused
        elif name == _ROW:
            self._begin_row(attributes.get("r", ""))
        elif name == _FORMULA:
            self._formula = True
        elif name == PHONETIC:
            self._spoken = True  # how it is pronounced follows

    def _take(self, text: str) -> None:
        self._parts.append(text)

    def _end(self, name: str) -> None:
        if name == _CELL:
            self._end_cell()
        elif name in _TEXTS:
            self._parts = self._unused
        elif name == _ROW:
            self._end_row()
        elif name == PHONETIC:
            self._spoken = False

    def _begin_row(self, number: str) -> None:
        self._number = int(number) if number else self.done + 1
        self._texts = [""] * self._width
        self._column = 0
        self._filled = False
        self._doubts: dict[int, str] = {}
        self._uncalculated: list[int] = []

    def _begin_cell(self, attributes: dict[str, str]) -> None:
        self._attributes = attributes
        self._inline = attributes.get("t") == _INLINE
        self._heard: list[str] = []
        self._parts = self._unused
        self._formula = False

    def _end_cell(self) -> None:
        place = self._attributes.get("r")
        column = self._column = self._place(place) if place else self._column + 1
        if column > self._most or self._number > self._last_row:
            return
        value, text, doubt = "".join(self._heard), "", ""
        kind = self._attributes.get("t", "n")
        if value:
            text, doubt = self._read_cell(kind, value, self._attributes.get("s", ""))
            if column > len(self._texts):
                self._texts += [""] * (column - len(self._texts))
            self._texts[column - 1] = text
            self._filled = True
            if doubt:
                self._doubts[column - 1] = doubt
        if self._formula and self._is_uncalculated(kind, value, doubt):
            self._uncalculated.append(column - 1)

    def _is_uncalculated(self, kind: str, value: str, doubt: str) -> bool:
        """Tell whether a formula's value is missing, or is the 0 that stands in for it.

        A value of type `str` that is empty was calculated: `=""`.
        """
        if not value:
            return kind not in ("str", _INLINE)
        return self._recalculates and kind in ("n", "b") and not doubt and float(value) == 0

    def _end_row(self) -> None:
        self.done = self._number
        self._unused.clear()
        if self._uncalculated:
            self._doubts |= dict.fromkeys(self._uncalculated, "formula-without-value")
        if (self._filled or self._doubts) and self._number <= self._last_row:
            if self._doubts:
                self._texts += [""] * (max(self._doubts) + 1 - len(self._texts))
            self._rows.append(RawRow(self._number, self._texts, self._doubts))

    def _place(self, place: str) -> int:
        """Return the column of a place such as `C17`, from 1."""
        name = place.rstrip(_DIGITS)
        column = self._columns.get(name)
        if column is None:
            column = self._columns[name] = column_number(name.upper())
        return column
