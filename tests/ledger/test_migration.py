from __future__ import annotations

import re
import sqlite3
from pathlib import Path

import pytest

from bulkops.errors import LedgerError
from bulkops.ledger import ledger_file as opening
from bulkops.ledger.call_changes import Move, Reopening
from bulkops.ledger.migration import migrate, missing, newest, scripts, scripts_in
from bulkops.ledger.queries import schema
from bulkops.ledger.records import Result
from bulkops.ledger.sqlite import SqliteLedger
from bulkops.ledger.states import CallState, RowStatus
from tests.ledger.plans import RECORD, at, listed, now

FIRST = Path(__file__).parent / "ledger-of-schema-1.sql"
"""A run of schema 1 as it was left by a crash: never to be written anew."""


@pytest.fixture
def first(folder):
    """Return a folder with that run's ledger."""
    folder.mkdir()
    made = sqlite3.connect(folder / "ledger.sqlite")
    made.executescript(FIRST.read_text(encoding="utf-8"))
    made.close()
    return folder


def shape(database):
    """Return what a database is made of, whatever the spacing and comments of its making."""
    found = database.execute("SELECT type, name, sql FROM sqlite_schema ORDER BY type, name")
    return {
        (kind, name): re.sub(r"\s+", "", re.sub(r"--[^\n]*", "", sql or ""))
        for kind, name, sql in found
    }


def test_a_migrated_ledger_is_made_like_a_fresh_one(first):
    fresh = sqlite3.connect(":memory:")
    fresh.executescript(schema())
    old = sqlite3.connect(first / "ledger.sqlite", isolation_level=None)
    migrate(old, scripts())
    assert shape(old) == shape(fresh)
    assert list(missing(old, scripts())) == []
    old.close()
    fresh.close()


def test_a_fresh_ledger_has_nothing_to_be_migrated(ledger):
    asked = ledger._database._connection
    assert asked.execute("PRAGMA user_version").fetchone()[0] == newest(scripts())


async def test_a_run_of_the_first_schema_is_gone_on_with(first):
    ledger = SqliteLedger.open(first)
    assert (await ledger.run()).id == RECORD.id
    assert await ledger.notes() == {"quota": {"CreateUser": 2}}
    before = await ledger.counts()
    assert before == {
        RowStatus.SUCCEEDED: 1,
        RowStatus.UNCHANGED: 1,
        RowStatus.FAILED: 1,
        RowStatus.UNKNOWN: 1,
        RowStatus.PENDING: 1,
    }
    (doubtful,) = await ledger.doubtful()
    assert (doubtful.rows, doubtful.state) == ((5,), CallState.SENT)
    await ledger.move(Move(doubtful.id, (CallState.SENT, CallState.IN_DOUBT), at=at(50)))
    await ledger.move(
        Move(
            doubtful.id,
            (CallState.IN_DOUBT, CallState.SUCCEEDED),
            at=at(51),
            result=Result(saved={"user_id": "u5"}),
        )
    )
    (failed,) = await listed(ledger.calls(CallState.FAILED))
    await ledger.reopen(Reopening([failed.id], at=at(52), why="retry"))
    for lane in await ledger.lanes():
        while ready := await ledger.ready(lane, limit=1):
            await ledger.move(Move(ready[0].id, (CallState.PLANNED, CallState.SENT), at=at(53)))
            await ledger.move(Move(ready[0].id, (CallState.SENT, CallState.SUCCEEDED), at=at(54)))
    assert await ledger.counts() == {RowStatus.SUCCEEDED: 4, RowStatus.UNCHANGED: 1}
    assert [found.id async for found in ledger.results()] == ["u2", "", "", "u5", ""]
    await ledger.close()


STEPS = {
    2: "CREATE TABLE lease (epoch INTEGER NOT NULL) STRICT;\nINSERT INTO lease VALUES (7);",
    3: "ALTER TABLE lease ADD COLUMN holder TEXT NOT NULL DEFAULT 'x';",
}


def test_each_migration_commits_with_its_version(first, monkeypatch):
    monkeypatch.setattr(opening, "scripts", lambda: STEPS)
    now(SqliteLedger.open(first).close())
    seen = sqlite3.connect(first / "ledger.sqlite")
    assert seen.execute("SELECT * FROM lease").fetchall() == [(7, "x")]
    assert seen.execute("PRAGMA user_version").fetchone() == (3,)
    seen.close()
    now(SqliteLedger.open(first).close())


@pytest.mark.parametrize(
    "broken",
    [
        "ALTER TABLE lease ADD COLUMN holder TEXT; CREATE TABLE lease (again);",
        "UPDATE call SET lane = 99;",
        "ROLLBACK; CREATE TABLE lease (again);",
    ],
)
def test_a_migration_that_breaks_off_leaves_the_version_before_it(first, monkeypatch, broken):
    monkeypatch.setattr(opening, "scripts", lambda: {**STEPS, 3: broken})
    with pytest.raises(LedgerError, match=r"already exists|migration to 3 left records"):
        SqliteLedger.open(first)
    seen = sqlite3.connect(first / "ledger.sqlite")
    assert seen.execute("PRAGMA user_version").fetchone() == (2,)
    assert seen.execute("SELECT * FROM lease").fetchall() == [(7,)]
    assert seen.execute("SELECT count(*) FROM call WHERE lane = 99").fetchone() == (0,)
    seen.close()


def test_a_reader_of_an_older_ledger_leaves_the_file_as_it_is(first, monkeypatch):
    before = (first / "ledger.sqlite").read_bytes()
    monkeypatch.setattr(opening, "scripts", lambda: STEPS)
    reader = SqliteLedger.open(first, readonly=True)
    counts = now(reader.counts())
    assert counts[RowStatus.UNKNOWN] == 1
    now(reader.close())
    assert (first / "ledger.sqlite").read_bytes() == before


def test_a_reader_whose_migration_fails_says_so(first, monkeypatch):
    monkeypatch.setattr(opening, "scripts", lambda: {2: "UPDATE call SET lane = 99;"})
    with pytest.raises(LedgerError, match="migration to 2 left records"):
        SqliteLedger.open(first, readonly=True)


@pytest.mark.parametrize("readonly", [False, True])
def test_a_newer_ledger_is_refused_with_both_versions(first, readonly):
    newer = sqlite3.connect(first / "ledger.sqlite")
    newer.execute("PRAGMA user_version = 41")
    newer.close()
    said = f"of version 41, and this bulkops knows versions up to {newest(scripts())}"
    with pytest.raises(LedgerError, match=said):
        SqliteLedger.open(first, readonly=readonly)


def test_migrations_are_read_by_the_version_they_lead_to(tmp_path):
    assert scripts_in(tmp_path / "none") == {}
    (tmp_path / "0002_lease.sql").write_text("A;")
    (tmp_path / "0003_more.sql").write_text("B;")
    (tmp_path / "notes.txt").write_text("C")
    assert scripts_in(tmp_path) == {2: "A;", 3: "B;"}
    (tmp_path / "0005_gap.sql").write_text("D;")
    with pytest.raises(ValueError, match=r"from 2 on, not \[2, 3, 5\]"):
        scripts_in(tmp_path)
