from __future__ import annotations

import errno
import os
import shutil
import sqlite3
import stat

import pytest

from bulkops.errors import LedgerBusyError, LedgerError
from bulkops.ledger import ledger_file as opening
from bulkops.ledger.call_changes import Move, StaleMoveError
from bulkops.ledger.sqlite import SqliteLedger
from bulkops.ledger.states import CallState, RowStatus
from tests.ledger.plans import CREATE, RECORD, at, listed, now, row

P, S, OK = CallState.PLANNED, CallState.SENT, CallState.SUCCEEDED


@pytest.fixture
def closed(folder):
    """Return the folder of a run of 300 rows of which the first was sent, closed."""
    made = SqliteLedger.create(folder, RECORD)
    now(made.load(row(number, CREATE) for number in range(1, 301)))
    now(made.move(Move(1, (P, S), at=at(1), attempt=1)))
    now(made.close())
    return folder


def mode(path):
    return stat.S_IMODE(path.stat().st_mode)


async def test_nobody_else_can_read_a_run(ledger, folder):
    await ledger.load([row(1, CREATE)])
    await ledger.move(Move(1, (P, S), at=at(1)))
    assert mode(folder) == 0o700
    names = {path.name: mode(path) for path in folder.iterdir()}
    assert names == dict.fromkeys(
        ["ledger.sqlite", "ledger.sqlite-wal", "ledger.sqlite-shm", "ledger.lock"], 0o600
    )


async def test_a_commit_is_on_disk_when_it_returns(ledger, monkeypatch):
    synced, real = [], os.fdatasync

    def counted(descriptor):
        real(descriptor)
        synced.append(ledger._database._connection.in_transaction)

    monkeypatch.setattr(os, "fdatasync", counted)
    await ledger.load([row(1, CREATE)])
    await ledger.move(Move(1, (P, S), at=at(1)))
    await ledger.note("a", 1)
    await ledger.replace_cells(1, ["x"])
    assert synced == [False] * 4


async def test_sqlite_waits_for_the_disk_where_it_writes_over_what_was_kept(ledger):
    asked = ledger._database._connection.execute
    assert asked("PRAGMA synchronous").fetchone()[0] == 1
    assert asked("PRAGMA journal_mode").fetchone()[0] == "wal"
    assert asked("PRAGMA foreign_keys").fetchone()[0] == 1


async def test_what_was_sent_before_is_found_in_doubt_when_the_run_goes_on(closed):
    ledger = SqliteLedger.open(closed)
    assert [(found.id, found.state) for found in await ledger.doubtful()] == [(1, S)]
    await ledger.move(Move(1, (S, OK), at=at(2)))
    await ledger.close()
    ledger = SqliteLedger.open(closed)
    assert await ledger.counts() == {RowStatus.SUCCEEDED: 1, RowStatus.PENDING: 299}
    await ledger.close()
    await ledger.close()


async def test_a_closed_ledger_says_so(ledger):
    await ledger.close()
    with pytest.raises(LedgerError, match="closed database"):
        await ledger.counts()


async def test_a_copy_of_the_folder_is_a_run_of_its_own(ledger, folder, tmp_path):
    await ledger.load([row(1, CREATE), row(2, CREATE)])
    await ledger.move(Move(1, (P, S), at=at(1)))
    shutil.copytree(folder, tmp_path / "copy")
    copy = SqliteLedger.open(tmp_path / "copy")
    assert [found.id for found in await copy.doubtful()] == [1]
    await copy.move(Move(1, (S, OK), at=at(2)))
    assert (await copy.run()).id == RECORD.id
    await copy.close()
    assert await ledger.counts() == {RowStatus.UNKNOWN: 1, RowStatus.PENDING: 1}


async def test_a_reader_sees_what_is_committed_and_writes_nothing(ledger, folder):
    await ledger.load([row(1, CREATE)])
    reader = SqliteLedger.open(folder, readonly=True)
    await ledger.move(Move(1, (P, S), at=at(1)))
    assert await reader.counts() == {RowStatus.UNKNOWN: 1}
    assert [event.call for event in await listed(reader.events())] == [1]
    with pytest.raises(LedgerError, match="it can't be written"):
        await reader.move(Move(1, (S, OK), at=at(2)))
    await reader.close()
    await ledger.move(Move(1, (S, OK), at=at(2)))


async def test_a_folder_that_nobody_can_write_is_read_as_it_stands(closed, monkeypatch):
    monkeypatch.setattr(opening.os, "access", lambda _path, _way: False)
    before = sorted(path.name for path in closed.iterdir())
    reader = SqliteLedger.open(closed, readonly=True)
    assert await reader.counts() == {RowStatus.UNKNOWN: 1, RowStatus.PENDING: 299}
    await reader.close()
    assert sorted(path.name for path in closed.iterdir()) == before


