"""The rows of a report as the sheets of a workbook: one, or one for each sheet that they are of."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, TypeVar

from bulkops.reports.result_columns import SheetColumns, Value
from bulkops.sheets.output.sheet_writer import SheetWriter
from bulkops.sheets.output.table_writer import WorkbookWriter

T = TypeVar("T")
WIDTHS = dict.fromkeys(("bulkops_id", "bulkops_arn", "bulkops_request_id", "bulkops_run"), 16.0)
"""Characters that columns show which are there to be copied, not to be read."""
TINTS = {"failed": "failed row", "invalid": "invalid row", "unknown": "unknown row"}
"""Colour → that of the person's own cells, for the eye to find the row before it scrolls."""
NOWHERE = -1


class TableRow(NamedTuple):
    """A row of a report: the person's own cells as they stand, our values, and their colour.

    The colour is the name of one of `sheets.output.styles.FILLS`. `marked` is the index among the
    person's own columns of the cell that gets it too.
    """

    number: int
    cells: Sequence[str]
    ours: Sequence[Value]
    colour: str
    marked: int = NOWHERE


class RowSheets:
    """Puts rows on the sheets of a workbook: the person's own columns, and ours beside them.

    `lead` are those of ours that stand before the person's own. With `tinted`, the person's own
    cells of a row that needs a look get a shade of its colour.
    """

    def __init__(
        self,
        book: WorkbookWriter,
        columns: SheetColumns,
        ours: Sequence[str],
        *,
        title: str,
        tinted: bool = False,
        lead: Sequence[str] = (),
    ) -> None:
        self.book = book
        self._columns = columns
        self._title = title
        self._tinted = tinted
        self._lead = [ours.index(header) for header in lead]
        self._rest = [place for place in range(len(ours)) if place not in self._lead]
        self._ours = ours
        self._sheets: dict[str, SheetWriter] = {}
        if not columns.names.of_workbook:
            self._begin("", 0)

    def add(self, row: TableRow) -> None:
        """Add a row to its sheet, which begins with the first of them."""
        name = self._columns.names.sheet(row.number)
        sheet = self._sheets.get(name) or self._begin(name, row.number)
        own = self._columns.own(row.number).cells(row.cells)
        tint = TINTS.get(row.colour, "") if self._tinted else ""
        if not self._lead:
            sheet.row([*own, *row.ours], fill=tint, added=row.colour)
            return
        coloured = [*range(len(self._lead))]
        if row.marked != NOWHERE:
            coloured.append(len(self._lead) + row.marked)
        values = [*self._of(row.ours, self._lead), *own, *self._of(row.ours, self._rest)]
        sheet.row(values, fill=tint, added=row.colour, fills=dict.fromkeys(coloured, row.colour))

    def _begin(self, name: str, number: int) -> SheetWriter:
        own, lead = self._columns.own(number).headers, self._of(self._ours, self._lead)
        rest = self._of(self._ours, self._rest)
        headers = [*lead, *own, *rest]
        self._sheets[name] = self.book.sheet(
            name or self._title,
            headers,
            widths=[WIDTHS.get(header, 0.0) for header in headers],
            added=len(rest),
            looks=dict.fromkeys(range(len(lead)), "added"),
        )
        return self._sheets[name]

    @staticmethod
    def _of(values: Sequence[T], places: Sequence[int]) -> list[T]:
        return [values[place] for place in places]
