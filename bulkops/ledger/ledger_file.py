"""Making and opening a ledger's file, and finding out whether it can be trusted."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from bulkops.errors import LedgerError
from bulkops.ledger.database import DAMAGED, Database, to_text, translated
from bulkops.ledger.lock import LOCK_FILE
from bulkops.ledger.log_file import LogFile
from bulkops.ledger.migration import migrate, migrated_copy, newest, scripts
from bulkops.ledger.private_files import make_folders, make_private_folder, open_private
from bulkops.ledger.queries import schema
from bulkops.ledger.records import RunRecord

LEDGER_FILE = "ledger.sqlite"
APPLICATION_ID = 0x62756C6B
"""The word "bulk" in the file's header, by which a ledger is told from any other database."""
OLDEST_SQLITE = (3, 38, 0)
"""STRICT tables came with 3.37, JSON functions in every build with 3.38 (SQLite release notes)."""
BUSY_SECONDS = 5.0
"""How long to wait for another program that holds the file, such as a backup or a viewer."""


class EmptyLedgerError(LedgerError):
    """A ledger holds nothing at all, not even its tables."""


def prepare(folder: Path) -> Path:
    """Make a run's folder if need be, for its owner's eyes only, and return the ledger's path."""
    with _translated_access(folder):
        if not folder.is_dir():
            make_folders(folder.parent)
            make_private_folder(folder)
    return folder / LEDGER_FILE


def find(folder: Path) -> Path:
    """Return the path of the ledger in a run's folder; LedgerError where there is none."""
    path = folder / LEDGER_FILE
    for name in ("", "-wal", "-shm", "-journal"):
        if (part := path.with_name(f"{LEDGER_FILE}{name}")).is_symlink():
            raise LedgerError(
                f"{part} is a symbolic link: a run's ledger is kept in its own folder"
            )
    with _translated_access(path):
        path.stat()
    return path


def begin(path: Path, record: RunRecord) -> Database:
    """Make a ledger with what is fixed when a run begins, all in one commit.

    Raises LedgerError where the file holds something already.
    """
    with _translated_access(path):
        # made before SQLite does, which would let others read it
        os.close(open_private(path, os.O_RDWR | os.O_CREAT))
        size = path.stat().st_size
    if size:
        raise LedgerError(f"{path} holds a run already")
    with _connected(path, "rw") as connection:
        _settle_durability(connection)
        connection.execute("PRAGMA foreign_keys = ON")
        connection.executescript(
            f"BEGIN IMMEDIATE;\n{schema()}\n"
            f"PRAGMA application_id = {APPLICATION_ID};\n"
            f"PRAGMA user_version = {newest(scripts())};"
        )
        Database(connection, path).execute("begin_run", _record_values(record))
        connection.execute("COMMIT")
        return _writable(connection, path)


def _writable(connection: sqlite3.Connection, path: Path) -> Database:
    """Return a database that waits for the disk, and has what was written so far on it."""
    with _translated_access(path):
        log = LogFile(path.with_name(f"{path.name}-wal"))
    try:
        database = Database(connection, path, log)
        database.flush()
    except BaseException:
        log.close()
        raise
    return database


def _record_values(record: RunRecord) -> Mapping[str, object]:
    return {
        "id": record.id,
        "job": record.job,
        "job_sha256": record.job_sha256,
        "sheet": record.sheet,
        "sheet_sha256": record.sheet_sha256,
        "headers": to_text(record.headers),
        "version": record.version,
        "created_at": record.created_at,
        "meta": to_text(dict(record.meta)),
    }


def opened(path: Path, *, readonly: bool) -> Database:
    """Open a ledger, in the newest schema: in place, or as a copy in memory for reading alone.

    Raises LedgerError where the file is no ledger, is damaged, or is of a newer bulkops. Damage
    that a reader does not come across goes unseen.
    """
    with _translated_access(path):
        # SQLite would delete the log of a file without content, and what it tells with it
        if path.stat().st_size == 0:
            raise _emptied(path)
    if readonly:
        with _connected(path, _reading_mode(path)) as connection:
            _check_kind(connection, path)
            return Database(migrated_copy(connection, scripts()), path)
    with _connected(path, "rw") as connection:
        _check_kind(connection, path)
        _check_pages(connection, path)
        _settle_durability(connection)
        migrate(connection, scripts())
        connection.execute("PRAGMA foreign_keys = ON")
        return _writable(connection, path)


