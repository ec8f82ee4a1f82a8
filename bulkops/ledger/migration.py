"""Bringing an older ledger to the schema that this bulkops writes."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from bulkops.errors import LedgerError

_NAME = re.compile(r"(\d{4})_\w+\.sql")


def scripts_in(folder: Traversable) -> Mapping[int, str]:
    """Return migration scripts by the version that each leads to: `0002_what.sql` leads to 2.

    Raises ValueError where the versions don't follow one another from 2 on.
    """
    named = list(folder.iterdir()) if folder.is_dir() else []
    found = {
        int(match[1]): entry.read_text(encoding="utf-8")
        for entry in named
        if (match := _NAME.fullmatch(entry.name))
    }
    if sorted(found) != list(range(2, 2 + len(found))):
        raise ValueError(f"migrations must follow one another from 2 on, not {sorted(found)}")
    return found


@cache
def scripts() -> Mapping[int, str]:
    """Return the migrations of this bulkops; none until the schema changes for the first time."""
    return scripts_in(files("bulkops.ledger").joinpath("migrations"))


def newest(known: Mapping[int, str]) -> int:
    """Return the version that migrations lead to; 1 is the first schema."""
    return max(known, default=1)


def missing(connection: sqlite3.Connection, known: Mapping[int, str]) -> range:
    """Return the versions that a ledger is still to be brought to.

    Raises LedgerError for a ledger that is newer than any migration known.
    """
    found: int = connection.execute("PRAGMA user_version").fetchone()[0]
    if found > newest(known):
        raise LedgerError(
            f"the ledger is of version {found}, and this bulkops knows versions up to "
            f"{newest(known)}: use the bulkops that wrote it, or a later one"
        )
    return range(found + 1, newest(known) + 1)


def migrate(connection: sqlite3.Connection, known: Mapping[int, str]) -> None:
    """Bring a ledger to the newest version.

    Each step commits together with the version that it leads to, so that it runs once and whole.
    Foreign keys must be off on the connection; they are checked before each commit.
    """
    for version in missing(connection, known):
        _step(connection, version, known[version])


def _step(connection: sqlite3.Connection, version: int, script: str) -> None:
    try:
        connection.executescript(f"BEGIN IMMEDIATE;\n{script}\nPRAGMA user_version = {version};")
        _check_references(connection, version)
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def _check_references(connection: sqlite3.Connection, version: int) -> None:
    if connection.execute("PRAGMA foreign_key_check").fetchone() is not None:
        raise LedgerError(f"migration to {version} left records that refer to nothing")


def migrated_copy(connection: sqlite3.Connection, known: Mapping[int, str]) -> sqlite3.Connection:
    """Return the connection, or a migrated copy in memory where its ledger is of an older version.

    For reading alone: the file stays as it is. The connection is closed where a copy takes its
    place.
    """
    if not missing(connection, known):
        return connection
    copy = sqlite3.connect(":memory:", isolation_level=None)
    try:
        connection.backup(copy)
        migrate(copy, known)
    except BaseException:
        copy.close()
        raise
    copy.row_factory = connection.row_factory
    connection.close()
    return copy
