"""The connection to a ledger's file: settings, transactions, and SQLite's errors in our words."""

from __future__ import annotations

import errno
import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from bulkops.errors import LedgerError
from bulkops.ledger.log_file import LogFile
from bulkops.ledger.queries import queries

DAMAGED = (
    "it is damaged or not a ledger; put back a copy of the whole folder, or plan the sheet anew: "
    "the plan shows which rows are done already"
)
_ADVICE: Mapping[int, str] = {
    sqlite3.SQLITE_CORRUPT: DAMAGED,
    sqlite3.SQLITE_NOTADB: DAMAGED,
    sqlite3.SQLITE_FULL: "the disk or quota is full; free some space and resume, "
    "what was recorded before is safe",
    sqlite3.SQLITE_IOERR: "the disk failed; what was recorded before is safe once it works again",
    sqlite3.SQLITE_BUSY: "another program holds the file; close it and resume",
    sqlite3.SQLITE_READONLY: "it can't be written; look at its permissions and its folder's",
    sqlite3.SQLITE_CANTOPEN: "it can't be opened; look at its permissions and its folder's",
}

StatementValues = Mapping[str, object]


class Database:
    """One connection to a ledger's file; statements are called by their name in queries.sql.

    It begins no transaction by itself: each statement outside `writing` stands alone. What has
    changed anything is on the disk when it returns, but for `writing(flush=False)`. Raises
    LedgerError for whatever SQLite or the disk reports.
    """

    def __init__(
        self, connection: sqlite3.Connection, path: Path, log: LogFile | None = None
    ) -> None:
        """`log` is the write-ahead log of a file that is written to; None for reading alone."""
        self._connection = connection
        self._log = log
        self._found: dict[str, bool] = {}
        self.path = path
        self._files = (path, path.with_name(f"{path.name}-wal"))
        self._identities = [_identity(file) for file in self._files]

    def execute(self, name: str, values: StatementValues | None = None) -> sqlite3.Cursor:
        """Run a statement that changes something."""
        with translated(self.path):
            try:
                done = self._connection.execute(queries()[name], values or {})
            except UnicodeEncodeError:
                # half surrogates come with broken sheets and error texts: they are kept escaped
                done = self._connection.execute(queries()[name], _storable(values or {}))
        if not self._connection.in_transaction:
            self.flush()
        return done

    def execute_many(self, name: str, values: Iterable[StatementValues]) -> None:
        """Run a statement for each of several sets of values."""
        self._found.clear()
        with translated(self.path):
            self._connection.executemany(queries()[name], map(_storable, values))

    def rows(self, name: str, values: StatementValues | None = None) -> list[sqlite3.Row]:
        """Return all that a statement finds."""
        with translated(self.path):
            return self._connection.execute(queries()[name], values or {}).fetchall()

    def has(self, name: str) -> bool:
        """Tell whether a statement finds anything; asked once until more is stored by the set."""
        if name not in self._found:
            self._found[name] = bool(self.rows(name))
        return self._found[name]

    @contextmanager
    def writing(self, *, flush: bool = True) -> Iterator[None]:
        """Make all that is done inside one commit, or undo it all.

        Without `flush`, nobody may be told of it before `flush` was called.
        """
        with translated(self.path):
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._connection.execute("COMMIT")
            except BaseException:
                if self._connection.in_transaction:  # SQLite ends some by itself, at a full disk
                    self._connection.execute("ROLLBACK")
                raise
        if flush:
            self.flush()

    def flush(self) -> None:
        """Have every commit so far on the disk; may be called on any thread."""
        if self._log is not None:
            try:
                self._log.sync()
            except OSError as error:
                full = error.errno in (errno.ENOSPC, errno.EDQUOT)
                advice = _ADVICE[sqlite3.SQLITE_FULL if full else sqlite3.SQLITE_IOERR]
                raise LedgerError(f"{self.path}: {advice} ({error.strerror})") from error

    def lost(self) -> str:
        """Return which file is no longer the one that its name leads to: ledger, log or none."""
        for name, file, known in zip(("ledger", "log"), self._files, self._identities, strict=True):
            if _identity(file) != known:
                return name
        return ""

    def truncate_log(self) -> None:
        """Move what the write-ahead log holds into the file, and give its space back."""
        with translated(self.path):
            self._connection.execute("PRAGMA wal_checkpoint (TRUNCATE)").fetchall()

    def close(self) -> None:
        """Close the connection; closing again does nothing."""
        if self._log is not None:
            # before SQLite deletes it, which some systems refuse while it is open
            self._log.close()
        with translated(self.path):
            self._connection.close()


def _identity(file: Path) -> tuple[int, int] | None:
    """Return what tells a file from any other of its name; None where there is none."""
    try:
        found = file.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """Turn SQLite's errors into LedgerErrors that name the file and say what to do."""
    try:
        yield
    except sqlite3.Error as error:
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF
        advice = _ADVICE.get(code, "a fault of bulkops itself")
        raise LedgerError(f"{path}: {advice} (SQLite: {error})") from error


def to_text(value: object) -> str:
    """Return a JSON value as the ledger keeps it; half surrogates are escaped."""
    text = _AS_IT_IS.encode(value)
    return text if _encodes(text) else _ESCAPED.encode(value)


_AS_IT_IS = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
_ESCAPED = json.JSONEncoder(separators=(",", ":"))


def _storable(values: StatementValues) -> StatementValues:
    """Return values without the half surrogates that UTF-8 can't hold."""
    if _encodes("".join([value for value in values.values() if isinstance(value, str)])):
        return values
    return {
        name: value.encode("utf-8", "backslashreplace").decode()
        if isinstance(value, str)
        else value
        for name, value in values.items()
    }


def _encodes(text: str) -> bool:
    if text.isascii():
        return True
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