def _reading_mode(path: Path) -> str:
    """Return how to open a file for reading: beside a writer, or as one that nobody can write.

    SQLite reads a file with a write-ahead log only where it may write the log's index, or where
    it is told that nothing changes (SQLite documentation, Read-Only WAL-mode Databases).
    """
    still = not os.access(path.parent, os.W_OK) and not path.with_name(f"{path.name}-wal").exists()
    return "ro&immutable=1" if still else "ro"


@contextmanager
def _translated_access(path: Path) -> Iterator[None]:
    try:
        yield
    except FileNotFoundError as error:
        raise LedgerError(f"there is no ledger at {path}{_told_otherwise(path)}") from error
    except OSError as error:
        raise LedgerError(f"{path}: {error.strerror}") from error


@contextmanager
def _connected(path: Path, mode: str) -> Iterator[sqlite3.Connection]:
    """Open a file that is there; it stays open unless something goes wrong."""
    if sqlite3.sqlite_version_info < OLDEST_SQLITE:
        needed = ".".join(map(str, OLDEST_SQLITE))
        raise LedgerError(
            f"SQLite {needed} or later is needed; this Python comes with {sqlite3.sqlite_version}"
        )
    with translated(path):
        connection = sqlite3.connect(
            f"{path.absolute().as_uri()}?mode={mode}",
            uri=True,
            isolation_level=None,
            timeout=BUSY_SECONDS,
        )
        connection.row_factory = sqlite3.Row
        try:
            yield connection
        except BaseException:
            connection.close()
            raise


def _settle_durability(connection: sqlite3.Connection) -> None:
    """Keep a log that `LogFile` can have on disk after each commit, and leave readers undisturbed.

    NORMAL is to wait for the disk at checkpoints and before the log is written over (SQLite
    documentation, PRAGMA synchronous); the waits between are the database's own. `fullfsync`
    matters on macOS alone, where fsync leaves data in the drive's cache (SQLite documentation,
    PRAGMA fullfsync).
    """
    (mode,) = connection.execute("PRAGMA journal_mode = WAL").fetchone()
    if mode != "wal":
        raise LedgerError(
            f"the folder's file system can't hold a write-ahead log (journal mode {mode}): "
            "keep runs on a local disk with --runs-dir"
        )
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute("PRAGMA fullfsync = ON")


def _check_kind(connection: sqlite3.Connection, path: Path) -> None:
    if connection.execute("SELECT 1 FROM sqlite_schema").fetchone() is None:
        raise _emptied(path)
    (application_id,) = connection.execute("PRAGMA application_id").fetchone()
    if application_id != APPLICATION_ID:
        raise LedgerError(f"{path}: {DAMAGED} (application id {application_id:#x})")


def _emptied(path: Path) -> EmptyLedgerError:
    return EmptyLedgerError(f"{path} is empty{_told_otherwise(path)}")


def _told_otherwise(path: Path) -> str:
    """Return what to do without a ledger, and which files beside it may tell what was sent."""
    ours = {LEDGER_FILE, LOCK_FILE, f"{LEDGER_FILE}-shm"}
    beside = sorted(path.parent.iterdir()) if path.parent.is_dir() else []
    tell = [each.name for each in beside if each.name not in ours and each.stat().st_size]
    known = (
        f"what was sent is told by {', '.join(tell)}" if tell else "what was sent can't be known"
    )
    return (
        f"; {known}. Put back a copy of the whole folder, or plan the sheet anew: the plan shows "
        "which rows are done"
    )


def _check_pages(connection: sqlite3.Connection, path: Path) -> None:
    """Read the whole file before anything is sent on its word: half a second for 200,000 rows."""
    (found,) = connection.execute("PRAGMA quick_check (1)").fetchone()
    if found != "ok":
        raise LedgerError(f"{path}: {DAMAGED} ({found})")
