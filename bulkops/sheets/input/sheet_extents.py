"""How far a workbook's sheets reach, measured before calamine lays them out cell by cell."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from typing import IO

from bulkops.errors import SheetError
from bulkops.sheets.input.zip_package import BROKEN_ZIP, Package, damaged

MOST_CELLS = 10_000_000
"""Cells, empty ones between the first and the last included, that are read from these kinds."""
_BLOCK = 1 << 20
_LONGEST_TAG = 1 << 16

_CELL = re.compile(rb"<(?:\w+:)?c\s[^>]*?\br=[\"']([A-Z]{1,3})([0-9]{1,7})[\"']")
_ODS_TAG = re.compile(
    rb"<(/?)table:(table|table-row|table-cell|covered-table-cell)(?=[\s/>])([^<>]*)>"
)
_ODS_REPEAT = re.compile(rb"number-(?:rows|columns)-repeated=[\"']([0-9]{1,9})[\"']")

_ROW_HEADER = 0  # BrtRowHdr ([MS-XLSB] 2.4.750)
_CELLS = range(2, 12)  # BrtCellRk to BrtFmlaError: cells that hold a value
_MORE = 0x80  # variable-length numbers: another byte follows


def refuse_sprawling(package: Package, name: str) -> None:
    """Raise SheetError where a sheet reaches too far for its cells to be held in memory."""
    archive = package.archive
    try:
        if package.kind == "ods":
            _refuse(_ods(archive), name)
        elif package.kind == "strict":
            for part in package.sheets:
                _refuse(_xml(archive, part.path), name)
        elif package.kind == "xlsb":
            for path in archive.namelist():
                if path.startswith("xl/worksheets/") and path.endswith(".bin"):
                    _refuse(_binary(archive, path), name)
    except BROKEN_ZIP as error:
        raise damaged(name, "a part of it is missing or damaged") from error


def _refuse(cells: Iterator[int], name: str) -> None:
    if any(count > MOST_CELLS for count in cells):
        raise SheetError(
            "too-large",
            f"a sheet of {name} reaches over more than {MOST_CELLS // 10**6} million cells: delete"
            " the empty rows and columns after the last value, or save it as .xlsx",
        )


def _tags(stream: IO[bytes], pattern: re.Pattern[bytes]) -> Iterator[re.Match[bytes]]:
    carried = b""
    while block := stream.read(_BLOCK):
        data = carried + block
        end = max(data.rfind(b"<"), len(data) - _LONGEST_TAG, 0)
        yield from pattern.finditer(data, 0, end)
        carried = data[end:]
    yield from pattern.finditer(carried)


def _xml(archive: zipfile.ZipFile, path: str) -> Iterator[int]:
    rows = columns = 0
    with archive.open(path) as stream:
        for found in _tags(stream, _CELL):
            rows, columns = max(rows, int(found[2])), max(columns, _column(found[1]))
            yield rows * columns


def _column(name: bytes) -> int:
    number = 0
    for letter in name:
        number = number * 26 + letter - 64
    return number


def _ods(archive: zipfile.ZipFile) -> Iterator[int]:
    """Yield the extent of each table after each row that holds a value ([ODF] 9.1)."""
    row = column = height = width = 0
    valued = False
    with archive.open("content.xml") as stream:
        for found in _tags(stream, _ODS_TAG):
            kind, attributes = found[2], found[3]
            times = _repeat(attributes)
            if kind == b"table":
                row = height = width = 0
            elif kind == b"table-row" and not found[1]:
                column, valued = 0, False
                row += times
            elif not found[1] and kind != b"table-row":
                column += times
                if b"value" in attributes or b"formula" in attributes:
                    valued, width = True, max(width, column)
            height = row if valued else height
            yield height * width


def _repeat(attributes: bytes) -> int:
    found = _ODS_REPEAT.search(attributes)
    return int(found[1]) if found else 1


def _binary(archive: zipfile.ZipFile, path: str) -> Iterator[int]:
    """Yield the extent of an .xlsb sheet after each cell that holds a value ([MS-XLSB] 2.1.4)."""
    data = archive.read(path)
    at = row = rows = columns = 0
    while at < len(data):
        kind, at = _varied(data, at, 2)
        size, at = _varied(data, at, 4)
        first = int.from_bytes(data[at : at + 4], "little")
        at += size
        if kind == _ROW_HEADER:
            row = first
        elif kind in _CELLS:
            rows, columns = max(rows, row + 1), max(columns, first + 1)
            yield rows * columns


def _varied(data: bytes, at: int, longest: int) -> tuple[int, int]:
    value = 0
    for index in range(longest):
        byte = data[at + index] if at + index < len(data) else 0
        value |= (byte & ~_MORE) << (7 * index)
        if byte < _MORE:
            return value, at + index + 1
    return value, at + longest
