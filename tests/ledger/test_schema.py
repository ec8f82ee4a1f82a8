from __future__ import annotations

import itertools
import re
import sqlite3

import pytest

from bulkops.ledger.queries import schema
from bulkops.ledger.states import MOVES, CallState, RowStatus


@pytest.fixture
def database():
    """Return an empty ledger with a lane and a call 1 that is sent."""
    made = sqlite3.connect(":memory:")
    made.executescript(schema())
    made.execute("INSERT INTO lane VALUES (1, '', 'connect', 'CreateUser')")
    made.execute(
        "INSERT INTO call (id, lane, step, params, waiting, state, split, attempts, throttles,"
        " doubts, sent_at) VALUES (1, 1, '0', '{}', 0, 'sent', 0, 1, 0, 0, 't')"
    )
    yield made
    made.close()


def test_every_table_is_strict_and_every_column_says_what_it_is(database):
    tables = database.execute("PRAGMA table_list").fetchall()
    ours = [table for table in tables if not table[1].startswith("sqlite_")]
    assert {table[1] for table in ours} == {
        "run",
        "note",
        "tally",
        "row",
        "lane",
        "call",
        "call_row",
        "need",
        "event",
    }
    assert all(table[5] for table in ours)
    lines = schema().splitlines()
    columns = [
        at for at, line in enumerate(lines) if re.match(r" {4}[a-z_0-9]+ (TEXT|INTEGER)", line)
    ]
    assert len(columns) == sum(
        len(database.execute(f"PRAGMA table_info ({table[1]})").fetchall()) for table in ours
    )
    for at in columns:
        assert "--" in lines[at] or lines[at - 1].startswith("    --"), lines[at]


@pytest.mark.parametrize("moved", list(itertools.product(CallState, CallState)))
def test_the_schema_and_the_code_allow_the_same_moves(database, moved):
    from_state, to_state = moved
    insert = "INSERT INTO event (at, call, from_state, to_state, why) VALUES ('t', 1, ?, ?, '')"
    if to_state in MOVES[from_state]:
        database.execute(insert, moved)
    else:
        with pytest.raises(sqlite3.IntegrityError, match="CHECK constraint failed"):
            database.execute(insert, moved)


def test_the_schema_and_the_code_know_the_same_statuses(database):
    known = {status for (status,) in database.execute("SELECT status FROM tally")}
    assert known == set(RowStatus)


@pytest.mark.parametrize(
    "change",
    [
        "state = 'lost'",
        "state = 'succeeded'",
        "ended_at = 't'",
        "sent_at = NULL",
        "saved = '{}'",
        "split = 1",
        "split = 2",
        "waiting = 1",
        "waiting = 1, after = 1",
        "waiting = 2",
        "attempts = -1",
        "throttles = -1",
        "doubts = -1",
        "attempts = 'many'",
    ],
)
def test_a_call_that_cannot_be_is_refused(database, change):
    with pytest.raises(sqlite3.IntegrityError, match=r"constraint failed|cannot store"):
        database.execute(f"UPDATE call SET {change}")  # noqa: S608  # written above


def test_a_second_run_is_refused(database):
    insert = "INSERT INTO run VALUES (?, '', '', '', '', '', '', '', '', '')"
    database.execute(insert, (1,))
    for number in (1, 2):
        with pytest.raises(sqlite3.IntegrityError):
            database.execute(insert, (number,))
