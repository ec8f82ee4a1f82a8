"""Secret cells, read from the sheet at the moment they are sent."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

from bulkops.planning.order import Order


class CellSecrets:
    """The secret cells of a sheet; held in memory, written nowhere.

    `keys` maps row numbers as the run began to the rows' keys, for a sheet that has changed
    since: its rows are then found by key.
    """

    def __init__(self, order: Order | None, keys: Mapping[int, str] | None = None) -> None:
        self._order = order
        self._keys = keys

    def __repr__(self) -> str:
        return f"<CellSecrets of {self._order.table.file if self._order else 'no sheet'}>"

    def __call__(self, row: int, column: str, /) -> str:
        """Return the secret cell of a row; KeyError where the sheet has none."""
        return self._cells[self._keys[row] if self._keys else row, column]

    @cached_property
    def _cells(self) -> dict[tuple[int | str, str], str]:
        if self._order is None:
            return {}
        columns = [column.name for column in self._order.job.columns if column.secret]
        return {
            (row.key if self._keys else row.number, column): str(row.values[column])
            for row in self._order.rows()
            for column in columns
            if row.values.get(column)
        }
