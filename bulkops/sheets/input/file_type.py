"""What a file is, by its bytes: its name may say anything."""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import StrEnum

from bulkops.errors import SheetError
from bulkops.sheets.input.source import InputSource

BOOK_ENDINGS = (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods")
"""How files are named that may hold several sheets."""
_LOOK = 4096
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_OLE_ENTRY = 128
"""Directory entries of an OLE file stand at multiples of this ([MS-CFB] 2.6)."""
_UNPRINTED = re.compile(rb"[\x01-\x08\x0e-\x1a\x1c-\x1f]")
_WIDE_MARKS = (b"\xff\xfe", b"\xfe\xff")

_FOREIGN: Mapping[bytes, str] = {
    b"%PDF": "a PDF document",
    b"{\\rtf": "an RTF document",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"\x1f\x8b": "a gzip archive: unpack it first",
    b"7z\xbc\xaf": "a 7-Zip archive: unpack it first",
    b"Rar!": "a RAR archive: unpack it first",
    b"SQLite format 3": "an SQLite database",
    b"PAR1": "a Parquet file",
    b"MIME-Version:": "a web page in one file: open it in Excel and save it as .xlsx",
}


class Form(StrEnum):
    """The family of a file."""

    TEXT = "text"  # separated values, to all appearances
    ZIP = "zip"  # .xlsx, .xlsm, .xlsb, .ods, or no workbook at all
    OLE = "ole"  # .xls, or something else of Office before 2007


def recognise(source: InputSource) -> Form:
    """Return the family of a file. Raises SheetError for what can't hold a sheet."""
    start = source.start(_LOOK)
    if not start.strip(b"\xef\xbb\xbf\xff\xfe \t\r\n"):
        _refuse_emptiness(source)
    if start.startswith(b"PK"):
        return Form.ZIP
    if start.startswith(_OLE):
        _refuse_encrypted(source)
        return Form.OLE
    for mark, what in _FOREIGN.items():
        if start.startswith(mark):
            raise SheetError("not-a-sheet", f"{source.name} is {what}")
    _refuse_markup(source.name, start)
    if not start.startswith(_WIDE_MARKS) and _UNPRINTED.search(start):
        raise SheetError(
            "not-a-sheet", f"{source.name} is neither a workbook nor text: it holds binary data"
        )
    return Form.TEXT


def _refuse_emptiness(source: InputSource) -> None:
    source.stream.seek(0)
    while block := source.stream.read(1 << 20):
        if block.strip(b"\xef\xbb\xbf\xff\xfe\0 \t\r\n"):
            return
    raise SheetError(
        "empty", f"{source.name} is empty: it needs a row of headers and a row of values"
    )


def _refuse_encrypted(source: InputSource) -> None:
    """Find the stream that Office keeps a password-protected workbook in ([MS-OFFCRYPTO] 2.3)."""
    source.stream.seek(0)
    offset, carried = 0, b""
    while block := source.stream.read(1 << 20):
        data = carried + block
        at = data.find(_ENCRYPTED)
        while at >= 0:
            if (offset + at) % _OLE_ENTRY == 0:
                raise password(source.name)
            at = data.find(_ENCRYPTED, at + 1)
        carried = data[-len(_ENCRYPTED) :]
        offset += len(data) - len(carried)


def password(name: str) -> SheetError:
    """Return the error for a workbook that can't be opened without a password."""
    return SheetError(
        "password",
        f"{name} is protected by a password: open it in Excel, remove the password under"
        " File > Info > Protect Workbook, and save it",
    )


def _refuse_markup(name: str, start: bytes) -> None:
    text = start.removeprefix(b"\xef\xbb\xbf").lstrip().lower().replace(b"\0", b"")
    text = text.removeprefix(b"\xff\xfe").removeprefix(b"\xfe\xff")
    if not text.startswith(b"<"):
        return
    if b'progid="excel.sheet"' in text or b"schemas-microsoft-com:office:spreadsheet" in text:
        what = "an XML Spreadsheet 2003"
    elif b"opendocument" in text:
        what = "a flat OpenDocument sheet"
    elif b"<html" in text or b"<table" in text or b"<!doctype html" in text:
        what = "a web page (HTML), whatever its name says"
    else:
        what = "XML or HTML, not a workbook"
    raise SheetError("markup", f"{name} is {what}: open it in Excel and save it as .xlsx")
