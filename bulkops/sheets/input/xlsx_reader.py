"""Reading .xlsx and .xlsm cell by cell with openpyxl: types, number formats, errors, formulas."""

from __future__ import annotations

import itertools
import re
import warnings
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, Any

import openpyxl
from openpyxl.utils.cell import column_index_from_string

from bulkops.problems import letters
from bulkops.sheets.input.cell_values import plain_text, text_of
from bulkops.sheets.input.known_headers import KnownHeaders
from bulkops.sheets.input.sheet_table import SheetTable
from bulkops.sheets.input.sheet_xml import Markup, scan, within
from bulkops.sheets.input.source import InputSource
from bulkops.sheets.input.table_builder import Head, RawRow, TableBuilder, find_head
from bulkops.sheets.input.worksheet import ChosenWorksheet, choose
from bulkops.sheets.input.zip_package import Package, Part, damaged
from bulkops.sheets.name_lists import spans

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook

_BEYOND = 16
"""How many columns right of the last header are looked at for stray values."""
_RANGE = re.compile(
    r"\$?([A-Z]{1,2}|[A-W][A-Z]{2}|X[A-F][A-D])\$?(\d{1,7}):\$?[A-Z]{1,3}\$?(\d{1,7})"
)
_NO_DOUBTS: Mapping[int, str] = {}


def read_workbook(
    source: InputSource,
    package: Package,
    known: KnownHeaders,
    *,
    asked: str | int | None,
    sha256: str,
) -> SheetTable:
    """Read one sheet of a workbook whole. Raises SheetError."""
    with opened_book(source, values=True) as book:
        reader = _Reader(source, package, known, book)
        chosen = choose(package.sheets, asked, reader.head, source.name)
        markup = reader.markup(chosen.part)
        builder = TableBuilder(
            file=source.name, head=chosen.head, known=known, sheet=chosen.part.name
        )
        builder.take(reader.body(chosen, markup))
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

    def __init__(
        self, source: InputSource, package: Package, known: KnownHeaders, book: Workbook
    ) -> None:
        self._source = source
        self._package = package
        self._known = known
        self._book = book
        self._markups: dict[str, Markup] = {}

    def markup(self, part: Part) -> Markup:
        """Return what a sheet's XML says beside its values."""
        if part.path not in self._markups:
            self._markups[part.path] = scan(self._package.archive, part.path, self._source.name)
        return self._markups[part.path]

    def head(self, part: Part) -> Head | None:
        """Return a sheet's header row; None for an empty sheet."""
        rows = _cells(self._book, part, 1, self.markup(part).last_row)
        return find_head(self._rows(rows), self._known)

    def body(self, chosen: ChosenWorksheet, markup: Markup) -> Iterator[RawRow]:
        """Yield the rows below the header."""
        first, width = chosen.head.number + 1, len(chosen.head.texts) + _BEYOND
        rows = _cells(self._book, chosen.part, first, markup.last_row, width)
        if not markup.formulas:
            yield from self._rows(rows, first)
            return
        with opened_book(self._source, values=False) as book:
            written = _cells(book, chosen.part, first, markup.last_row, width)
            yield from self._rows(rows, first, written)

    def _rows(
        self,
        rows: Iterable[tuple[Any, ...]],
        first: int = 1,
        written: Iterable[tuple[Any, ...]] = (),
    ) -> Iterator[RawRow]:
        """Translate cells to text; `written` are the same rows with formulas for values."""
        number, gap = first - 1, None
        texts: Sequence[str] = ()
        doubts = _NO_DOUBTS
        try:
            for number, (row, formulas) in enumerate(_paired(rows, written), first):
                if row is not gap:  # every row missing from the file is one and the same object
                    texts, doubts = _translated(row)
                    gap = row
                for index, cell in enumerate(formulas):
                    if cell.data_type == "f" and self._uncalculated(row[index]):
                        doubts = {**doubts, index: "formula-without-value"}
                yield RawRow(number, texts, doubts)
        except Exception as error:  # openpyxl lets out whatever a damaged cell makes it raise
            raise damaged(self._source.name, f"a cell can't be read below row {number}") from error

    def _uncalculated(self, cell: Any) -> bool:  # noqa: ANN401 - openpyxl types cells loosely
        """Tell whether a formula's value is missing, or is the 0 that stands in for it.

        A value of type `str` that is empty was calculated: `=""`.
        """
        if cell.value is None:
            return bool(cell.data_type != "str")
        return self._package.recalculates and bool(cell.value == 0)


def _paired(
    rows: Iterable[tuple[Any, ...]], written: Iterable[tuple[Any, ...]]
) -> Iterator[tuple[tuple[Any, ...], tuple[Any, ...]]]:
    return itertools.zip_longest(rows, written, fillvalue=())


@contextmanager
def opened_book(source: InputSource, *, values: bool) -> Iterator[Workbook]:
    """Open a workbook row by row: with the values last calculated, or the formulas.

    Raises SheetError where openpyxl can't.
    """
    source.stream.seek(0)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of extensions that only editing would lose
        try:
            book = openpyxl.load_workbook(source.stream, read_only=True, data_only=values)
        except Exception as error:  # openpyxl raises whatever a damaged part makes it raise
            raise damaged(source.name, "the workbook can't be opened") from error
        try:
            yield book
        finally:
            book.close()


def _cells(
    book: Workbook, part: Part, first: int, last: int, width: int | None = None
) -> Iterator[tuple[Any, ...]]:
    if first <= last:
        sheet: Any = book[part.name]
        sheet.reset_dimensions()  # what the file says of its own size may be wrong
        rows = sheet.iter_rows(min_row=first, max_row=last, max_col=width)
        yield from itertools.islice(rows, last - first + 1)  # what follows may not be sound


def _translated(row: Iterable[Any]) -> tuple[list[str], Mapping[int, str]]:
    texts, doubts = [], {}
    for index, cell in enumerate(row):
        value = cell.value
        if value is None:
            texts.append("")
            continue
        if isinstance(value, str):
            text, doubt = plain_text(value)
        else:
            text, doubt = text_of(value, partial(_format, cell))
        texts.append(text)
        if cell.data_type == "e":
            doubt = "error-cell"
        if doubt:
            doubts[index] = doubt
    return texts, doubts or _NO_DOUBTS


def _format(cell: Any) -> str:  # noqa: ANN401 - a cell of openpyxl, which types it loosely
    return cell.number_format or ""


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
        builder.warn(
            "hidden-rows",
            f"{len(rows)} hidden rows are used like the others: {spans(rows)}",
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
        column, row, last = column_index_from_string(found[1]), int(found[2]), int(found[3])
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
