"""Where runs live: one folder each, found again by id, prefix, or as the last one."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from bulkops.api.ending import UnknownRunError

RUN_ID = re.compile(r".+-\d{8}T\d{6}Z-[0-9a-f]{4}")
LEDGER_FILE = "ledger.sqlite"


def new_run(runs_dir: Path, job: str, now: datetime, chance: Callable[[], float]) -> Path:
    """Make the folder of a new run, for its owner's eyes only, and return it.

    The name is `<job>-<UTC yyyymmddThhmmssZ>-<4 hex>`. The parent is kept out of version control.
    """
    runs_dir.mkdir(parents=True, exist_ok=True)
    ignore = runs_dir / ".gitignore"
    if not ignore.exists():
        ignore.write_text("*\n", encoding="utf-8")
    safe_job = re.sub(r"[^A-Za-z0-9.]+", "-", job).strip("-")
    while True:
        folder = runs_dir / f"{safe_job}-{now:%Y%m%dT%H%M%SZ}-{int(chance() * 0x10000):04x}"
        try:
            folder.mkdir(mode=0o700)
        except FileExistsError:
            continue
        return folder


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
