"""results and failed: every row with its outcome, and the rows to fix, in one walk."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from bulkops.ledger.port import Ledger, RowResult, RunRecord
from bulkops.ledger.states import RowStatus
from bulkops.reports.columns import RESULT_COLUMNS, OwnColumns, Value
from bulkops.reports.landing import remove_earlier
from bulkops.reports.summary import FAULTY, Causes, summary_line
from bulkops.reports.tables import AddRow, adder, csv_table, workbook
from bulkops.sheets.writing import WorkbookWriter

RUN_COLUMN = "bulkops_run"
FAILED = ("failed.csv", "failed.xlsx")
UNKNOWN_KEPT = 100
"""Unknown rows that the page names one by one."""
WIDTHS: Mapping[str, float] = {
    "bulkops_row": 8,
    "bulkops_changes": 50,
    "bulkops_error": 60,
    "bulkops_hint": 40,
    "bulkops_id": 38,
}
USUAL_WIDTH = 20.0


@dataclass(slots=True)
class Walk:
    """What one walk over the results leaves behind."""

    files: list[Path] = field(default_factory=list)
    causes: Causes = field(default_factory=Causes)
    unknown: list[RowResult] = field(default_factory=list)
    faulty: int = 0


async def write_results(ledger: Ledger, folder: Path) -> Walk:
    """Write results.csv and .xlsx, and failed.csv and .xlsx where rows are to be fixed.

    One row for each input row, in input order; memory does not grow with them.
    """
    run, counts = await ledger.run(), await ledger.counts()
    own = OwnColumns(run.headers)
    headers = [*own.headers, *RESULT_COLUMNS, RUN_COLUMN]
    walk = Walk()
    any_faulty = any(counts.get(status) for status in FAULTY)
    with ExitStack() as stack:
        all_rows, to_fix = _open(stack, folder, headers, walk.files, failed=any_faulty)
        book = stack.enter_context(workbook(folder / "results.xlsx", walk.files))
        all_rows.append(adder(book.sheet("Results", headers, widths=_widths(headers))))
        async for row in ledger.results():
            values = _values(own, row, run.id)
            for add in all_rows + (to_fix if row.status in FAULTY else []):
                add(values, row.status.value)
            _take(walk, row)
        _write_summary(book, run, counts, walk.causes)
    for name in FAILED if not any_faulty else ():
        remove_earlier(folder / name)
    return walk


def _open(
    stack: ExitStack, folder: Path, headers: Sequence[str], landed: list[Path], *, failed: bool
) -> tuple[list[AddRow], list[AddRow]]:
    results = stack.enter_context(csv_table(folder / "results.csv", headers, landed))
    if not failed:
        return [results], []
    fixes = stack.enter_context(csv_table(folder / "failed.csv", headers, landed))
    book = stack.enter_context(workbook(folder / "failed.xlsx", landed))
    return [results], [fixes, adder(book.sheet("Failed", headers, widths=_widths(headers)))]


def _values(own: OwnColumns, row: RowResult, run: str) -> list[Value]:
    ours = [value(row) for value in RESULT_COLUMNS.values()]
    return [*own.cells(row.cells), *ours, run]


def _take(walk: Walk, row: RowResult) -> None:
    walk.causes.add(row)
    walk.faulty += row.status in FAULTY
    if row.status is RowStatus.UNKNOWN and len(walk.unknown) < UNKNOWN_KEPT:
        walk.unknown.append(row)


def _widths(headers: Sequence[str]) -> list[float]:
    return [WIDTHS.get(header, max(USUAL_WIDTH, len(header) + 4)) for header in headers]


def _write_summary(
    book: WorkbookWriter, run: RunRecord, counts: Mapping[RowStatus, int], causes: Causes
) -> None:
    """Add the totals and the causes: what a person reads before the rows."""
    sheet = book.sheet("Summary", ("What", "How many", "Rows"), widths=(70, 12, 40))
    sheet.row([f"{run.job} on {run.sheet}", None, run.id])
    sheet.row([summary_line(counts), sum(counts.values()), None])
    for status, number in counts.items():
        sheet.row([status.value, number, None], fill=status.value)
    for cause in causes.largest():
        sheet.row(_cause_cells(cause.code, cause.message, cause.count, cause.rows))


def _cause_cells(code: str, message: str, count: int, rows: Sequence[int]) -> Iterator[Value]:
    yield f"{code}: {message}" if message else code
    yield count
    yield ", ".join(map(str, rows)) + (", …" if count > len(rows) else "")
