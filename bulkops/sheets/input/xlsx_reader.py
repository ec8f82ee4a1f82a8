"""Reading .xlsx and .xlsm without loss: types, number formats, errors, formulas."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bulkops.problems import letters
from bulkops.sheets.input.cell_places import column_number
from bulkops.sheets.input.known_headers import KnownHeaders
from bulkops.sheets.input.sheet_table import SheetTable
from bulkops.sheets.input.sheet_xml import Markup, scan, within
from bulkops.sheets.input.source import InputSource
from bulkops.sheets.input.table_builder import Head, RawRow, TableBuilder, find_head
from bulkops.sheets.input.workbook_cells import BROKEN_CELL, cell_reader
from bulkops.sheets.input.worksheet import ChosenWorksheet, choose
from bulkops.sheets.input.worksheet_rows import WorksheetRows
from bulkops.sheets.input.zip_package import Package, Part, damaged
from bulkops.sheets.name_lists import spans

_BEYOND = 16
"""How many columns right of the last header are looked at for stray values."""
_RANGE = re.compile(
    r"\$?([A-Z]{1,2}|[A-W][A-Z]{2}|X[A-F][A-D])\$?(\d{1,7}):\$?[A-Z]{1,3}\$?(\d{1,7})"
)


def read_workbook(
    source: InputSource,
    package: Package,
    known: KnownHeaders,
    *,
    asked: str | int | None,
    sha256: str,
) -> SheetTable:
    """Read one sheet of a workbook whole. Raises SheetError."""
    reader = _Reader(package, known, source.name)
    chosen = choose(package.sheets, asked, reader.head, source.name)
    markup = reader.markup(chosen.part)
    builder = TableBuilder(file=source.name, head=chosen.head, known=known, sheet=chosen.part.name)
    builder.take(reader.body(chosen))
    _tell_hidden(builder, markup)
    _tell_merged(builder, markup)
    return SheetTable(
        file=source.name,
        sha256=sha256,
        headers=chosen.head.texts,
        problems=builder.finish(),
        kind="xlsx",
        sheet=chosen.part.name,
        top=chosen.head.number,
        notes=(*chosen.notes, *_notes(chosen.head, markup)),
        rows=builder.rows,
    )


class _Reader:
    """Rows of a workbook's sheets, with what a look at their XML said of them."""

    def __init__(self, package: Package, known: KnownHeaders, name: str) -> None:
        self._package = package
        self._known = known
        self._name = name
        self._markups: dict[str, Markup] = {}
        self._cells = cell_reader(package, name)

    def markup(self, part: Part) -> Markup:
        """Return what a sheet's XML says beside its values."""
        if part.path not in self._markups:
            self._markups[part.path] = scan(self._package.archive, part.path, self._name)
        return self._markups[part.path]

    def head(self, part: Part) -> Head | None:
        """Return a sheet's header row; None for an empty sheet."""
        rows = WorksheetRows(self._cells, self.markup(part).last_row)
        return find_head(self._read(rows, part), self._known)

    def body(self, chosen: ChosenWorksheet) -> Iterator[RawRow]:
        """Yield the rows below the header."""
        width = len(chosen.head.texts)
        rows = WorksheetRows(
            self._cells,
            self.markup(chosen.part).last_row,
            width=width,
            most=width + _BEYOND,
            recalculates=self._package.recalculates,
        )
        return (row for row in self._read(rows, chosen.part) if row.number > chosen.head.number)

    def _read(self, rows: WorksheetRows, part: Part) -> Iterator[RawRow]:
        try:
            with self._package.archive.open(part.path) as stream:
                yield from rows.read(stream)
        except BROKEN_CELL as error:
            raise damaged(self._name, f"a cell can't be read below row {rows.done}") from error


def _notes(head: Head, markup: Markup) -> Iterator[str]:
    if head.number > 1:
        yield f"the headers are in row {head.number}; what stands above is not used"
    if markup.formulas:
        yield f"cells with formulas: {markup.formulas}; the values last calculated are used"
    if markup.hyperlinks:
        yield f"links: {markup.hyperlinks}; the text shown is used, not where they lead"


def _tell_hidden(builder: TableBuilder, markup: Markup) -> None:
    rows = list(within(builder.rows.numbers, markup.hidden_rows))
    if rows:
        used = "1 hidden row is" if len(rows) == 1 else f"{len(rows)} hidden rows are"
        builder.warn(
            "hidden-rows",
            f"{used} used like the others: {spans(rows)}",
            row=rows[0],
        )
    width = len(builder.head.texts)
    for column in within(range(1, width + 1), sorted(markup.hidden_columns)):
        if header := builder.head.texts[column - 1].strip():
            builder.warn(
                "hidden-column",
                f'column {letters(column)} ("{header}") is hidden; its values are used',
                column=column,
            )


def _tell_merged(builder: TableBuilder, markup: Markup) -> None:
    """Name merged ranges below the header: only their first cell has the value."""
    head = builder.head
    for text in markup.merges:
        found = _RANGE.fullmatch(text)
        if found is None:
            continue
        column, row, last = column_number(found[1]), int(found[2]), int(found[3])
        if last < head.number or column > len(head.texts):
            continue
        message = f"{text} is one merged cell: only its first cell has the value; unmerge it"
        if row <= head.number:
            builder.warn("merged-cells", message, row=row, column=column)
        elif _filled(builder, row, column):
            builder.error("merged-cells", message, row=row, column=column)


def _filled(builder: TableBuilder, row: int, column: int) -> bool:
    try:
        return bool(builder.rows.find(row).cells[column - 1].strip())
    except KeyError:
        return False
