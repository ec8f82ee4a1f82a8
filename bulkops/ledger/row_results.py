"""One result a row, derived from the plan's own word or from the row's calls."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

from bulkops.ledger.database import Database
from bulkops.ledger.needs import Blocker, blockers
from bulkops.ledger.records import RowResult
from bulkops.ledger.states import DOUBTFUL, CallState, RowStatus, status_of

_TELLING = {
    RowStatus.FAILED: frozenset({CallState.FAILED}),
    RowStatus.UNKNOWN: DOUBTFUL,
}
"""The states of the call that tells why a row ended as it did; the first such one is shown."""
_BLOCKED = "It goes on once that row has succeeded."
_CHANGING = frozenset({CallState.SENT, CallState.IN_DOUBT, CallState.ACCEPTED})
_WORKED_ON = (
    "The service has accepted this and works on it: `bulkops resume` asks how far it is, and sends"
    " nothing again."
)


class _StoredRow(NamedTuple):
    """What `result_rows` selects, in its order: to look names up in an sqlite3.Row takes long."""

    number: int
    key: str
    target: str
    action: str
    status: str
    cells: str
    changes: str
    thing_id: str
    thing_arn: str
    problem_code: str
    problem: str
    hint: str
    undone: str


class _Said(NamedTuple):
    """What was last said of a row, by the service or by the plan."""

    error_code: str = ""
    error: str = ""
    hint: str = ""
    http_status: int = 0
    request_id: str = ""


class _RowCall(NamedTuple):
    """What `result_calls` selects, in its order, with what the call saved read."""

    row: int
    state: str
    attempts: int
    sent_at: str
    ended_at: str
    error_code: str
    error: str
    hint: str
    http_status: int
    request_id: str
    operation: str
    saved: Mapping[str, Any] | None


def row_results(database: Database, rows: Sequence[sqlite3.Row]) -> list[RowResult]:
    """Return the results of rows in the order of the sheet, with one statement for all of them."""
    if not rows:
        return []
    stored = list(map(_StoredRow._make, rows))
    found = database.rows("result_calls", {"rows": json.dumps([row.number for row in stored])})
    calls: dict[int, list[_RowCall]] = defaultdict(list)
    for call, saved in zip(found, _parsed(call[-1] for call in found), strict=True):
        calls[call[0]].append(_RowCall._make((*call[:-1], saved)))
    cells = _parsed(row.cells for row in stored)
    waits = _waits(database, stored)
    return [
        _result(row, calls[row.number], texts, waits.get(row.number))
        for row, texts in zip(stored, cells, strict=True)
    ]


def _waits(database: Database, rows: Iterable[_StoredRow]) -> Mapping[int, Blocker]:
    """Return what rows wait for that are pending, by row: nothing for most."""
    pending = [row.number for row in rows if row.status == RowStatus.PENDING]
    return blockers(database, pending) if pending else {}


def _parsed(texts: Iterable[str]) -> list[Any]:
    """Return what JSON texts hold, read at once: that takes a third of reading one by one."""
    return json.loads(f"[{','.join(texts)}]")  # type: ignore[no-any-return]


def _result(
    row: _StoredRow, calls: Sequence[_RowCall], cells: Sequence[str], waits: Blocker | None
) -> RowResult:
    states = frozenset([call.state for call in calls])
    status = _status(states, row.status if row.undone or not calls else "")
    said = _said(row, status, calls, waits)
    attempts, started_at, ended_at = _trace(calls)
    thing_id, thing_arn = _thing(calls)
    # a call of it may still change
    open_ = status is RowStatus.PENDING or states & _CHANGING
    # by place: by name takes twice as long, and of a large run that is a part of a second
    return RowResult(
        row.number,
        row.key,
        row.target,
        status,
        row.action,
        tuple(cells),
        thing_id or row.thing_id,
        thing_arn or row.thing_arn,
        row.changes,
        said.error_code,
        said.error,
        said.hint,
        said.http_status,
        said.request_id,
        attempts,
        started_at,
        "" if open_ else ended_at,
    )


def _trace(calls: Sequence[_RowCall]) -> tuple[int, str, str]:
    """Return how many requests a row's calls took, when the first went, and the last ended."""
    if len(calls) == 1:  # as nearly all rows have it
        return calls[0][2:5]
    return (
        sum(call.attempts for call in calls),
        min((call.sent_at for call in calls if call.sent_at), default=""),
        max((call.ended_at for call in calls), default=""),
    )


@cache
def _status(states: frozenset[str], fixed: str) -> RowStatus:
    return RowStatus(fixed) if fixed else status_of(frozenset(map(CallState, states)))


def _said(
    row: _StoredRow, status: RowStatus, calls: Sequence[_RowCall], waits: Blocker | None
) -> _Said | _RowCall:
    if status is RowStatus.UNDONE:
        return _Said(hint=f"Taken back by {row.undone}.")
    if not calls:
        return _Said(row.problem_code, row.problem, row.hint)
    if status is not RowStatus.PENDING:
        return _telling(status, calls)
    if waits:
        return _Said(error_code=waits.code, error=str(waits), hint=_BLOCKED)
    accepted = any(call.state == CallState.ACCEPTED for call in calls)
    return _Said(hint=_WORKED_ON) if accepted else _Said()


def _telling(status: RowStatus, calls: Sequence[_RowCall]) -> _Said | _RowCall:
    """Return what is said of the call that failed a row, or leaves it unknown; else the last one.

    What became of the row's other calls is said along with it.
    """
    if status is RowStatus.SUCCEEDED:
        return calls[-1]
    call = next(call for call in calls if call.state in _TELLING[status])
    others = _others(calls)
    if not others:
        return call
    hint = f"{call.hint} {others}".lstrip()
    return _Said(call.error_code, call.error, hint, call.http_status, call.request_id)


def _others(calls: Sequence[_RowCall]) -> str:
    """Say which calls of a row took effect and which were not sent; empty where it has one."""
    parts = []
    for state, said in ((CallState.SUCCEEDED, "took effect"), (CallState.PLANNED, "not sent")):
        named = [call.operation for call in calls if call.state == state]
        if named:
            parts.append(f"{said}: {', '.join(named)}")
    return f"Of this row's other calls {'; '.join(parts)}." if parts else ""


def _thing(calls: Iterable[_RowCall]) -> tuple[str, str]:
    """Return the id and ARN that calls saved, the first of each: `Step.save` names them so."""
    thing_id = thing_arn = ""
    for call in calls:
        for name, value in (call.saved or {}).items():
            if name.endswith("_id"):
                thing_id = thing_id or str(value)
            elif name.endswith("_arn"):
                thing_arn = thing_arn or str(value)
    return thing_id, thing_arn
