"""A plan to be read: the sheet's own columns, and what would be done with each row."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from bulkops.planning.plan import Action, PlannedRow
from bulkops.reports.result_columns import SheetColumns, Value, shown
from bulkops.reports.row_sheets import RowSheets, TableRow
from bulkops.reports.table_files import AddRow, csv_table
from bulkops.sheets.output.table_writer import WorkbookWriter

PLAN_COLUMNS = (
    "bulkops_row",
    "bulkops_key",
    "bulkops_action",
    "bulkops_changes",
    "bulkops_problem",
)
COLOURS: Mapping[Action, str] = {
    Action.CREATE: "succeeded",
    Action.ASSOCIATE: "succeeded",
    Action.UPDATE: "pending",
    Action.DISASSOCIATE: "warning",
    Action.DELETE: "error",
    Action.CONFLICT: "unknown",
    Action.NONE: "unchanged",
    Action.SKIP: "skipped",
}
"""Action → its colour: what is made is green, what is changed blue, what is taken away red."""


def write_plan(path: Path, columns: SheetColumns, rows: Iterable[PlannedRow]) -> Path:
    """Write a plan as .csv, or as .xlsx coloured by action, whole or not at all.

    The plan of a workbook has a sheet for each of its sheets; as .csv it is one table, without
    the columns of the sheets.

    Returns the name that it got: another one where the earlier plan is open in another program.
    Raises SheetError.
    """
    landed: list[Path] = []
    with _table(path, columns, landed) as add:
        for row in rows:
            changes = "; ".join(map(str, row.changes))
            problem = str(row.problem) if row.problem else ""
            ours: list[Value] = [
                columns.names.row(row.number),
                row.key,
                row.action.value,
                changes,
                problem,
            ]
            add(TableRow(row.number, row.cells, shown(ours), COLOURS[row.action]))
    return landed[0]


@contextmanager
def _table(path: Path, columns: SheetColumns, landed: list[Path]) -> Iterator[AddRow]:
    if path.suffix.casefold() == ".csv":
        with csv_table(path, columns, PLAN_COLUMNS, landed) as add:
            yield add
    else:
        with WorkbookWriter(path, landed=landed) as book:
            yield RowSheets(book, columns, PLAN_COLUMNS, title="Plan").add