@pytest.mark.parametrize("readonly", [False, True])
@pytest.mark.parametrize(
    ("content", "said"),
    [
        (None, "there is no ledger at"),
        (b"", "is empty; what was sent can't be known"),
        (b"username;password\n" * 99, "it is damaged or not a ledger"),
        (b"SQLite format 3\0" + b"\xff" * 4080, "it is damaged or not a ledger"),
    ],
)
def test_a_file_that_is_no_ledger_is_told_from_one(tmp_path, content, said, readonly):
    if content is not None:
        (tmp_path / "ledger.sqlite").write_bytes(content)
    with pytest.raises(LedgerError, match=said):
        SqliteLedger.open(tmp_path, readonly=readonly)
    with pytest.raises(LedgerError, match=said):
        SqliteLedger.open(tmp_path, readonly=readonly)


@pytest.mark.parametrize("readonly", [False, True])
@pytest.mark.parametrize("gone", ["emptied", "removed"])
def test_what_lies_beside_a_lost_ledger_is_named_and_left_alone(closed, gone, readonly):
    path = closed / "ledger.sqlite"
    if gone == "emptied":
        path.write_bytes(b"")
    else:
        path.unlink()
    (closed / "ledger.sqlite-wal").write_bytes(b"frames")
    (closed / "events.ndjson").write_text('{"event":"row"}')
    (closed / "results.csv").touch()
    with pytest.raises(LedgerError, match=r"told by events\.ndjson, ledger\.sqlite-wal\. Put back"):
        SqliteLedger.open(closed, readonly=readonly)
    assert (closed / "ledger.sqlite-wal").read_bytes() == b"frames"


@pytest.mark.parametrize("readonly", [False, True])
@pytest.mark.parametrize("name", ["ledger.sqlite", "ledger.sqlite-wal", "ledger.sqlite-shm"])
def test_a_ledger_is_not_opened_through_a_link(closed, tmp_path, name, readonly):
    elsewhere = tmp_path / "elsewhere"
    shutil.copy(closed / "ledger.sqlite", elsewhere)
    (closed / name).unlink(missing_ok=True)
    (closed / name).symlink_to(elsewhere)
    with pytest.raises(LedgerError, match=rf"{name} is a symbolic link"):
        SqliteLedger.open(closed, readonly=readonly)


def test_a_ledger_is_not_begun_through_a_link(folder, tmp_path):
    folder.mkdir()
    for name in ("ledger.sqlite", "ledger.lock"):
        (folder / name).unlink(missing_ok=True)
        (folder / name).symlink_to(tmp_path / "elsewhere")
        with pytest.raises(LedgerError, match="it is a symbolic link"):
            SqliteLedger.create(folder, RECORD)
        (folder / name).unlink()
    assert not (tmp_path / "elsewhere").exists()


@pytest.mark.parametrize("readonly", [False, True])
def test_another_programs_database_is_left_alone(tmp_path, readonly):
    other = sqlite3.connect(tmp_path / "ledger.sqlite")
    other.execute("CREATE TABLE song (title)")
    other.close()
    before = (tmp_path / "ledger.sqlite").read_bytes()
    with pytest.raises(LedgerError, match=r"not a ledger; .* \(application id 0x0\)"):
        SqliteLedger.open(tmp_path, readonly=readonly)
    assert (tmp_path / "ledger.sqlite").read_bytes() == before


def test_a_ledger_without_tables_is_empty_however_long_it_is(tmp_path):
    torn = sqlite3.connect(tmp_path / "ledger.sqlite")
    torn.execute("PRAGMA journal_mode = WAL")
    torn.close()
    assert (tmp_path / "ledger.sqlite").stat().st_size > 0
    with pytest.raises(LedgerError, match="is empty; what was sent can't be known"):
        SqliteLedger.open(tmp_path)


