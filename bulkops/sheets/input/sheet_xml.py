"""One bounded pass over a worksheet's XML, for what row-by-row readers don't tell."""

from __future__ import annotations

import codecs
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import IO

from bulkops.sheets.input.zip_package import BROKEN_ZIP, damaged

MOST_ROWS = 1_048_576
"""Rows of a worksheet (Excel specifications and limits)."""
_BLOCK = 1 << 20
_MOST_MERGES = 10_000
_TAG = re.compile(  # cells are passed over at once: of a large sheet there are millions
    rb"<(?!/?(?:c|v|is|t)[ >])(/?)(?:[A-Za-z_][\w.\-]*:)?"
    rb"(row|col|f|mergeCell|hyperlink|sheetData)(?=[\s/>])([^<>]*)>"
)
_VALUE = re.compile(rb"<(?:[A-Za-z_][\w.\-]*:)?(?:(?:v|is)[\s>]|f[\s/>])")
_ATTRIBUTE = re.compile(rb"(?<![\w:.\-])([A-Za-z]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
_SIZELESS = re.compile(rb"0*(?:\.0*)?")


@dataclass(slots=True, kw_only=True)
class Markup:
    """What a worksheet's XML says beside its values.

    `last_row` is the last row that holds a value or a formula; 0 for none. Hidden rows and
    columns are ascending (first, last) spans, counted from 1. `merges` are ranges as written,
    such as `B2:B3`.
    """

    last_row: int = 0
    hidden_rows: list[tuple[int, int]] = field(default_factory=list)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    merges: list[str] = field(default_factory=list)
    formulas: int = 0
    hyperlinks: int = 0


def scan(archive: zipfile.ZipFile, path: str, name: str) -> Markup:
    """Walk through a worksheet's XML. Raises SheetError where it is damaged."""
    walk = _Walk(name)
    try:
        with archive.open(path) as stream:
            for data in _blocks(stream, name):
                walk.feed(data)
    except BROKEN_ZIP as error:
        raise damaged(name, f"its part {path} is missing or damaged") from error
    walk.close_row()
    return walk.markup


def within(numbers: Iterable[int], spans: Sequence[tuple[int, int]]) -> Iterator[int]:
    """Yield those of the ascending numbers that lie in one of the ascending spans."""
    index = 0
    for number in numbers:
        while index < len(spans) and spans[index][1] < number:
            index += 1
        if index < len(spans) and spans[index][0] <= number:
            yield number


def _blocks(stream: IO[bytes], name: str) -> Iterator[bytes]:
    """Yield the XML as UTF-8 in blocks that end before a tag begins."""
    carried, decoder = b"", None
    while block := stream.read(_BLOCK):
        if not carried and decoder is None and block[:2] in {b"\xff\xfe", b"\xfe\xff"}:
            decoder = codecs.getincrementaldecoder("utf-16")()
        data = carried + (decoder.decode(block).encode() if decoder else block)
        end = data.rfind(b"<")
        if end < 0 or len(data) - end > _BLOCK:
            raise damaged(name, "its XML is broken")
        yield data[:end]
        carried = data[end:]
    yield carried


class _Walk:
    """The state of one pass: which row is open, and whether it holds a value yet."""

    def __init__(self, name: str) -> None:
        self.markup = Markup()
        self._name = name
        self._row = 0
        self._valued = False
        self._in_data = False

    def feed(self, data: bytes) -> None:
        """Take in the next block."""
        after = 0
        for tag in _TAG.finditer(data):
            closing, kind, attributes = tag[1], tag[2], tag[3]
            if kind == b"row" and self._in_data and not closing:
                self._look(data, after, tag.start())
                self.close_row()
                self._open_row(attributes)
                after = tag.end()
            elif kind == b"f" and self._in_data:
                self.markup.formulas += not closing
            elif kind == b"sheetData":
                self._look(data, after, tag.start())
                self._in_data = not closing and not attributes.endswith(b"/")
                after = tag.end()
            elif not self._in_data and not closing:
                self._note(kind, attributes)
        self._look(data, after, len(data))

    def close_row(self) -> None:
        """End the row that is open."""
        if self._valued:
            self.markup.last_row = self._row
        self._valued = False

    def _look(self, data: bytes, start: int, end: int) -> None:
        if self._in_data and not self._valued:
            self._valued = _VALUE.search(data, start, end) is not None

    def _open_row(self, attributes: bytes) -> None:
        found = _attributes(attributes)
        number = _integer(found.get(b"r", b""), self._row + 1, self._name)
        if not self._row < number <= MOST_ROWS:
            raise damaged(self._name, f"its rows are out of order after row {self._row}")
        self._row = number
        if _hidden(found, b"ht"):
            _extend(self.markup.hidden_rows, number, number)

    def _note(self, kind: bytes, attributes: bytes) -> None:
        found = _attributes(attributes)
        if kind == b"col" and _hidden(found, b"width"):
            first = _integer(found.get(b"min", b""), 0, self._name)
            _extend(
                self.markup.hidden_columns, first, _integer(found.get(b"max", b""), 0, self._name)
            )
        elif kind == b"mergeCell" and len(self.markup.merges) < _MOST_MERGES:
            self.markup.merges.append(found.get(b"ref", b"").decode("ascii", "replace"))
        self.markup.hyperlinks += kind == b"hyperlink"


def _attributes(text: bytes) -> dict[bytes, bytes]:
    return {found[1]: found[2] or found[3] or b"" for found in _ATTRIBUTE.finditer(text)}


def _hidden(found: dict[bytes, bytes], size: bytes) -> bool:
    if found.get(b"hidden") in {b"1", b"true"}:
        return True
    return size in found and _SIZELESS.fullmatch(found[size]) is not None


def _integer(text: bytes, default: int, name: str) -> int:
    if not text:
        return default
    if not text.isdigit() or len(text) > len(str(MOST_ROWS)):
        raise damaged(name, "its XML numbers a row or column with something else than a number")
    return int(text)


def _extend(found: list[tuple[int, int]], first: int, last: int) -> None:
    if found and found[-1][1] + 1 == first:
        found[-1] = (found[-1][0], last)
    else:
        found.append((first, last))
