"""A plan to be read: the sheet's own columns, and what would be done with each row."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from bulkops.planning.values import Action, PlannedRow
from bulkops.reports.columns import OwnColumns, Value
from bulkops.reports.tables import AddRow, adder, csv_table, workbook

PLAN_COLUMNS = (
    "bulkops_row",
    "bulkops_key",
    "bulkops_action",
    "bulkops_changes",
    "bulkops_problem",
)
WIDTHS = {"bulkops_changes": 60.0, "bulkops_problem": 60.0}
COLOURS: Mapping[Action, str] = {
    Action.CREATE: "succeeded",
    Action.ASSOCIATE: "succeeded",
    Action.UPDATE: "warning",
    Action.DISASSOCIATE: "warning",
    Action.DELETE: "error",
    Action.CONFLICT: "failed",
    Action.NONE: "unchanged",
    Action.SKIP: "skipped",
}


def write_plan(path: Path, headers: Sequence[str], rows: Iterable[PlannedRow]) -> None:
    """Write a plan as .csv, or as .xlsx coloured by action, whole or not at all."""
    own = OwnColumns(headers)
    with _table(path, [*own.headers, *PLAN_COLUMNS]) as add:
        for row in rows:
            changes = "; ".join(map(str, row.changes))
            problem = str(row.problem) if row.problem else ""
            ours: list[Value] = [row.number, row.key, row.action.value, changes, problem]
            add([*own.cells(row.cells), *ours], COLOURS[row.action])


def _table(path: Path, headers: Sequence[str]) -> AbstractContextManager[AddRow]:
    if path.suffix.lower() == ".csv":
        return csv_table(path, headers, [])
    return _sheet(path, headers)


@contextmanager
def _sheet(path: Path, headers: Sequence[str]) -> Iterator[AddRow]:
    with workbook(path, []) as book:
        widths = [WIDTHS.get(header, max(20.0, len(header) + 4)) for header in headers]
        yield adder(book.sheet("Plan", headers, widths=widths))
