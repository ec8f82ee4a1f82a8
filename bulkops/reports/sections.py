"""The page's parts about rows: failures by cause, rows in doubt, and the files beside it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from bulkops.ledger.port import RowResult
from bulkops.ledger.states import CallState
from bulkops.reports import figures
from bulkops.reports.markup import Html, el
from bulkops.reports.summary import Cause, Causes
from bulkops.reports.timeline import Doubt, Timeline

MOST_CAUSES = 60
MOST_UNKNOWN = 100
MOST_DOUBTS = 60
MESSAGE_LENGTH = 700

FILES = {
    "results.xlsx": "Every row of the sheet, in its order, with what happened to it.",
    "results.csv": "The same, for programs.",
    "failed.xlsx": "The rows to fix. Correct them here and feed the file back.",
    "failed.csv": "The same, for programs.",
    "run.json": "What was run where, by whom and how fast, with the checksums of the reports.",
    "events.ndjson": "What happened, as it happened, one JSON object a line.",
    "ledger.sqlite": "The checkpoint: resume, retry, undo and report read it.",
}
"""What each file of a run's folder is, in the order in which the page names them."""


def failures(causes: Causes, run: str) -> Html:
    """Return the failures by cause, the largest first; nothing where there is none."""
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
            el("code", f"bulkops retry {run} --from failed.xlsx"),
        ),
        table(
            "Rows that failed, are invalid or unknown, by cause",
            ("Rows", "Cause", "Row numbers"),
            (_cause(each) for each in shown),
        ),
        el("p", f"{more:,} rarer causes are in results.xlsx.", class_="soft small") if more else "",
    )


def _cause(cause: Cause) -> tuple[str, str, str]:
    code = el("code", cause.code or cause.status.value, class_=f"tag {cause.status.value}")
    message = el("p", figures.shortened(cause.message, MESSAGE_LENGTH))
    hint = el("p", figures.shortened(cause.hint, MESSAGE_LENGTH), class_="hint")
    said = el("div", code, message if cause.message else "", hint if cause.hint else "")
    return f"{cause.count:,}", said, row_list(cause.rows, cause.count)


def row_list(rows: Sequence[int], count: int) -> str:
    """Return `17, 23, 41` or `17, 23, 41 and 9 more`."""
    named = ", ".join(map(str, rows))
    return f"{named} and {count - len(rows):,} more" if count > len(rows) else named


def unknown_rows(rows: Sequence[RowResult], count: int) -> Html:
    """Return the rows whose outcome could not be found out: a person decides about each."""
    if not rows:
        return Html()
    more = count - len(rows)
    return el(
        "section",
        el("h2", "Unknown rows"),
        el(
            "p",
            "Something was sent for these rows, and what it did could not be found out. "
            "Nothing is sent again by itself: look at each in the instance and decide.",
        ),
        table(
            "Rows whose outcome is not known",
            ("Row", "Key", "What is known", "Request"),
            (_unknown(each) for each in rows),
        ),
        el("p", f"{more:,} more are in results.xlsx.", class_="soft small") if more > 0 else "",
    )


def _unknown(row: RowResult) -> tuple[str, str, str, str]:
    known = ": ".join(part for part in (row.error_code, row.error) if part)
    said = el("div", figures.shortened(known, MESSAGE_LENGTH), _hint(row.hint))
    return str(row.number), row.key, said, el("code", row.request_id) if row.request_id else ""


def _hint(hint: str) -> str:
    return el("p", hint, class_="hint") if hint else ""


def settled(timeline: Timeline) -> Html:
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
            "The answer to these calls was lost. Before anything was sent again, reading the "
            "instance settled what they had done.",
        ),
        table(
            "Calls in doubt, and how the doubt ended",
            ("Rows", "Operation", "Now", "Why"),
            (_doubt(each) for each in doubts),
        ),
        el("p", f"{more:,} more are in the ledger.", class_="soft small") if more > 0 else "",
    )


def _doubt(doubt: Doubt) -> tuple[str, str, str, str]:
    now = "in doubt" if doubt.state is CallState.SENT else doubt.state.value.replace("_", " ")
    return row_list(doubt.rows[:5], len(doubt.rows)), el("code", doubt.operation), now, doubt.why


def files(paths: Iterable[Path]) -> Html:
    """Return the list of a run's files, each with what it is."""
    return el(
        "section",
        el("h2", "Files"),
        table("Beside this page, in the run's folder", ("File", "What it is"), map(_file, paths)),
    )


def _file(path: Path) -> tuple[str, str]:
    name, said = path.name, FILES.get(path.name, "")
    if not said:
        original = next(
            (
                each
                for each in FILES
                if Path(each).stem == name.rpartition("-")[0] and Path(each).suffix == path.suffix
            ),
            "",
        )
        said = f"{FILES.get(original, '')} {original} was open in another program."
    return el("a", name, href=name), said


def table(caption: str, heads: Sequence[str], rows: Iterable[Sequence[str]]) -> Html:
    """Return a table; the columns `Row` and, standing first, `Rows` hold numbers."""
    return el(
        "div",
        el(
            "table",
            el("caption", caption),
            el("thead", el("tr", *(el("th", head, scope="col") for head in heads))),
            el("tbody", *(el("tr", *(el("td", cell) for cell in row)) for row in rows)),
        ),
        class_="scroll",
    )
