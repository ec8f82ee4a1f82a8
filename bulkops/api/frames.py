"""A run's results as a DataFrame: with the columns of results.csv, or of one sheet's results."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from bulkops.errors import RefusedError
from bulkops.ledger.records import RowResult, RunRecord
from bulkops.reports.result_columns import RESULT_COLUMNS, SheetColumns, result_values
from bulkops.reports.results import RUN_COLUMN
from bulkops.sheets.input.dataframe import to_frame

if TYPE_CHECKING:
    import pandas as pd


def results_table(run: RunRecord, rows: Iterable[RowResult], sheet: str | None) -> pd.DataFrame:
    """Return rows as text, but for numbers of rows and attempts.

    `sheet` is the one of a workbook whose rows are meant, with its own columns. Raises
    RefusedError where the run has no such sheet.
    """
    columns = SheetColumns.of_run(run)
    if sheet is not None:
        rows = _of_sheet(run, rows, sheet)
        own = next(each.headers for each in run.sheets if each.name == sheet)
        columns = SheetColumns.alone(own)
    names, ours = run.names, [*RESULT_COLUMNS, RUN_COLUMN]
    frame = to_frame(
        [*columns.first, *ours],
        (
            [*columns.cells(row.number, row.cells), *map(str, result_values(row, names)), run.id]
            for row in rows
        ),
    )
    for name in ("bulkops_row", "bulkops_attempts"):
        frame[name] = frame[name].astype("int64")
    return frame


def _of_sheet(run: RunRecord, rows: Iterable[RowResult], sheet: str) -> Sequence[RowResult]:
    known = [each.name for each in run.sheets]
    if sheet not in known:
        there = ", ".join(known) or "it is of a single sheet"
        raise RefusedError(f'{run.id} has no sheet "{sheet}". Its sheets: {there}.')
    return [row for row in rows if run.names.sheet(row.number) == sheet]
