"""What a retry comes to: which rows are tried again, with which calls, and who is left alone."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from bulkops.ledger.interface import Ledger
from bulkops.ledger.records import LaneKey, RowResult, RunRecord
from bulkops.ledger.states import RowStatus
from bulkops.planning.plan import Action, Change, PlannedRow, Totals
from bulkops.reports.formats import rows_named
from bulkops.runs.call_costs import least_time, planned_calls
from bulkops.runs.corrections import Corrections
from bulkops.runs.shown_rows import SHOWN_ROWS
from bulkops.runs.summary import Summary
from bulkops.targets.connect import Connection

_CHANGE = re.compile(
    r"(?P<field>[^:]+): (?P<old>.*?) → (?P<new>.*?)(?:; (?=[^:;]+: .*? → )|$)", re.DOTALL
)
_NOTHING = "∅"


@dataclass(frozen=True, slots=True, kw_only=True)
class RetriedRows:
    """The rows of a run that are tried again, counted; `shown` are the first of them.

    `left` says which rows are not the retry's to go on with; empty: there are none.
    """

    actions: Counter[Action]
    shown: tuple[PlannedRow, ...]
    left: str

    @classmethod
    async def count(cls, ledger: Ledger, run: str, found: Corrections) -> RetriedRows:
        """Go through a run's rows once."""
        anew = {row.number: row for row in found.rows_anew}
        actions: Counter[Action] = Counter()
        shown: list[PlannedRow] = []
        left = 0
        async for row in ledger.results():
            if row.number not in found.meant:
                left += row.status is RowStatus.PENDING
                continue
            planned = anew.get(row.number)
            action = planned.action if planned else Action(row.action)
            actions[action] += 1
            if action is not Action.NONE and len(shown) < SHOWN_ROWS:
                shown.append(planned or recorded_row(row))
        return cls(actions=actions, shown=tuple(shown), left=_left_alone(run, left))


def retry_summary(
    run: RunRecord,
    rows: RetriedRows,
    found: Corrections,
    connection: Connection,
    notes: tuple[str, ...] = (),
) -> Summary:
    """Sum up a retry for somebody to decide about; `notes` go before its own."""
    calls = _calls(found)
    return Summary(
        totals=Totals(rows=rows.actions.total(), actions=rows.actions, calls=dict(calls)),
        least_seconds=least_time(calls, connection),
        reading=connection.reading.cost,
        calls=planned_calls(calls, connection),
        rows=rows.shown,
        notes=(*notes, *_notes(run.id, rows, found)),
        names=run.names,
    )


def _left_alone(run: str, left: int) -> str:
    if not left:
        return ""
    return (
        f"{rows_named(left)} not done yet {'is' if left == 1 else 'are'} left as before: "
        f"`bulkops resume {run}` goes on with them."
    )


def _notes(run: str, rows: RetriedRows, found: Corrections) -> tuple[str, ...]:
    doubted = len(found.open_calls.doubted)
    looked_at = f"{rows_named(doubted)} may have taken effect: that is looked at first."
    said = (
        f"This tries {rows_named(len(found.meant))} of {run} again.",
        looked_at if doubted else "",
        rows.left,
    )
    return tuple(filter(None, said))


def _calls(found: Corrections) -> Counter[LaneKey]:
    """Count the calls that the rows need still, at the most."""
    calls = Counter(found.open_calls.lanes)
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
