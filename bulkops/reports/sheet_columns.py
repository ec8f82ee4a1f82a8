"""The person's own columns in a report, and those by which a row of a workbook is found there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from bulkops.ledger.records import RecordedSheet, RunRecord
from bulkops.planning.rows.row_names import RowNames
from bulkops.planning.rows.sheet_numbers import sheet_place
from bulkops.reports.result_columns import OwnColumns

SHEET_COLUMN = "bulkops_sheet"
"""Names the sheet of a row where a table holds the rows of a whole workbook."""


class SheetColumns:
    """The columns of a single sheet, or of each sheet of a workbook.

    The sheets of a workbook have different ones, so that a table of all its rows has none of them.
    """

    def __init__(self, names: RowNames, headers: Mapping[int, Sequence[str]]) -> None:
        self.names = names
        self._own = {place: OwnColumns(each) for place, each in headers.items()}
        self.first = (SHEET_COLUMN,) if names.of_workbook else self._own[0].headers
        """The headers with which a table of all rows begins."""

    @classmethod
    def alone(cls, headers: Sequence[str]) -> SheetColumns:
        """Return those of a single sheet."""
        return cls(RowNames(), {0: headers})

    @classmethod
    def of_sheets(cls, sheets: Iterable[RecordedSheet]) -> SheetColumns:
        """Return those of the sheets of a workbook."""
        each = list(sheets)
        names = RowNames.of((sheet.place, sheet.name) for sheet in each)
        return cls(names, {sheet.place: sheet.headers for sheet in each})

    @classmethod
    def of_run(cls, run: RunRecord) -> SheetColumns:
        """Return those of what a run began with."""
        return cls.of_sheets(run.sheets) if run.sheets else cls.alone(run.headers)

    def own(self, number: int) -> OwnColumns:
        """Return the columns of the sheet that a row is of."""
        return self._own[sheet_place(number) if self.names.of_workbook else 0]

    def cells(self, number: int, cells: Sequence[str]) -> list[str]:
        """Return a row's cells in the columns with which a table of all rows begins."""
        if self.names.of_workbook:
            return [self.names.sheet(number)]
        return self.own(number).cells(cells)
