"""results and failed: every row with its outcome, and the rows to fix, in one walk."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from bulkops.ledger.interface import Ledger, RowResult
from bulkops.ledger.states import RowStatus
from bulkops.reports.atomic_report import remove_earlier
from bulkops.reports.causes import FAULTY, Causes
from bulkops.reports.guarded_table import GuardedTable
from bulkops.reports.result_columns import RESULT_COLUMNS, OwnColumns, Value, shown
from bulkops.reports.run_facts import RunFacts
from bulkops.reports.table_files import AddRow, csv_table, workbook_table
from bulkops.reports.workbook_overview import write_overview
from bulkops.sheets.output.table_writer import WorkbookWriter

RUN_COLUMN = "bulkops_run"
FAILED = ("failed.csv", "failed.xlsx")
UNKNOWN_KEPT = 100
"""Unknown rows that the page names one by one."""


@dataclass(slots=True)
class Walk:
    """What one walk over the results leaves behind; `unwritten` says what could not be, and why."""

    files: list[Path] = field(default_factory=list)
    unwritten: list[str] = field(default_factory=list)
    causes: Causes = field(default_factory=Causes)
    unknown: list[RowResult] = field(default_factory=list)

    def take(self, row: RowResult) -> None:
        """Take in one row."""
        self.causes.add(row)
        if row.status is RowStatus.UNKNOWN and len(self.unknown) < UNKNOWN_KEPT:
            self.unknown.append(row)


async def write_results(ledger: Ledger, folder: Path, facts: RunFacts) -> Walk:
    """Write results.csv and .xlsx, and failed.csv and .xlsx where rows are to be fixed.

    One row for each input row, in input order; memory does not grow with them. Where nothing is
    to be fixed, failed files of before are removed. A table that can't be written is noted.
    """
    run, counts = await ledger.run(), await ledger.counts()
    own = OwnColumns(run.headers)
    faulty = any(counts.get(status) for status in FAULTY)
    walk = Walk()
    with ExitStack() as stack:
        to_fix = [_table(stack, folder / "failed", own, walk)] if faulty else []
        every = _table(stack, folder / "results", own, walk, tinted=True)
        async for row in ledger.results():
            values = _values(own, row, run.id)
            for table in (every, *to_fix) if row.status in FAULTY else (every,):
                table.add(values, row.status.value)
            walk.take(row)
        every.book(lambda made: write_overview(made[1], run, facts, counts, walk.causes))
    for name in () if faulty else FAILED:
        remove_earlier(folder / name, walk.unwritten)
    return walk


@dataclass(frozen=True, slots=True)
class _Table:
    """A table in both its forms, each of which may end alone."""

    plain: GuardedTable[AddRow]
    book: GuardedTable[tuple[AddRow, WorkbookWriter]]

    def add(self, values: Sequence[Value], colour: str) -> None:
        self.plain(lambda add: add(values, colour))
        self.book(lambda made: made[0](values, colour))


def _table(
    stack: ExitStack, path: Path, own: OwnColumns, walk: Walk, *, tinted: bool = False
) -> _Table:
    """Begin a table with the person's own columns first and ours beside them."""
    ours = (*RESULT_COLUMNS, RUN_COLUMN)
    plain = csv_table(path.with_suffix(".csv"), (*own.headers, *ours), walk.files)
    headers = own.headers, ours
    book = workbook_table(path.with_suffix(".xlsx"), headers, walk.files, tinted=tinted)
    return _Table(
        stack.enter_context(GuardedTable(plain, walk.unwritten)),
        stack.enter_context(GuardedTable(book, walk.unwritten)),
    )


def _values(own: OwnColumns, row: RowResult, run: str) -> list[Value]:
    """Return the cells of a row: the person's own as they are, ours with nothing hidden."""
    ours = [value(row) for value in RESULT_COLUMNS.values()]
    return [*own.cells(row.cells), *shown(ours), run]
