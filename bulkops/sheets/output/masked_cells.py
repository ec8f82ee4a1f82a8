"""Secrets in a workbook that is copied: *** in their place, whichever sheet they stand in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import product
from typing import TYPE_CHECKING, Any

from bulkops.planning.rows.cells import MASK
from bulkops.problems import letters
from bulkops.sheets.input.known_headers import KnownHeaders
from bulkops.sheets.input.table_builder import HEADER_DEPTH, holds_anything
from bulkops.sheets.input.worksheet import GUIDE, PROBLEMS

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook


def mask_workbook(book: Workbook, known: KnownHeaders) -> list[str]:
    """Put *** in place of every secret; return the columns that held one, such as `Users!B`.

    A column is secret where its header is. What may repeat its cells goes too: notes on them,
    filters, scenarios, pivot tables, charts, and values that a formula elsewhere gave.
    """
    masked = []
    secretive = [page for page in book.worksheets if _secrets_of(page, known)]
    for page in book.worksheets if secretive else ():
        _forget(page)
    for sheet in book.chartsheets if secretive else ():
        book.remove(sheet)
    for page in secretive:
        for column, header_row in sorted(_secrets_of(page, known).items()):
            cells = [cell for cell in _below(page, column, header_row) if cell.value is not None]
            for cell in cells:
                cell.value, cell.comment, cell.hyperlink = MASK, None, None
            if cells:
                masked.append(f"{page.title}!{letters(column)}")
    return masked


def _secrets_of(page: Any, known: KnownHeaders) -> dict[int, int]:  # noqa: ANN401  # openpyxl's
    if page.title in (GUIDE, PROBLEMS):
        return {}  # they speak of headers, and hold no values
    return secret_columns(list(_first_rows(page)), known)


def _forget(page: Any) -> None:  # noqa: ANN401  # likewise
    """Take from a sheet what may repeat the cells of any: what is drawn of them or made of them."""
    from openpyxl.worksheet.formula import ArrayFormula, DataTableFormula  # noqa: PLC0415 - heavy
    from openpyxl.worksheet.scenario import ScenarioList  # noqa: PLC0415 - likewise

    page._pivots, page._charts = [], []  # noqa: SLF001  # there is no other way
    page.scenarios = ScenarioList()
    for area in (page.auto_filter, *(table.autoFilter for table in page.tables.values())):
        if area is not None:
            area.filterColumn = []
    cells = page._cells  # noqa: SLF001  # those that are there, and no others between
    for formula in list(cells.values()):
        if isinstance(formula.value, ArrayFormula | DataTableFormula):
            for cell in _given_by(formula, cells):
                cell.value = None


def _given_by(formula: Any, cells: Mapping[tuple[int, int], Any]) -> list[Any]:  # noqa: ANN401
    """Return the cells, by row and column, whose values a formula gives beside its own."""
    from openpyxl.cell import Cell  # noqa: PLC0415 - heavy
    from openpyxl.utils import range_boundaries  # noqa: PLC0415 - likewise

    bounds: Any = range_boundaries(formula.value.ref)
    left, top, right, bottom = bounds
    places: Iterable[tuple[int, int]] = product(range(top, bottom + 1), range(left, right + 1))
    if (bottom - top + 1) * (right - left + 1) > len(cells):
        places = ((r, c) for r, c in cells if top <= r <= bottom and left <= c <= right)
    found = (cells.get(place) for place in places)
    return [each for each in found if each is not formula and isinstance(each, Cell)]


def mask_row(cells: Sequence[str], secret: Sequence[int]) -> list[str]:
    """Return a row of texts with *** in place of what stands in secret columns."""
    return [MASK if index in secret and cell.strip() else cell for index, cell in enumerate(cells)]


def _below(page: Any, column: int, header_row: int) -> Iterator[Any]:  # noqa: ANN401  # openpyxl's
    from openpyxl.cell import MergedCell  # noqa: PLC0415 - heavy

    for (cell,) in page.iter_rows(min_row=header_row + 1, min_col=column, max_col=column):
        if not isinstance(cell, MergedCell):
            yield cell


def secret_columns(
    rows: Sequence[tuple[int, Sequence[str]]], known: KnownHeaders
) -> dict[int, int]:
    """Return column → row of its header, of the columns whose header is secret.

    The job's own secret headers count wherever a header may stand. Words such as "password" count
    in the rows that look most like headers, for they may also be part of somebody's note. `rows`
    are the numbers and texts of the first rows that hold anything.
    """
    likely = [max(rows, key=lambda row: known.score(row[1]), default=(0, ()))]
    likely.append(max(rows, key=lambda row: sum(map(bool, row[1])), default=(0, ())))
    found: dict[int, int] = {}
    for row in rows:
        hides = known.hides if row in likely else known.secrets
        for column, text in enumerate(row[1], 1):
            if text and hides(text):
                found.setdefault(column, row[0])
    return found


def _first_rows(page: Any) -> Iterator[tuple[int, list[str]]]:  # noqa: ANN401  # likewise
    """Yield the number and texts of the rows among which a header may be."""
    left = HEADER_DEPTH
    for number, values in enumerate(page.iter_rows(values_only=True), 1):
        texts = [value.strip() if isinstance(value, str) else "" for value in values]
        if holds_anything(texts):
            yield number, texts
            left -= 1
            if not left:
                return
