"""failed and results: the rows to fix, and every row with its outcome, each in its own walk."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from bulkops.ledger.interface import Ledger
from bulkops.ledger.records import RowResult, RunRecord
from bulkops.ledger.states import RowStatus
from bulkops.planning.promotion.mapping_sheet import HEADERS as MAPPING_HEADERS
from bulkops.planning.promotion.mapping_sheet import NAME as MAPPING
from bulkops.reports.atomic_report import remove_earlier
from bulkops.reports.causes import FAULTY, Causes
from bulkops.reports.fault_cells import cell_at_fault
from bulkops.reports.guarded_table import GuardedTable
from bulkops.reports.html.row_sections import WORKBOOK
from bulkops.reports.result_columns import RESULT_COLUMNS, SheetColumns, result_values, shown
from bulkops.reports.row_counts import RowCounts
from bulkops.reports.row_sheets import NOWHERE, RowSheets, TableRow
from bulkops.reports.run_facts import RunFacts
from bulkops.reports.table_files import AddRow, csv_table, workbook_table
from bulkops.reports.workbook_overview import write_overview
from bulkops.sheets.output.table_writer import WorkbookWriter

RUN_COLUMN = "bulkops_run"
LEAD = ("bulkops_row", "bulkops_status", "bulkops_error", "bulkops_hint")
"""Columns before the person's own in the rows to fix of a workbook, whose sheets are wide."""
FAILED = ("failed.csv", "failed.xlsx")
UNKNOWN_KEPT = 100
"""Unknown rows that the page names one by one."""
MOST_AT_A_STOP = 10_000
"""Rows up to which a stopped run has its results as a workbook too: that takes the longest."""


@dataclass(slots=True)
class Walk:
    """What was written, what could not be and why, and what the rows to fix have in common."""

    files: list[Path] = field(default_factory=list)
    unwritten: list[str] = field(default_factory=list)
    causes: Causes = field(default_factory=Causes)
    unknown: list[RowResult] = field(default_factory=list)

    def take(self, row: RowResult) -> None:
        """Take in one row."""
        self.causes.add(row)
        if row.status is RowStatus.UNKNOWN and len(self.unknown) < UNKNOWN_KEPT:
            self.unknown.append(row)


def is_large(counts: Mapping[RowStatus, int]) -> bool:
    """Tell whether a run has so many rows that nobody who stopped it waits for its workbook."""
    return sum(counts.values()) > MOST_AT_A_STOP


async def write_results(
    ledger: Ledger, folder: Path, facts: RunFacts, *, brief: bool = False
) -> Walk:
    """Write failed.csv and .xlsx where rows are to be fixed, then results.csv and .xlsx.

    One row for each input row, in input order; memory does not grow with them. Where nothing is
    to be fixed, failed files of before are removed. A table that can't be written is noted. With
    `brief`, results.xlsx is left out, and an earlier one removed: it says what is no longer so.
    """
    run, counts = await ledger.run(), await RowCounts.read(ledger)
    walk = Walk()
    if any(counts.all.get(status) for status in FAULTY):
        await _write_failed(ledger, folder, walk)
    else:
        for name in FAILED:
            remove_earlier(folder / name, walk.unwritten)
    if brief:
        _leave_out(folder / WORKBOOK, run, walk)

    def overview(book: WorkbookWriter) -> None:
        write_overview(book, run, facts, counts, walk.causes)

    await _write_every(ledger, folder, walk, overview=None if brief else overview)
    return walk


def _leave_out(path: Path, run: RunRecord, walk: Walk) -> None:
    remove_earlier(path, walk.unwritten)
    stays = f"; {path} is of an earlier attempt and could not be removed" if path.exists() else ""
    walk.unwritten.append(
        f"{path.name} is left out where a run of many rows is stopped: bulkops report {run.id}"
        f" makes it{stays}"
    )


async def _write_failed(ledger: Ledger, folder: Path, walk: Walk) -> None:
    run = await ledger.run()
    columns = SheetColumns.of_run(run)
    lead = LEAD if columns.names.of_workbook else ()
    with ExitStack() as stack:
        table = _table(stack, folder / "failed", columns, walk, lead=lead)
        async for row in ledger.results(FAULTY):
            marked = (
                cell_at_fault(columns.own(row.number).cells(row.cells), row) if lead else NOWHERE
            )
            table.add(_row(columns, row, run.id, marked))
            walk.take(row)
        if run.mapping:
            table.end(lambda book: _write_mapping(book, run))


def _write_mapping(book: WorkbookWriter, run: RunRecord) -> None:
    """Add what the rows' flows refer to in the target: without it they mean something else."""
    sheet = book.sheet(MAPPING, MAPPING_HEADERS)
    for row in run.mapping:
        sheet.row(row)


async def _write_every(
    ledger: Ledger,
    folder: Path,
    walk: Walk,
    *,
    overview: Callable[[WorkbookWriter], None] | None,
) -> None:
    """Write results.csv, and with an overview behind its rows the workbook."""
    run = await ledger.run()
    columns = SheetColumns.of_run(run)
    with ExitStack() as stack:
        path = folder / "results"
        table = _table(stack, path, columns, walk, tinted=True, with_book=overview is not None)
        async for row in ledger.results():
            table.add(_row(columns, row, run.id))
        if overview is not None:
            table.end(overview)


@dataclass(frozen=True, slots=True)
class _Table:
    """A table in its forms, each of which may end alone."""

    plain: GuardedTable[AddRow]
    sheets: GuardedTable[RowSheets] | None

    def add(self, row: TableRow) -> None:
        self.plain(lambda add: add(row))
        if self.sheets is not None:
            self.sheets(lambda sheets: sheets.add(row))

    def end(self, work: Callable[[WorkbookWriter], None]) -> None:
        if self.sheets is not None:
            self.sheets(lambda sheets: work(sheets.book))


def _table(
    stack: ExitStack,
    path: Path,
    columns: SheetColumns,
    walk: Walk,
    *,
    tinted: bool = False,
    with_book: bool = True,
    lead: Sequence[str] = (),
) -> _Table:
    """Begin a table with the person's own columns first and ours beside them."""
    ours = (*RESULT_COLUMNS, RUN_COLUMN)
    plain = csv_table(path.with_suffix(".csv"), columns, ours, walk.files)
    table = stack.enter_context(GuardedTable(plain, walk.unwritten))
    if not with_book:
        return _Table(table, None)
    book = workbook_table(
        path.with_suffix(".xlsx"), columns, ours, walk.files, tinted=tinted, lead=lead
    )
    return _Table(table, stack.enter_context(GuardedTable(book, walk.unwritten)))


def _row(columns: SheetColumns, row: RowResult, run: str, marked: int = NOWHERE) -> TableRow:
    """Return a row's own cells as they are, and ours with nothing hidden."""
    values = [*shown(result_values(row, columns.names)), run]
    return TableRow(row.number, row.cells, values, row.status.value, marked)
