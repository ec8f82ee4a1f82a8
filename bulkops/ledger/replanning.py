"""Rows planned anew: their new calls in the place of those that have not acted."""

from __future__ import annotations

from bulkops.errors import LedgerError
from bulkops.ledger.call_changes import StaleMoveError
from bulkops.ledger.database import Database, to_text
from bulkops.ledger.new_plan import NewArguments, Replanning
from bulkops.ledger.plan_store import (
    PlanWriter,
    need_values,
    planned_status,
    require_met,
    row_values,
)
from bulkops.ledger.records import LaneKey
from bulkops.ledger.states import RowStatus
from bulkops.planning.calls.placeholders import to_json
from bulkops.planning.plan import PlannedRow


def replan(database: Database, replanning: Replanning) -> None:
    """Put a new plan in place of the old; to be called inside a transaction.

    Raises StaleMoveError for a call that may have acted or no longer counts, and LedgerError where
    a row is not there, or would be left without an end.
    """
    for call in replanning.void:
        _require(database.execute("void_call", {"call": call}).rowcount, call)
    for call, new in replanning.arguments.items():
        _replace(database, call, new)
    for row in replanning.rows:
        if database.execute("replan_row", row_values(row)).rowcount != 1:
            raise LedgerError(f"row {row.number} can't be planned anew: it is not there, or undone")
    for number, cells in replanning.cells.items():
        database.execute("replace_cells", {"row": number, "cells": to_text(cells)})
    first = _next_number(database)
    writer = PlanWriter(database, _lanes(database), first)
    for row in replanning.rows:
        writer.add_own_calls(row)
    for shared in replanning.shared:
        writer.add_call(shared)
    writer.flush()
    for row in replanning.rows:
        _derive_status(database, row)
    for number in replanning.cells:
        database.execute("derive_status", {"row": number, "call": None})
    require_met(database)
    _link_anew(database, first)


def _link_anew(database: Database, first: int) -> None:
    """Have calls wait for what they need, and go when those were to go whose place they take."""
    if database.has("any_need"):
        database.execute("count_needs", {"call": None})
        database.execute("keep_turns", {"first": first})


def _replace(database: Database, call: int, new: NewArguments) -> None:
    undo = None if new.undo is None else to_text(to_json(new.undo))
    values = {"call": call, "params": to_text(to_json(new.params)), "undo": undo}
    _require(database.execute("replan_call", values).rowcount, call)
    database.execute("drop_needs", {"call": call})
    database.execute_many("add_need", need_values(call, new.needs))
    database.execute("drop_call_rows", {"call": call})
    for place, row in enumerate(new.rows):
        database.execute("add_call_row", {"call": call, "place": place, "row": row})


def _require(changed: int, call: int) -> None:
    if changed != 1:
        raise StaleMoveError(f"call {call} can't be planned anew: it may have acted, or is void")


def _lanes(database: Database) -> dict[LaneKey, int]:
    return {
        (row["target"], row["service"], row["operation"]): row["id"]
        for row in database.rows("known_lanes")
    }


def _next_number(database: Database) -> int:
    (found,) = database.rows("next_number")
    return int(found["number"])


def _derive_status(database: Database, row: PlannedRow) -> None:
    (has,) = database.rows("has_calls", {"row": row.number})
    if has["found"]:
        database.execute("derive_status", {"row": row.number, "call": None})
    elif planned_status(row) is RowStatus.PENDING:
        raise LedgerError(f"row {row.number} would have nothing to be sent, and no end")
