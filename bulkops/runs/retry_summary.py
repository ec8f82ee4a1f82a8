"""What a retry comes to: which rows are tried again, with which calls, and who is left alone."""

from __future__ import annotations

import re
from collections import Counter

from bulkops.ledger.interface import LaneKey, RowResult
from bulkops.ledger.states import DOUBTFUL, RowStatus
from bulkops.planning.plan import Action, Change, PlannedRow, Totals
from bulkops.reports.formats import rows_named
from bulkops.runs.call_costs import least_time, planned_calls
from bulkops.runs.corrections import Corrections, FailedRun
from bulkops.runs.summary import SHOWN_ROWS, Summary
from bulkops.targets.connect import Connection

_CHANGE = re.compile(
    r"(?P<field>[^:]+): (?P<old>.*?) → (?P<new>.*?)(?:; (?=[^:;]+: .*? → )|$)", re.DOTALL
)
_NOTHING = "∅"


def retry_summary(
    failed: FailedRun, found: Corrections, connection: Connection, notes: tuple[str, ...] = ()
) -> Summary:
    """Sum up a retry for somebody to decide about; `notes` go before its own."""
    anew = {row.number: row for row in found.rows_anew}
    rows = [
        anew.get(row.number) or recorded_row(row)
        for row in failed.rows
        if row.number in found.meant
    ]
    calls = _calls(failed, found)
    return Summary(
        totals=Totals(
            rows=len(rows), actions=Counter(row.action for row in rows), calls=dict(calls)
        ),
        least_seconds=least_time(calls, connection),
        calls=planned_calls(calls, connection),
        rows=tuple(row for row in rows if row.action is not Action.NONE)[:SHOWN_ROWS],
        notes=(*notes, *_notes(failed, found)),
    )


def left_alone(failed: FailedRun, found: Corrections) -> str:
    """Say which rows of the run are not the retry's to go on with; empty: there are none."""
    left = sum(
        row.status is RowStatus.PENDING and row.number not in found.meant for row in failed.rows
    )
    if not left:
        return ""
    return (
        f"{rows_named(left)} not done yet {'is' if left == 1 else 'are'} left as before: "
        f"`bulkops resume {failed.record.id}` goes on with them."
    )


def _notes(failed: FailedRun, found: Corrections) -> tuple[str, ...]:
    doubted = {
        row
        for row in found.meant
        if any(call.state in DOUBTFUL for call in failed.calls.get(row, ()))
    }
    looked_at = f"{rows_named(len(doubted))} may have taken effect: that is looked at first."
    said = (
        f"This tries {rows_named(len(found.meant))} of {failed.record.id} again.",
        looked_at if doubted else "",
        left_alone(failed, found),
    )
    return tuple(filter(None, said))


def _calls(failed: FailedRun, found: Corrections) -> Counter[LaneKey]:
    """Count the calls that the rows need still, at the most."""
    void = frozenset(found.replanning.void)
    old = {call.id: call for row in found.meant for call in failed.calls.get(row, ())}
    calls: Counter[LaneKey] = Counter(call.lane for call in old.values() if call.id not in void)
    new = [call for row in found.replanning.rows for call in row.calls]
    calls.update(
        (call.target, call.service, call.operation) for call in (*new, *found.replanning.shared)
    )
    return calls


def recorded_row(row: RowResult) -> PlannedRow:
    """Return a row as it was planned, as far as the ledger tells."""
    return PlannedRow(
        number=row.number,
        key=row.key,
        target=row.target,
        action=Action(row.action),
        cells=row.cells,
        changes=recorded_changes(row.changes),
    )


def recorded_changes(text: str) -> tuple[Change, ...]:
    """Return changes as they are to be shown, from the text that is kept of them."""
    return tuple(
        Change(field=each["field"], old=_value(each["old"]), new=_value(each["new"]))
        for each in _CHANGE.finditer(text)
    )


def _value(text: str) -> str:
    return "" if text == _NOTHING else text
