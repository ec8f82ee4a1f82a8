"""One result a row, derived from the plan's own word or from the row's calls."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from bulkops.ledger.database import Database
from bulkops.ledger.interface import RowResult
from bulkops.ledger.states import DOUBTFUL, CallState, RowStatus, status_of

_TELLING = {
    RowStatus.FAILED: frozenset({CallState.FAILED}),
    RowStatus.UNKNOWN: DOUBTFUL,
}
"""The states of the call that tells why a row ended as it did; the first such one is shown."""


def row_results(database: Database, rows: Sequence[sqlite3.Row]) -> list[RowResult]:
    """Return the results of rows that stand next to one another in the sheet."""
    if not rows:
        return []
    between = {"first": rows[0]["number"], "last": rows[-1]["number"]}
    calls: dict[int, list[sqlite3.Row]] = defaultdict(list)
    for call in database.rows("result_calls", between):
        calls[call["row"]].append(call)
    return [_result(row, calls[row["number"]]) for row in rows]


def _result(row: sqlite3.Row, calls: Sequence[sqlite3.Row]) -> RowResult:
    states = frozenset(CallState(call["state"]) for call in calls)
    told = bool(calls) and not row["undone"]
    status = status_of(states) if told else RowStatus(row["status"])
    thing_id, thing_arn = _thing(calls)
    return RowResult(
        number=row["number"],
        key=row["key"],
        target=row["target"],
        status=status,
        action=row["action"],
        cells=tuple(json.loads(row["cells"])),
        id=thing_id or row["thing_id"],
        arn=thing_arn or row["thing_arn"],
        changes=row["changes"],
        attempts=sum(call["attempts"] for call in calls),
        started_at=min(_times(calls, "sent_at"), default=""),
        finished_at=""  # while a call of it may still change
        if status is RowStatus.PENDING or states & (DOUBTFUL - {CallState.UNKNOWN})
        else max(_times(calls, "ended_at"), default=""),
        **_said(row, status, calls),
    )


def _said(row: sqlite3.Row, status: RowStatus, calls: Sequence[sqlite3.Row]) -> dict[str, Any]:
    if status is RowStatus.UNDONE:
        return {"hint": f"Taken back by {row['undone']}."}
    return _answer(status, calls) if calls else _plan_problem(row)


def _plan_problem(row: sqlite3.Row) -> dict[str, Any]:
    return {"error_code": row["problem_code"], "error": row["problem"], "hint": row["hint"]}


def _answer(status: RowStatus, calls: Sequence[sqlite3.Row]) -> dict[str, Any]:
    """Return what the service last said of a row: of the call that failed it, else of the last."""
    if status is RowStatus.PENDING:
        return {}
    if status is RowStatus.SUCCEEDED:
        telling = calls[-1]
    else:
        telling = next(call for call in calls if CallState(call["state"]) in _TELLING[status])
    members = ("error_code", "error", "hint", "http_status", "request_id")
    return {member: telling[member] for member in members}


def _thing(calls: Iterable[sqlite3.Row]) -> tuple[str, str]:
    """Return the id and ARN that calls saved, the first of each: `Step.save` names them so."""
    found = {"_id": "", "_arn": ""}
    for call in calls:
        for name, value in json.loads(call["saved"] or "{}").items():
            for ending, earlier in found.items():
                if name.endswith(ending) and not earlier:
                    found[ending] = str(value)
    return found["_id"], found["_arn"]


def _times(calls: Iterable[sqlite3.Row], column: str) -> list[str]:
    return [call[column] for call in calls if call[column] is not None]
