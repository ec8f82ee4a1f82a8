"""Whether this machine can hold a run: Python, SQLite, and the folder for runs."""

from __future__ import annotations

import os
import platform
import shutil
import sqlite3
import stat
import tempfile
from collections.abc import Iterator
from pathlib import Path

from bulkops import __version__
from bulkops.account.finding import Finding, ok, problem, warning
from bulkops.errors import LedgerBusyError, LedgerError
from bulkops.ledger.file_system import network_file_system
from bulkops.ledger.ledger_file import OLDEST_SQLITE
from bulkops.ledger.lock import RunLock
from bulkops.ledger.records import RunRecord
from bulkops.ledger.sqlite import SqliteLedger

LEAST_FREE = 100 * 2**20
"""Bytes: a run of 200,000 rows keeps about as much."""
ELSEWHERE = "Name a folder on a local disk with --runs-dir."


def versions() -> Iterator[Finding]:
    """Yield what bulkops runs on."""
    yield ok("Python", f"{platform.python_version()}, bulkops {__version__}")
    if sqlite3.sqlite_version_info < OLDEST_SQLITE:
        needed = ".".join(map(str, OLDEST_SQLITE))
        yield problem(
            "SQLite",
            f"{sqlite3.sqlite_version} came with this Python; the ledger needs {needed}. Install "
            "a newer Python.",
        )
    else:
        yield ok("SQLite", sqlite3.sqlite_version)


async def runs_folder(runs_dir: Path) -> Finding:
    """Begin a ledger where runs are kept, and say whether it can be relied upon.

    Nothing is left behind. A folder that is not there yet is not made: the nearest one above it
    is tried.
    """
    if _in_the_way(runs_dir):
        return problem("Runs folder", f"{runs_dir} is no folder. Name another: --runs-dir.")
    place = _nearest(runs_dir)
    if kind := network_file_system(place):
        return problem(
            "Runs folder",
            f"{runs_dir} is on a network's file system ({kind}), where a ledger is not safe and no "
            f"run begins. {ELSEWHERE}",
        )
    try:
        folder = Path(tempfile.mkdtemp(prefix=".bulkops-doctor-", dir=place))
    except OSError as error:
        return problem(
            "Runs folder", f"{place} can't be written: {error.strerror}. Name another: --runs-dir."
        )
    try:
        return await _tried(folder, runs_dir)
    except LedgerError as error:
        return problem("Runs folder", f"{runs_dir}: {error}. {ELSEWHERE}")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _in_the_way(runs_dir: Path) -> bool:
    """Tell whether something else than a folder has the name, such as a link to nowhere."""
    return os.path.lexists(runs_dir) and not runs_dir.is_dir()


def _nearest(folder: Path) -> Path:
    whole = folder.absolute()
    return next(each for each in (whole, *whole.parents) if each.is_dir())


async def _tried(folder: Path, runs_dir: Path) -> Finding:
    ledger = SqliteLedger.create(folder, _RECORD)
    try:
        held = _is_held(folder)
    finally:
        await ledger.close()
    if not held:
        return problem(
            "Runs folder",
            f"{runs_dir}: its file system keeps no locks, so that two processes could work on one "
            f"run. {ELSEWHERE}",
        )
    return _around(folder, runs_dir)


def _around(folder: Path, runs_dir: Path) -> Finding:
    """Return what there is to say of a folder in which a ledger is safe."""
    if os.name == "posix" and stat.S_IMODE(folder.stat().st_mode) & 0o077:
        return warning(
            "Runs folder",
            f"{runs_dir}: its file system keeps no permissions: others on this machine can read "
            f"your runs. {ELSEWHERE}",
        )
    free = shutil.disk_usage(folder).free
    if free < LEAST_FREE:
        return warning("Runs folder", f"{runs_dir}: {free / 2**20:.0f} MB are free: make room.")
    return ok("Runs folder", f"{runs_dir}: can be written, locks hold, {free / 2**30:.0f} GB free")


def _is_held(folder: Path) -> bool:
    """Tell whether a folder whose ledger is open is refused to a second one."""
    try:
        RunLock(folder).release()
    except LedgerBusyError:
        return True
    return False


_RECORD = RunRecord(
    id="doctor",
    job="",
    job_sha256="",
    sheet="",
    sheet_sha256="",
    headers=(),
    version=__version__,
    created_at="",
)
