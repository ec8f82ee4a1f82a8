"""Reading .xls, .xlsb, .ods and Strict Open XML with calamine, and saying what it doesn't see."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from python_calamine import (
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from bulkops.errors import SheetError
from bulkops.sheets.input.calamine_trial import try_out
from bulkops.sheets.input.cell_values import text_of
from bulkops.sheets.input.file_type import password
from bulkops.sheets.input.known_headers import KnownHeaders
from bulkops.sheets.input.sheet_extents import refuse_sprawling
from bulkops.sheets.input.sheet_table import SheetTable
from bulkops.sheets.input.source import InputSource
from bulkops.sheets.input.table_builder import Head, RawRow, TableBuilder, find_head
from bulkops.sheets.input.worksheet import ChosenWorksheet, choose
from bulkops.sheets.input.zip_package import Package, Part, damaged

_NAMES: Mapping[str, str] = {"strict": "a Strict Open XML workbook (.xlsx)"}


def read_foreign(
    source: InputSource,
    package: Package | None,
    known: KnownHeaders,
    *,
    asked: str | int | None,
    sha256: str,
) -> SheetTable:
    """Read one sheet of a workbook whole; without a package it is an .xls. Raises SheetError."""
    if package is not None:
        refuse_sprawling(package, source.name)
    try_out(source.stream, source.name)
    kind = package.kind if package else "xls"
    with _opened(source) as book:
        parts = _parts(book)
        sheets: dict[str, CalamineSheet] = {}

        def head_of(part: Part) -> Head | None:
            sheets[part.name] = book.get_sheet_by_name(part.name)
            return find_head(_rows(sheets[part.name]), known)

        chosen = choose(parts, asked, head_of, source.name)
        builder = TableBuilder(
            file=source.name, head=chosen.head, known=known, sheet=chosen.part.name
        )
        builder.take(_below(sheets[chosen.part.name], chosen.head))
    _tell_unseen(builder, kind)
    return _table(builder, chosen, kind, sha256)


def foreign_sheets(source: InputSource) -> tuple[Part, ...]:
    """Return the worksheets of a workbook, in their order. Raises SheetError."""
    with _opened(source) as book:
        return _parts(book)


def _parts(book: CalamineWorkbook) -> tuple[Part, ...]:
    return tuple(
        Part(name=each.name, state=_state(each.visible))
        for each in book.sheets_metadata
        if each.typ == SheetTypeEnum.WorkSheet
    )


def _table(builder: TableBuilder, chosen: ChosenWorksheet, kind: str, sha256: str) -> SheetTable:
    notes = list(chosen.notes)
    if chosen.head.number > 1:
        notes.append(f"the headers are in row {chosen.head.number}; what stands above is not used")
    return SheetTable(
        file=builder.file,
        sha256=sha256,
        headers=chosen.head.texts,
        problems=builder.finish(),
        kind="xlsx" if kind == "strict" else kind,
        sheet=chosen.part.name,
        top=chosen.head.number,
        notes=tuple(notes),
        rows=builder.rows,
    )


def _tell_unseen(builder: TableBuilder, kind: str) -> None:
    builder.warn(
        "partly-seen",
        f"in {_NAMES.get(kind, f'an .{kind} file')} error cells read as empty, and leading zeros"
        " that only a number format shows, hidden rows and uncalculated formulas are not seen; to"
        " be certain, save it in Excel as .xlsx (Excel Workbook)",
    )


@contextmanager
def _opened(source: InputSource) -> Iterator[CalamineWorkbook]:
    """Open a workbook, and translate whatever calamine throws while it is open."""
    source.stream.seek(0)
    try:
        with CalamineWorkbook.from_filelike(source.stream) as book:
            yield book
    except SheetError:
        raise
    except PasswordError as error:
        raise password(source.name) from error
    except Exception as error:  # calamine's own errors, and what its conversions raise
        raise damaged(source.name, "the workbook can't be read") from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # how Rust's panics arrive
            raise
        raise damaged(source.name, "the workbook can't be read") from error


def _state(visible: SheetVisibleEnum) -> str:
    return "visible" if visible == SheetVisibleEnum.Visible else "hidden"


def _rows(sheet: CalamineSheet) -> Iterator[RawRow]:
    if sheet.start is None:
        return
    left = sheet.start[1]  # `iter_rows` begins at the first row, but at the first filled column
    for number, row in enumerate(sheet.iter_rows(), 1):
        yield _translated(number, [None] * left + row)


def _below(sheet: CalamineSheet, head: Head) -> Iterator[RawRow]:
    return (row for row in _rows(sheet) if row.number > head.number)


def _translated(number: int, row: Sequence[Any]) -> RawRow:
    found = [text_of(value, str) for value in row]
    doubts = {index: doubt for index, (_, doubt) in enumerate(found) if doubt}
    return RawRow(number, [text for text, _ in found], doubts)
