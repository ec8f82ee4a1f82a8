"""Where runs live: one folder each, found again by id, prefix, or as the last one."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from bulkops.errors import LedgerError, UnknownRunError
from bulkops.ledger.ledger_file import LEDGER_FILE
from bulkops.ledger.lock import RunLock

RUN_ID = re.compile(r".+-\d{8}T\d{6}Z-[0-9a-f]{4}")
DRAFT = ".planning-"
"""A run has this before its name until it is approved, so that nothing goes on with a draft."""
LEFT_SECONDS = 3600
"""Age from which on a draft that no process holds was left behind by one."""


def new_draft(runs_dir: Path, job: str, now: datetime, chance: Callable[[], float]) -> Path:
    """Make the folder of a run that is being planned, for its owner's eyes only, and return it.

    Its run will be `<job>-<UTC yyyymmddThhmmssZ>-<4 hex>`. The parent is kept out of version
    control. Drafts that a killed process left are cleared away.
    """
    runs_dir.mkdir(parents=True, exist_ok=True)
    ignore = runs_dir / ".gitignore"
    if not ignore.exists():
        ignore.write_text("*\n", encoding="utf-8")
    _sweep(runs_dir, now)
    safe_job = re.sub(r"[^A-Za-z0-9.]+", "-", job).strip("-")
    while True:
        run = f"{safe_job}-{now:%Y%m%dT%H%M%SZ}-{int(chance() * 0x10000):04x}"
        draft = runs_dir / f"{DRAFT}{run}"
        if (runs_dir / run).exists():
            continue
        try:
            draft.mkdir(mode=0o700)
        except FileExistsError:
            continue
        return draft


def run_id(draft: Path) -> str:
    """Return the id of the run that a draft will be."""
    return draft.name.removeprefix(DRAFT)


def keep(draft: Path) -> Path:
    """Make a draft the run that it was to be; return the run's folder."""
    return draft.rename(draft.with_name(run_id(draft)))


def _sweep(runs_dir: Path, now: datetime) -> None:
    for draft in runs_dir.glob(f"{DRAFT}*"):
        if now.timestamp() - draft.stat().st_mtime < LEFT_SECONDS:
            continue
        try:
            RunLock(draft).release()
        except LedgerError:
            continue
        shutil.rmtree(draft, ignore_errors=True)


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
