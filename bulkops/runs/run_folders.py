"""Where runs live: one folder each, found again by its id, by how that begins, or as the last."""

from __future__ import annotations

import re
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from bulkops.errors import UnknownRunError
from bulkops.ledger.ledger_file import LEDGER_FILE
from bulkops.ledger.sqlite import SqliteLedger

RUN_ID = re.compile(r"[^.].*-\d{8}T\d{6}Z-[0-9a-f]{4}")
DRAFT = ".planning-"
"""A run has this before its name until it is approved: a draft is not listed, nor gone on with."""


@asynccontextmanager
async def open_run(folder: Path, *, readonly: bool = False) -> AsyncIterator[SqliteLedger]:
    """Open a run's ledger for a block; with `readonly` beside a process that works on the run.

    Otherwise raises LedgerBusyError where there is such a process.
    """
    ledger = SqliteLedger.open(folder, readonly=readonly)
    try:
        yield ledger
    finally:
        await ledger.close()


def all_runs(runs_dir: Path) -> list[Path]:
    """Return the folders of all runs, oldest first."""
    if not runs_dir.is_dir():
        return []
    found = [
        folder
        for folder in runs_dir.iterdir()
        if RUN_ID.fullmatch(folder.name) and (folder / LEDGER_FILE).exists()
    ]
    return sorted(found, key=lambda folder: (folder.name[-21:-5], folder.stat().st_mtime_ns))


def find_run(runs_dir: Path, run: str | None) -> Path:
    """Return a run's folder by its id, a unique prefix, its path, or None for the last run.

    Raises UnknownRunError, naming the runs that could be meant.
    """
    runs = all_runs(runs_dir)
    if run is None:
        if not runs:
            raise UnknownRunError(f"There is no run in {runs_dir} yet.")
        return runs[-1]
    if (Path(run) / LEDGER_FILE).exists():
        return Path(run)
    found = [folder for folder in runs if folder.name == run]
    found = found or [folder for folder in runs if folder.name.startswith(run)]
    if len(found) == 1:
        return found[0]
    named = ", ".join(folder.name for folder in (found or runs[-5:])) or "none"
    said = "more than one run begins so" if found else "there is no such run"
    raise UnknownRunError(f'"{run}": {said} in {runs_dir}: {named}.')


def remove_run(folder: Path) -> None:
    """Delete a run's folder with all it holds."""
    shutil.rmtree(folder)
