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
from bulkops.reports.result_columns import RESULT_COLUMNS, OwnColumns, Value
from bulkops.reports.run_facts import RunFacts
from bulkops.reports.table_files import AddRow, csv_table, sheet_table
from bulkops.reports.workbook_overview import write_overview
from bulkops.sheets.output.table_writer import WorkbookWriter

RUN_COLUMN = "bulkops_run"
FAILED = ("failed.csv", "failed.xlsx")
UNKNOWN_KEPT = 100
"""Unknown rows that the page names one by one."""


@dataclass(slots=True)
class Walk:
    """What one walk over the results leaves behind."""

    files: list[Path] = field(default_factory=list)
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
    to be fixed, failed files of before are removed.
    """
    run, counts = await ledger.run(), await ledger.counts()
    own = OwnColumns(run.headers)
    faulty = any(counts.get(status) for status in FAULTY)
    walk = Walk()
    with ExitStack() as stack:
        opened = _Tables(stack, folder, own.headers, walk.files)
        to_fix = opened.both("failed")[0] if faulty else []
        every, book = opened.both("results", tinted=True)
        async for row in ledger.results():
            values = _values(own, row, run.id)
            for add in (*every, *to_fix) if row.status in FAULTY else every:
                add(values, row.status.value)
            walk.take(row)
        write_overview(book, run, facts, counts, walk.causes)
    for name in () if faulty else FAILED:
        remove_earlier(folder / name)
    return walk


@dataclass(frozen=True, slots=True)
class _Tables:
    """What opens tables with the person's own columns first and ours beside them."""

    stack: ExitStack
    folder: Path
    own: Sequence[str]
    landed: list[Path]

    def both(self, name: str, *, tinted: bool = False) -> tuple[list[AddRow], WorkbookWriter]:
        """Begin a table as CSV and as a workbook; return what adds a row to each."""
        ours = (*RESULT_COLUMNS, RUN_COLUMN)
        plain = csv_table(self.folder / f"{name}.csv", (*self.own, *ours), self.landed)
        book = WorkbookWriter(self.folder / f"{name}.xlsx", landed=self.landed)
        adders = [self.stack.enter_context(plain)]
        self.stack.enter_context(book)
        adders.append(sheet_table(book, name.title(), self.own, ours, tinted=tinted))
        return adders, book


def _values(own: OwnColumns, row: RowResult, run: str) -> list[Value]:
    ours = [value(row) for value in RESULT_COLUMNS.values()]
    return [*own.cells(row.cells), *ours, run]
