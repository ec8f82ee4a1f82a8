"""The workbook's sheet for the whole of a run: what was run, how it ended, what went wrong."""

from __future__ import annotations

from collections.abc import Iterator

from bulkops.ledger.records import RunRecord
from bulkops.ledger.states import RowStatus
from bulkops.planning.rows.row_names import RowNames
from bulkops.reports import formats
from bulkops.reports.causes import Causes, outcome_line, row_list, summary_line
from bulkops.reports.row_counts import RowCounts
from bulkops.reports.run_facts import RunFacts
from bulkops.sheets.output.sheet_writer import SheetWriter
from bulkops.sheets.output.table_writer import WorkbookWriter

WIDTHS = (24, 14, 34, 70, 60, 64)


def write_overview(
    book: WorkbookWriter,
    run: RunRecord,
    facts: RunFacts,
    counts: RowCounts,
    causes: Causes,
) -> None:
    """Add the sheet `Summary` after the rows: a person opens the workbook to see those."""
    sheet = book.sheet("Summary", widths=WIDTHS)
    sheet.row([summary_line(counts.all)])
    sheet.row([])
    sheet.row(["What was run", ""], fill="header")
    for name, said in _what_was_run(run, facts):
        sheet.row([name, said])
    sheet.row([])
    sheet.row(["Status", "Rows"], fill="header")
    for status in RowStatus:
        sheet.row([status.value, counts.all.get(status, 0)], fills={0: status.value})
    sheet.row(["total", sum(counts.all.values())])
    _write_sheets(sheet, counts)
    _write_causes(sheet, causes, run.names)


def _what_was_run(run: RunRecord, facts: RunFacts) -> Iterator[tuple[str, str]]:
    yield "Run", run.id
    yield "Job", run.job
    yield "Workbook" if run.sheets else "Sheet", run.sheet
    for target in facts.targets:
        alias = f"{target.alias} " if target.alias else ""
        yield "Instance", f"{alias}{target.instance_id}, {target.account}, {target.region}"
    for caller in facts.callers:
        yield "Run by", caller
    yield "Begun", formats.moment(run.created_at)
    yield "Last attempt", facts.span()
    least = formats.duration(facts.least_seconds)
    yield "Took", f"{formats.duration(facts.seconds)}; the quotas allow no less than {least}"
    if facts.reason:
        yield "Stopped", facts.reason
    if facts.next_command:
        yield "Next", facts.next_command


def _write_sheets(sheet: SheetWriter, counts: RowCounts) -> None:
    if not counts.by_sheet:
        return
    sheet.row([])
    sheet.row(["Sheet", "Rows", "What became of them"], fill="header")
    for name, here in counts.by_sheet.items():
        waiting = counts.waiting.get(name, 0)
        waits = f"; {waiting:,} waiting for a failed row" if waiting else ""
        sheet.row([name, sum(here.values()), f"{outcome_line(here)}{waits}"])


def _write_causes(sheet: SheetWriter, causes: Causes, names: RowNames) -> None:
    if not len(causes):
        return
    sheet.row([])
    heads = ("What went wrong", "Rows", "Code", "Message", "What helps", "Row numbers")
    sheet.row(heads, fill="header")
    for cause in causes.largest():
        rows = row_list(cause.rows, cause.count, names)
        told = (cause.status.value, cause.count, cause.code, cause.message, cause.hint, rows)
        sheet.row(told, fills={0: cause.status.value})
