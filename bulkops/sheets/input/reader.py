"""Reading a sheet: any spreadsheet, or separated text, from a file or standard input."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from typing import BinaryIO

from bulkops.errors import SheetError
from bulkops.sheets.input.csv_reader import read_separated
from bulkops.sheets.input.file_type import Form, recognise
from bulkops.sheets.input.known_headers import Headers, KnownHeaders
from bulkops.sheets.input.sheet_table import SheetTable
from bulkops.sheets.input.source import InputSource, opened
from bulkops.sheets.input.zip_package import Part, unpacked

__all__ = ["SheetError", "SheetTable", "read_table", "worksheets"]


def read_table(
    path: Path | None,
    *,
    sheet: str | int | None = None,
    known_headers: Headers = (),
    date_headers: Headers = (),
    secret_headers: Headers = (),
    encoding: str | None = None,
    stdin: BinaryIO | None = None,
) -> SheetTable:
    """Read .csv, .tsv, .xlsx, .xlsm, .xlsb, .xls or .ods whole, by its bytes, not its name.

    `path` None or `-` reads `stdin`. `sheet` is a worksheet's name, or its number from 1.
    `known_headers` are the headers that the caller understands, in any spelling, or a predicate:
    they find the sheet, the header row and the delimiter, and only their columns can have
    problems that keep a run from starting. Columns of `date_headers` take dates, as ISO 8601;
    values of `secret_headers` are never shown. `encoding` is for text that is not UTF-8.

    Raises SheetError for a file that can't be read for certain; what is wrong with single cells
    is in the table's `problems`.
    """
    known = KnownHeaders.of(known_headers, date_headers, secret_headers)
    with opened(path, stdin) as source:
        form = recognise(source)
        sha256 = source.sha256()
        if form is Form.TEXT:
            return read_separated(source, known, encoding=encoding, sha256=sha256)
        return _read_book(source, form, known, asked=sheet, sha256=sha256)


def worksheets(path: Path) -> tuple[Part, ...]:
    """Return the worksheets of a workbook, in their order; none for separated text.

    Raises SheetError for a file that is no sheet, or not a safe one.
    """
    with opened(path, None) as source, ExitStack() as stack:
        form = recognise(source)
        if form is Form.TEXT:
            return ()
        package = stack.enter_context(unpacked(source)) if form is Form.ZIP else None
        if package is not None and package.sheets:
            return package.sheets
        from bulkops.sheets.input.calamine_reader import foreign_sheets  # noqa: PLC0415 - heavy

        return foreign_sheets(source)


def _read_book(
    source: InputSource, form: Form, known: KnownHeaders, *, asked: str | int | None, sha256: str
) -> SheetTable:
    with ExitStack() as stack:
        package = stack.enter_context(unpacked(source)) if form is Form.ZIP else None
        if package is not None and package.kind == "xlsx":
            from bulkops.sheets.input.xlsx_reader import read_workbook  # noqa: PLC0415 - heavy

            return read_workbook(source, package, known, asked=asked, sha256=sha256)
        from bulkops.sheets.input.calamine_reader import read_foreign  # noqa: PLC0415 - heavy

        return read_foreign(source, package, known, asked=asked, sha256=sha256)
