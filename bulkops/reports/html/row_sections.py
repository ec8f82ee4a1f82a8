"""The page's parts about rows: failures by cause, rows in doubt, and the files beside it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from bulkops.ledger.records import RowResult, RunRecord
from bulkops.ledger.states import CallState
from bulkops.planning.rows.row_names import RowNames
from bulkops.reports import formats
from bulkops.reports.causes import Cause, Causes, row_list
from bulkops.reports.html.markup import Html, el, prose, scrolling
from bulkops.reports.timeline import Doubt, Timeline
from bulkops.sheets.output.atomic_file import original_name

MOST_CAUSES = 60
MOST_DOUBTS = 60
MESSAGE_LENGTH = 700
KEY_LENGTH = 100

WORKBOOK = "results.xlsx"
FILES = {
    WORKBOOK: "Every row of the sheet, in its order, with what happened to it.",
    "results.csv": "The same, for programs.",
    "failed.xlsx": "The rows to fix. Correct them here and feed the file back.",
    "failed.csv": "The same, for programs.",
    "run.json": "What was run where, by whom and how fast, with the checksums of the reports.",
    "events.ndjson": "What happened, as it happened, one JSON object a line.",
    "ledger.sqlite": "The checkpoint: resume, retry, undo and report read it.",
}
"""What each file of a run's folder is, in the order in which the page names them."""
OF_WORKBOOK = {
    WORKBOOK: "Every row, on sheets as those of the workbook, with what happened to it.",
    "results.csv": "The same in one table, for programs: without the columns of the sheets.",
    "failed.csv": "The same in one table, for programs: without the columns of the sheets.",
}
"""What some of them are where a workbook was run."""


def failures(causes: Causes, run: RunRecord, results: str) -> Html:
    """Return the failures by cause, the largest first; nothing where there is none.

    `results` is the file that holds every row.
    """
    if not len(causes):
        return Html()
    shown = causes.largest(MOST_CAUSES)
    more = len(causes) - len(shown)
    return el(
        "section",
        el("h2", "What went wrong"),
        el(
            "p",
            "Correct the rows in ",
            el("a", "failed.xlsx", href="failed.xlsx"),
            " and feed it back: ",
            el("code", f"bulkops retry {run.id} --from failed.xlsx"),
        ),
        table(
            "Rows that failed, are invalid or unknown, by cause",
            ("Rows", "Cause", "Row numbers"),
            (_cause(each, run.names) for each in shown),
        ),
        el("p", f"{more:,} rarer causes are in {results}.", class_="soft small") if more else "",
    )


def _cause(cause: Cause, names: RowNames) -> tuple[str, str, str]:
    code = el("code", cause.code or cause.status.value, class_=f"tag {cause.status.value}")
    message = el("p", formats.shortened(cause.message, MESSAGE_LENGTH))
    said = el("div", code, message if cause.message else "", _hint(cause.hint))
    return f"{cause.count:,}", said, row_list(cause.rows, cause.count, names)


def unknown_rows(rows: Sequence[RowResult], count: int, results: str, names: RowNames) -> Html:
    """Return the rows whose outcome could not be found out: a person decides about each.

    Of `count` rows, `rows` are the first; `results` is the file that holds them all.
    """
    if not rows:
        return Html()
    more = count - len(rows)
    return el(
        "section",
        el("h2", "Unknown rows"),
        el(
            "p",
            "Something was sent for these rows, and what it did could not be found out. "
            "Nothing is sent again by itself: look at what each did and decide.",
        ),
        table(
            "Rows whose outcome is not known",
            ("Row", "Key", "What is known", "Request"),
            (_unknown(each, names) for each in rows),
        ),
        el("p", f"{more:,} more are in {results}.", class_="soft small") if more > 0 else "",
    )


def _unknown(row: RowResult, names: RowNames) -> tuple[str, str, str, str]:
    known = ": ".join(part for part in (row.error_code, row.error) if part)
    said = el("div", formats.shortened(known, MESSAGE_LENGTH), _hint(row.hint))
    request = el("code", row.request_id) if row.request_id else ""
    return names.listed((row.number,)), formats.shortened(row.key, KEY_LENGTH), said, request


def _hint(hint: str) -> str:
    return el("p", prose(formats.shortened(hint, MESSAGE_LENGTH)), class_="hint") if hint else ""


def settled(timeline: Timeline, names: RowNames) -> Html:
    """Return the calls that were in doubt for a while, and how each doubt ended."""
    doubts = list(timeline.doubts.values())[:MOST_DOUBTS]
    if not doubts:
        return Html()
    more = timeline.doubtful_calls - len(doubts)
    return el(
        "section",
        el("h2", "Calls that were in doubt"),
        el(
            "p",
            "The answer to these calls was lost. What they had done was settled before anything "
            "was sent again.",
        ),
        table(
            "Calls in doubt, and how the doubt ended",
            ("Rows", "Operation", "Now", "Why"),
            (_doubt(each, names) for each in doubts),
        ),
        el("p", f"{more:,} more are in the ledger.", class_="soft small") if more > 0 else "",
    )


def _doubt(doubt: Doubt, names: RowNames) -> tuple[str, str, str, str]:
    now = "in doubt" if doubt.state is CallState.SENT else doubt.state.value.replace("_", " ")
    rows, why = row_list(doubt.rows[:5], len(doubt.rows), names), el("div", doubt.why)
    return rows, el("code", doubt.operation), now, why


def results_file(paths: Iterable[Path]) -> str:
    """Return the name of the file that holds every row: the workbook where there is one."""
    names = {path.name: original_name(path.name) for path in paths}
    return next((name for name, meant in names.items() if meant == WORKBOOK), "results.csv")


def files(paths: Sequence[Path], run: RunRecord) -> Html:
    """Return the list of a run's files, each with what it is, and how to have the one that lacks.

    A run of many rows that was stopped has no workbook of its results yet.
    """
    lacks = results_file(paths) == "results.csv"
    said = {**FILES, **OF_WORKBOOK} if run.sheets else FILES
    making = el("p", f"{WORKBOOK} is not made yet: ", el("code", f"bulkops report {run.id}"))
    return el(
        "section",
        el("h2", "Files"),
        table(
            "Beside this page, in the run's folder",
            ("File", "What it is"),
            (_file(path, said) for path in paths),
        ),
        making if lacks else "",
    )


def _file(path: Path, known: Mapping[str, str]) -> tuple[str, str]:
    original = original_name(path.name)
    said = known[original]
    if original != path.name:
        said = f"{said} {original} was open in another program."
    return el("a", path.name, href=path.name), said


def table(caption: str, heads: Sequence[str], rows: Iterable[Sequence[str]]) -> Html:
    """Return a table of texts under a caption."""
    return scrolling(
        caption,
        el("thead", el("tr", *(el("th", head, scope="col") for head in heads))),
        el("tbody", *(el("tr", *(el("td", cell) for cell in row)) for row in rows)),
    )