@pytest.mark.parametrize("keep", [0.25, 0.5, 0.9])
def test_a_torn_file_is_found_when_it_is_opened(closed, keep):
    path = closed / "ledger.sqlite"
    os.truncate(path, int(path.stat().st_size * keep) // 4096 * 4096)
    with pytest.raises(LedgerError, match="put back a copy of the whole folder"):
        SqliteLedger.open(closed)


def test_overwritten_pages_are_found_when_it_is_opened(closed):
    with (closed / "ledger.sqlite").open("r+b") as file:
        file.seek(4096 * 12)
        file.write(b"\x5a" * 4096)
    with pytest.raises(LedgerError, match="damaged"):
        SqliteLedger.open(closed)


def test_a_torn_log_loses_only_what_was_not_committed(folder, tmp_path):
    ledger = SqliteLedger.create(folder, RECORD)
    now(ledger.load([row(1, CREATE)]))
    now(ledger.move(Move(1, (P, S), at=at(1))))
    shutil.copytree(folder, tmp_path / "died")
    now(ledger.close())
    log = tmp_path / "died" / "ledger.sqlite-wal"
    with log.open("ab") as file:
        file.write(b"\x00half a frame")
    died = SqliteLedger.open(tmp_path / "died")
    assert [found.state for found in now(died.doubtful())] == [S]
    now(died.close())


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_without_permission_is_said_to_be_so(tmp_path):
    tmp_path.chmod(0o500)
    with pytest.raises(LedgerError, match="Permission denied"):
        SqliteLedger.create(tmp_path / "run", RECORD)


def test_a_path_that_is_no_folder_is_said_to_be_so(tmp_path):
    (tmp_path / "file").write_text("x")
    with pytest.raises(LedgerError, match="file"):
        SqliteLedger.create(tmp_path / "file", RECORD)
    with pytest.raises(LedgerError, match="Not a directory"):
        SqliteLedger.open(tmp_path / "file")


def test_a_file_system_that_cannot_hold_a_log_is_said_to_be_so():
    without_files = sqlite3.connect(":memory:")
    with pytest.raises(LedgerError, match=r"can't hold a write-ahead log .*--runs-dir"):
        opening._settle_durability(without_files)
    without_files.close()


def test_an_old_sqlite_is_refused_by_name(closed, monkeypatch):
    monkeypatch.setattr(sqlite3, "sqlite_version_info", (3, 34, 1))
    with pytest.raises(LedgerError, match=r"SQLite 3\.38\.0 or later is needed"):
        SqliteLedger.open(closed)


def test_another_program_that_holds_the_file_is_named_as_the_cause(closed, monkeypatch):
    monkeypatch.setattr(opening, "BUSY_SECONDS", 0.0)
    ledger = SqliteLedger.open(closed)
    viewer = sqlite3.connect(closed / "ledger.sqlite", isolation_level=None)
    viewer.execute("BEGIN IMMEDIATE")
    with pytest.raises(LedgerError, match="another program holds the file"):
        now(ledger.move(Move(2, (P, S), at=at(1))))
    viewer.execute("ROLLBACK")
    viewer.close()
    now(ledger.move(Move(2, (P, S), at=at(1))))
    now(ledger.close())


@pytest.mark.parametrize(
    ("failure", "advice"), [(errno.EIO, "the disk failed"), (errno.ENOSPC, "free some space")]
)
async def test_a_wait_for_the_disk_that_failed_fails_for_good(ledger, monkeypatch, failure, advice):
    await ledger.load([row(1, CREATE)])

    def fail(_descriptor):
        raise OSError(failure, "it said")

    with monkeypatch.context() as failing:
        failing.setattr(os, "fdatasync", fail)
        with pytest.raises(LedgerError, match=f"{advice}.*it said"):
            await ledger.move(Move(1, (P, S), at=at(1)))
    with pytest.raises(LedgerError, match=advice):
        await ledger.note("a", 1)


async def test_a_full_disk_leaves_the_ledger_usable(ledger):
    await ledger.load(row(number, CREATE) for number in range(1, 51))
    asked = ledger._database._connection.execute
    (pages,) = asked("PRAGMA page_count").fetchone()
    asked(f"PRAGMA max_page_count = {pages}")

    async def fill():
        for number in range(1, 51):
            await ledger.move(Move(number, (P, S), at=at(1), why="x" * 500))

    with pytest.raises(LedgerError, match="the disk or quota is full; free some space"):
        await fill()
    written = len(await listed(ledger.events()))
    assert 0 < written < 50
    assert len(await ledger.doubtful()) == written
    assert (await ledger.counts())[RowStatus.UNKNOWN] == written
    asked(f"PRAGMA max_page_count = {pages + 1000}")
    await ledger.move(Move(written + 1, (P, S), at=at(2), why="x" * 500))
    with pytest.raises(StaleMoveError):
        await ledger.move(Move(written + 1, (P, S), at=at(2)))


def test_errors_that_mean_different_things_to_do_are_different(closed):
    ledger = SqliteLedger.open(closed)
    with pytest.raises(LedgerBusyError):
        SqliteLedger.open(closed)
    now(ledger.close())
