"""The rows of a plan that are shown, and what is done with the others, counted."""

from __future__ import annotations

from collections import Counter

from bulkops.planning.plan import Action, PlannedRow
from bulkops.planning.rows.row_names import RowNames

SHOWN_ROWS = 12
"""Rows of a plan that are kept for showing; the whole of it goes to a file."""
_OF_WORKBOOK = 24
"""Of a workbook: shared out among its sheets, so that each has one at the least."""
_STILL = (Action.NONE, Action.SKIP)


def most_of_sheet(names: RowNames) -> int:
    """Return how many rows of each sheet are shown at the most."""
    return max(_OF_WORKBOOK // len(names.sheets), 1) if names.of_workbook else SHOWN_ROWS


class ShownRows:
    """The first rows that change something or are in conflict, in the order of the plan.

    `sheets` says of each sheet of a workbook what is done with how many of its rows.
    """

    def __init__(self, names: RowNames) -> None:
        self._names = names
        self._most = most_of_sheet(names)
        self._number: Counter[str] = Counter()
        self.rows: list[PlannedRow] = []
        self.sheets: dict[str, Counter[Action]] = {}

    def take(self, row: PlannedRow) -> None:
        """Take in one row of the plan."""
        sheet = self._names.sheet(row.number)
        if row.action not in _STILL and self._number[sheet] < self._most:
            self._number[sheet] += 1
            self.rows.append(row)
        if sheet:
            self.sheets.setdefault(sheet, Counter())[row.action] += 1
