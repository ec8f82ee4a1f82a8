"""Plans to try a ledger on, and a way to have an async method's answer without a loop."""

from __future__ import annotations

from bulkops.ledger.records import RunRecord
from bulkops.planning.plan import Action, Placeholder, PlannedCall, PlannedRow

CREATE = ("", "connect", "CreateUser")
UPDATE = ("", "connect", "UpdateUserPhoneConfig")
BATCH = ("", "connect", "AssociateRoutingProfileQueues")
RECORD = RunRecord(
    id="users-20260102T030405Z-0a1b",
    job="create-users",
    job_sha256="aa",
    sheet="users.xlsx",
    sheet_sha256="bb",
    headers=("Login", "Größe \ud800"),
    version="0.1.0",
    created_at="2026-01-02T03:04:05.000Z",
    meta={"options": {"tps": 2.5}, "names": ["a", None]},
)


def call(lane, *rows, step="0", params=None, undo=None):
    target, service, operation = lane
    return PlannedCall(
        step=step,
        target=target,
        service=service,
        operation=operation,
        params={"Rows": list(rows)} if params is None else params,
        rows=rows,
        undo=undo,
    )


def row(number, *lanes, action=Action.CREATE, **more):
    """Return a row with one call of its own for each lane."""
    calls = tuple(call(lane, number, step=str(step)) for step, lane in enumerate(lanes))
    fixed = {"number": number, "key": f"agent{number}", "target": "", "cells": (f"agent{number}",)}
    return PlannedRow(**fixed, action=action, calls=calls, **more)


def user(number):
    """Return a row that makes a user, with a secret and a saved value in its calls."""
    made = {"Username": f"agent{number}", "Password": Placeholder(kind="secret", name="password")}
    changed = {
        "UserId": Placeholder(kind="saved", name="user_id"),
        "PhoneConfig": {"AutoAccept": True},
    }
    return PlannedRow(
        number=number,
        key=f"agent{number}",
        target="",
        action=Action.CREATE,
        cells=(f"agent{number}", "***"),
        calls=(
            call(CREATE, number, params=made),
            call(UPDATE, number, step="1", params=changed, undo={"PhoneConfig": {}}),
        ),
    )


def at(second):
    return f"2026-01-02T03:04:{second:02}.000Z"


def now(coroutine):
    """Return what a method that never waits answers."""
    try:
        coroutine.send(None)
    except StopIteration as answered:
        return answered.value
    raise AssertionError("the method waited")


async def listed(iterator):
    return [item async for item in iterator]
