"""Storing a plan: rows, calls and what waits for what, all in one commit and little memory."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from bulkops.errors import LedgerError
from bulkops.ledger.database import Database, to_text
from bulkops.ledger.records import LaneKey, Turn
from bulkops.ledger.states import RowStatus
from bulkops.planning.calls.placeholders import to_json
from bulkops.planning.plan import Action, Need, PlannedCall, PlannedRow
from bulkops.problems import Severity

CHUNK = 1000
"""Rows of a table written at a time."""

_FIXED: Mapping[Action, RowStatus] = {
    Action.NONE: RowStatus.UNCHANGED,
    Action.SKIP: RowStatus.SKIPPED,
    Action.CONFLICT: RowStatus.FAILED,
}


def planned_status(row: PlannedRow) -> RowStatus:
    """Return the status that the plan gives a row; PENDING where its calls decide."""
    # a conflict may come with a problem: it failed, and is not a row that could not be read
    if row.action in _FIXED:
        return _FIXED[row.action]
    if row.problem is not None and row.problem.severity is Severity.ERROR:
        return RowStatus.INVALID
    return RowStatus.PENDING


def numbers_taken(call: PlannedCall) -> int:
    """Return how many numbers a call takes up: its own, and one for each part it may become.

    A batch of n rows that is cut until every row stands alone makes at most 2n - 2 parts. With
    numbers kept for them, a call's number is its place in the plan whatever happens.
    """
    return 2 * len(call.rows) - 1


def store(database: Database, entries: Iterable[PlannedRow | PlannedCall]) -> None:
    """Store a plan; to be called inside a transaction.

    Raises LedgerError where a plan is there already, or where it leaves a row's end open.
    """
    if database.rows("is_loaded")[0]["loaded"]:
        raise LedgerError("the run has its plan already")
    writer = PlanWriter(database)
    for entry in entries:
        if isinstance(entry, PlannedRow):
            writer.add_row(entry)
        else:
            writer.add_call(entry)
    writer.flush()
    require_met(database)
    for row in database.rows("unaccounted_row"):
        raise LedgerError(
            f"the plan is at odds with itself: row {row['number']} has action {row['action']} "
            f"and status {row['status']}, which does not fit the calls it has"
        )


def set_turns(database: Database, turns: Iterable[Turn]) -> None:
    """Keep when calls are to go; to be called inside a transaction."""
    for need, turn in turns:
        database.execute("set_turn", {"row": need.row, "step": need.step, "turn": turn})


def require_met(database: Database) -> None:
    """Raise LedgerError where a call waits for what nothing of the plan does."""
    for call in database.rows("needless_call"):
        raise LedgerError(
            f"the plan is at odds with itself: call {call['call']} waits for step {call['step']}"
            f" of row {call['row']}, which is not to be sent"
        )


class PlanWriter:
    """Gathers what is to be written, and writes it table by table.

    `lanes` are those that the ledger has, `number` is the first that no call bears.
    """

    def __init__(
        self, database: Database, lanes: Mapping[LaneKey, int] | None = None, number: int = 1
    ) -> None:
        self._database = database
        self._lanes = dict(lanes or {})
        self._next = number
        self._rows: list[Mapping[str, object]] = []
        self._calls: list[Mapping[str, object]] = []
        self._call_rows: list[Mapping[str, object]] = []
        self._needs: list[Mapping[str, object]] = []

    def add_row(self, row: PlannedRow) -> None:
        """Take a row and its own calls."""
        self._rows.append(row_values(row))
        self.add_own_calls(row)
        if len(self._rows) >= CHUNK:
            self.flush()

    def add_own_calls(self, row: PlannedRow) -> None:
        """Take a row's own calls, each of which waits for the one before."""
        before: int | None = None
        for call in row.calls:
            if call.rows != (row.number,):
                raise LedgerError(f"row {row.number} has a call for the rows {call.rows}")
            before = self.add_call(call, after=before)

    def add_call(self, call: PlannedCall, *, after: int | None = None) -> int:
        """Take a call and return its number."""
        if not call.rows:
            raise LedgerError(f"a call of {call.operation} is for no row")
        number = self._next
        self._next += numbers_taken(call)
        self._calls.append(
            {
                "id": number,
                "lane": self._lane(call),
                "after": after,
                "open_needs": len(call.needs),
                **call_values(call),
            }
        )
        self._needs.extend(need_values(number, call.needs))
        self._call_rows.extend(call_row_values(number, call))
        if len(self._call_rows) >= CHUNK:
            self.flush()
        return number

    def _lane(self, call: PlannedCall) -> int:
        lane = (call.target, call.service, call.operation)
        if lane not in self._lanes:
            self._lanes[lane] = len(self._lanes) + 1
            named = dict(zip(("target", "service", "operation"), lane, strict=True))
            self._database.execute("add_lane", {"id": self._lanes[lane], **named})
        return self._lanes[lane]

    def flush(self) -> None:
        """Write what was gathered."""
        self._database.execute_many("add_row", self._rows)
        self._database.execute_many("add_call", self._calls)
        self._database.execute_many("add_call_row", self._call_rows)
        self._database.execute_many("add_need", self._needs)
        for gathered in (self._rows, self._calls, self._call_rows, self._needs):
            gathered.clear()


def call_values(call: PlannedCall) -> dict[str, Any]:
    """Return what a call's own columns hold of a planned call."""
    return {
        "step": call.step,
        "params": to_text(to_json(call.params)),
        "undo": None if call.undo is None else to_text(to_json(call.undo)),
    }


def need_values(number: int, needs: Iterable[Need]) -> list[Mapping[str, object]]:
    """Return what a call needs, each once."""
    return [{"call": number, "row": need.row, "step": need.step} for need in dict.fromkeys(needs)]


def call_row_values(number: int, call: PlannedCall) -> list[Mapping[str, object]]:
    """Return the places of a call's rows in its list."""
    return [{"call": number, "place": place, "row": row} for place, row in enumerate(call.rows)]


def row_values(row: PlannedRow) -> Mapping[str, object]:
    """Return what a row's own columns hold of a planned row."""
    problem = row.problem
    thing_id, thing_arn = row.thing
    return {
        "number": row.number,
        "key": row.key,
        "target": row.target,
        "action": row.action.value,
        "status": planned_status(row).value,
        "cells": to_text(row.cells),
        "changes": "; ".join(map(str, row.changes)),
        "thing_id": thing_id,
        "thing_arn": thing_arn,
        "problem_code": problem.code if problem else "",
        "problem": problem.message if problem else "",
        "hint": problem.hint if problem else "",
    }
