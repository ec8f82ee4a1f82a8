"""The columns that bulkops adds to a sheet, and which of the sheet's own ones stay."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from bulkops.ledger.interface import RowResult
from bulkops.planning.rows.headers import OURS
from bulkops.visible_text import all_visible, visible

Value = str | int
"""What a cell of a report holds."""

RESULT_COLUMNS: Mapping[str, Callable[[RowResult], Value]] = {
    "bulkops_row": lambda row: row.number,
    "bulkops_key": lambda row: row.key,
    "bulkops_status": lambda row: row.status.value,
    "bulkops_action": lambda row: row.action,
    "bulkops_id": lambda row: row.id,
    "bulkops_arn": lambda row: row.arn,
    "bulkops_changes": lambda row: row.changes,
    "bulkops_error_code": lambda row: row.error_code,
    "bulkops_error": lambda row: row.error,
    "bulkops_hint": lambda row: row.hint,
    "bulkops_http_status": lambda row: row.http_status or "",
    "bulkops_request_id": lambda row: row.request_id,
    "bulkops_attempts": lambda row: row.attempts,
    "bulkops_started_at": lambda row: row.started_at,
    "bulkops_finished_at": lambda row: row.finished_at,
}
"""Column → its value, in the order in which they follow the original ones."""


def shown(values: list[Value]) -> list[Value]:
    """Return values of ours as a person may read them: a service's words may hide something."""
    if all_visible(value for value in values if isinstance(value, str)):
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
