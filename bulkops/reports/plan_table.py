"""A plan to be read: the sheet's own columns, and what would be done with each row."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from bulkops.planning.plan import Action, PlannedRow
from bulkops.reports.result_columns import OwnColumns, Value, shown
from bulkops.reports.table_files import AddRow, csv_table, sheet_table
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


def write_plan(path: Path, headers: Sequence[str], rows: Iterable[PlannedRow]) -> Path:
    """Write a plan as .csv, or as .xlsx coloured by action, whole or not at all.

    Returns the name that it got: another one where the earlier plan is open in another program.
    Raises SheetError.
    """
    own = OwnColumns(headers)
    landed: list[Path] = []
    with _table(path, own.headers, landed) as add:
        for row in rows:
            changes = "; ".join(map(str, row.changes))
            problem = str(row.problem) if row.problem else ""
            ours: list[Value] = [row.number, row.key, row.action.value, changes, problem]
            add([*own.cells(row.cells), *shown(ours)], COLOURS[row.action])
    return landed[0]


@contextmanager
def _table(path: Path, own: Sequence[str], landed: list[Path]) -> Iterator[AddRow]:
    if path.suffix.casefold() == ".csv":
        with csv_table(path, (*own, *PLAN_COLUMNS), landed) as add:
            yield add
    else:
        with WorkbookWriter(path, landed=landed) as book:
            yield sheet_table(book, "Plan", own, PLAN_COLUMNS)
