"""A run of many rows that is over, or was stopped: its folder as the engine leaves it.

`python -m tests.benchmarks.finished_run RUNS_DIR ROWS DONE` makes one, DONE being a part of 1.
"""

from __future__ import annotations

import random
import sqlite3
import sys
from contextlib import closing
from pathlib import Path

import anyio

from bulkops.definition.catalogue import load
from bulkops.ledger.records import RunRecord
from bulkops.ledger.sqlite import SqliteLedger
from bulkops.planning.plan import Action, PlannedCall, PlannedRow
from bulkops.planning.target import Target
from bulkops.reports.run_facts import RunFacts

RUN = "create-users-20260101T000000Z-0b5e"
HEADERS = (
    "username", "password", "first_name", "last_name", "email", "security_profiles",
    "routing_profile", "hierarchy_group", "phone_type", "acw_seconds",
)  # fmt: skip
REFUSALS = (
    ("DuplicateResourceException", 'User "{}" already exists', "Leave it out, or update it."),
    ("InvalidParameterException", "The e-mail address of {} is not valid", "Correct the cell."),
)
TARGET = Target(
    account="123456789012",
    region="eu-central-1",
    instance_id="5f1c2b7e-0000-4000-8000-000000000001",
    instance_arn="arn:aws:connect:eu-central-1:123456789012:instance/5f1c2b7e",
    alias="acme-emea",
    caller_arn="arn:aws:sts::123456789012:assumed-role/Admin/maria",
)
ENDED = """
UPDATE call SET state = :state, attempts = 1, sent_at = :sent, ended_at = :ended, saved = :saved,
    error_code = :code, error = :error, hint = :hint, http_status = :http, request_id = :request
WHERE id = :id
"""
ROW_ENDED = "UPDATE row SET status = :state WHERE number = :number"
MOVED = """
INSERT INTO event (at, call, from_state, to_state, why) VALUES (:at, :id, :before, :after, :why)
"""


def make(runs_dir, rows, *, done=1.0, failing=0.01, seed=1):
    """Make a run's folder with so many rows, of which a part is done and a part of that failed."""
    folder = runs_dir / RUN
    runs_dir.mkdir(parents=True, exist_ok=True)
    anyio.run(_plan, folder, rows)
    chance = random.Random(seed)
    ended = [_ended(number, chance, failing) for number in range(2, 2 + int(rows * done))]
    with closing(sqlite3.connect(folder / "ledger.sqlite")) as ledger, ledger:
        ledger.executemany(ENDED, ended)
        ledger.executemany(ROW_ENDED, ended)
        ledger.executemany(MOVED, (move for each in ended for move in _moves(each)))
    return folder


async def _plan(folder, rows):
    record = RunRecord(
        id=RUN, job="create-users", job_sha256=load("create-users").sha256, sheet="wave 3.xlsx",
        sheet_sha256="bb" * 32, headers=HEADERS, version="benchmark",
        created_at="2026-01-01T00:00:00.000Z", meta={"mapping": {}, "request": {}},
    )  # fmt: skip
    ledger = SqliteLedger.create(folder, record)
    await ledger.load(_row(number) for number in range(2, rows + 2))
    await ledger.note("approved_at", "2026-01-01T00:00:00.000Z")
    facts = RunFacts(targets=(TARGET,), started_at="2026-01-01T00:00:00.000Z", exit=4)
    await ledger.note("attempt", facts.as_json())
    await ledger.close()


def _row(number):
    name = f"agent{number:06}"
    cells = (
        name, "***", "Ana María", "O'Neill-Fernández", f"{name}@example.com",
        "Agent;Quality Analyst", "Basic Routing Profile", "Contact Centre/Dublin/Support", "soft",
        "30",
    )  # fmt: skip
    params = {"Username": name, "RoutingProfileId": "r-1", "SecurityProfileIds": ["s-1", "s-2"]}
    call = PlannedCall(
        step="0", target="", service="connect", operation="CreateUser", params=params,
        rows=(number,),
    )  # fmt: skip
    return PlannedRow(
        number=number, key=name, target="", action=Action.CREATE, cells=cells, calls=(call,)
    )


def _ended(number, chance, failing):
    name, failed = f"agent{number:06}", chance.random() < failing
    code, error, hint = chance.choice(REFUSALS) if failed else ("", "", "")
    user = f"{chance.getrandbits(128):032x}"
    arn = f"{TARGET.instance_arn}/agent/{user}"
    return {
        "id": number - 1, "number": number, "state": "failed" if failed else "succeeded",
        "sent": _stamp(number * 500), "ended": _stamp(number * 500 + 180),
        "saved": None if failed else f'{{"user_id":"{user}","user_arn":"{arn}"}}',
        "code": code, "error": error.format(name), "hint": hint,
        "http": 409 if failed else 200, "request": f"{chance.getrandbits(128):032x}",
    }  # fmt: skip


def _moves(ended):
    about = {"id": ended["id"], "why": ""}
    yield {**about, "at": ended["sent"], "before": "planned", "after": "sent"}
    after = {"at": ended["ended"], "before": "sent", "after": ended["state"]}
    yield {**about, **after, "why": ended["code"]}


def _stamp(milliseconds):
    seconds, milliseconds = divmod(milliseconds, 1000)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    days, hours = divmod(hours, 24)
    return f"2026-01-{days + 1:02}T{hours:02}:{minutes:02}:{seconds:02}.{milliseconds:03}Z"


if __name__ == "__main__":
    make(Path(sys.argv[1]), int(sys.argv[2]), done=float(sys.argv[3]))
