"""The columns that bulkops adds to sheets, and which of the sheets' own ones stay."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from operator import itemgetter

from bulkops.ledger.records import RecordedSheet, RowResult, RunRecord
from bulkops.planning.rows.headers import OURS
from bulkops.planning.rows.row_names import RowNames
from bulkops.planning.rows.sheet_numbers import sheet_place
from bulkops.visible_text import all_visible, visible

Value = str | int
"""What a cell of a report holds."""

RESULT_COLUMNS: Mapping[str, str] = {
    "bulkops_row": "number",
    "bulkops_key": "key",
    "bulkops_status": "status",
    "bulkops_action": "action",
    "bulkops_id": "id",
    "bulkops_arn": "arn",
    "bulkops_changes": "changes",
    "bulkops_error_code": "error_code",
    "bulkops_error": "error",
    "bulkops_hint": "hint",
    "bulkops_http_status": "http_status",
    "bulkops_request_id": "request_id",
    "bulkops_attempts": "attempts",
    "bulkops_started_at": "started_at",
    "bulkops_finished_at": "finished_at",
}
"""Column → the member of a row's result, in the order in which they follow the original ones."""

SHEET_COLUMN = "bulkops_sheet"
"""Names the sheet of a row where a table holds the rows of a whole workbook."""

_members = itemgetter(*map(RowResult._fields.index, RESULT_COLUMNS.values()))
_NUMBER, _STATUS, _HTTP_STATUS = map(
    list(RESULT_COLUMNS.values()).index, ("number", "status", "http_status")
)


def result_values(row: RowResult, names: RowNames) -> list[Value]:
    """Return what the result columns hold of a row, which bears the number that its sheet gives."""
    values = list(_members(row))
    values[_NUMBER] = names.row(row.number)
    values[_STATUS] = row.status.value
    values[_HTTP_STATUS] = row.http_status or ""
    return values


def shown(values: list[Value]) -> list[Value]:
    """Return values of ours as a person may read them: a service's words may hide something."""
    if all_visible(map(str, values)):
        return values
    return [visible(value) if isinstance(value, str) else value for value in values]


class OwnColumns:
    """The columns of a sheet that are the person's own.

    Columns of an earlier report that was fed back are left out: their names would stand twice.
    """

    def __init__(self, headers: Sequence[str]) -> None:
        self._places = [
            place
            for place, header in enumerate(headers)
            if not header.strip().casefold().startswith(OURS)
        ]
        self.headers = tuple(headers[place] for place in self._places)
        self._whole = len(self._places) == len(headers)

    def cells(self, cells: Sequence[str]) -> list[str]:
        """Return the person's own cells of a row, in order; empty where the row is short."""
        if self._whole and len(cells) == len(self._places):
            return list(cells)
        return [cells[place] if place < len(cells) else "" for place in self._places]


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
