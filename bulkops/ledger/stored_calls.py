"""Calls as the ledger holds them, with their rows and what those rows have saved."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from bulkops.ledger.database import Database
from bulkops.ledger.records import StoredCall
from bulkops.ledger.states import CallState
from bulkops.planning.calls.placeholders import Made, from_json, placeholders_in
from bulkops.planning.plan import Need


def stored_calls(database: Database, found: Sequence[sqlite3.Row]) -> list[StoredCall]:
    """Return the calls that a statement found."""
    if not found:
        return []  # a lane that waits for others asks after each of their calls
    ids = {"calls": json.dumps([row["id"] for row in found])}
    rows: dict[int, list[int]] = defaultdict(list)
    for row in database.rows("rows_of_calls", ids):
        rows[row["call"]].append(row["row"])
    saved: dict[int, dict[int, dict[str, Any]]] = defaultdict(lambda: defaultdict(dict))
    for row in database.rows("saved_for_calls", ids):
        saved[row["call"]][row["row"]].update(json.loads(row["saved"]))
    params = {row["id"]: _params(row["params"]) for row in found}
    needs = _needs_of(database, params)
    return [
        StoredCall(
            id=row["id"],
            step=row["step"],
            target=row["target"],
            service=row["service"],
            operation=row["operation"],
            params=params[row["id"]],
            rows=tuple(rows[row["id"]]),
            state=CallState(row["state"]),
            attempts=row["attempts"],
            throttles=row["throttles"],
            doubts=row["doubts"],
            saved=_agreed(list(saved[row["id"]].values())),
            undo=None if row["undo"] is None else _params(row["undo"]),
            error_code=row["error_code"],
            error=row["error"],
            sent_at=row["sent_at"] or "",
            needs=needs.get(row["id"], {}),
            turn=row["turn"],
            opens=bool(row["opens"]),
        )
        for row in found
    ]


def _needs_of(database: Database, params: Mapping[int, Mapping[str, Any]]) -> Mapping[int, Made]:
    """Return what calls need, with what was saved of it; `params` and answer are by call."""
    found: dict[int, dict[Need, Mapping[str, Any]]] = {}
    if not database.has("any_need"):
        return found
    for row in database.rows("needs_of_calls", {"calls": json.dumps([*params])}):
        need = Need(row["row"], row["step"])
        saved: Mapping[str, Any] = {}
        if row["saved"] is not None:
            saved = json.loads(row["saved"])
        elif row["thing_id"]:
            saved = _there(params[row["call"]], need, row["thing_id"], row["thing_arn"])
        found.setdefault(row["call"], {})[need] = saved
    return found


def _there(
    params: Mapping[str, Any], need: Need, thing_id: str, thing_arn: str
) -> Mapping[str, Any]:
    """Return what a needed call would have saved of a thing that is there without it."""
    names = {each.name for each in placeholders_in(params) if each.of == need}
    return {name: thing_arn if name.endswith("_arn") else thing_id for name in names}


def _params(text: str) -> Any:  # noqa: ANN401  # JSON with placeholders
    """Return params from their text: most hold nothing that is marked or escaped, by a $."""
    value = json.loads(text)
    return from_json(value) if '"$' in text else value


def _agreed(by_row: Sequence[Mapping[str, Any]]) -> Mapping[str, Any]:
    """Return the values on which a call's rows agree: one row's value is not another's."""
    if len(by_row) == 1:
        return by_row[0]
    merged = {name: value for saved in by_row for name, value in saved.items()}
    return {
        name: value
        for name, value in merged.items()
        if all(saved.get(name, value) == value for saved in by_row)
    }
