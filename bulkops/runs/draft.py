"""A run that is being planned, out of sight until it is approved, and gone if it never is."""

from __future__ import annotations

import re
import shutil
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from bulkops.engine.ports import World
from bulkops.errors import LedgerError
from bulkops.ledger.interface import RunRecord
from bulkops.ledger.lock import RunLock
from bulkops.ledger.sqlite import SqliteLedger
from bulkops.planning.plan import PlannedCall, PlannedRow
from bulkops.runs.ledger_notes import Note
from bulkops.runs.run_folders import DRAFT, remove_run

LEFT_SECONDS = 3600
"""A draft this old that no process holds was left behind by one that was killed."""


class Draft:
    """The folder and the ledger of a run that is being planned."""

    def __init__(self, folder: Path, world: World) -> None:
        self.folder = folder
        self._world = world
        self._ledger: SqliteLedger | None = None
        self._approved = False

    @property
    def run_id(self) -> str:
        """The id of the run that the draft will be."""
        return self.folder.name.removeprefix(DRAFT)

    async def load(self, record: RunRecord, entries: Iterator[PlannedRow | PlannedCall]) -> None:
        """Keep the whole plan; `record` gets the draft's id. Raises what `entries` raises."""
        self._ledger = SqliteLedger.create(self.folder, replace(record, id=self.run_id))
        await self._ledger.load(entries)

    async def approve(self, notes: Mapping[str, object]) -> Path:
        """Make the draft a run, with what must be known of its beginning; return its folder."""
        if self._ledger is None:
            raise LedgerError(f"{self.run_id} can't be approved: it was not planned yet")
        for key, value in notes.items():
            await self._ledger.note(key, value)
        await self._ledger.note(Note.APPROVED, self._world.stamp())
        await self._ledger.close()
        folder = self.folder.rename(self.folder.with_name(self.run_id))
        self._approved = True
        return folder

    async def end(self) -> None:
        """Let go of the draft: nothing is left of one that was not approved."""
        if self._approved:
            return
        if self._ledger is not None:
            await self._ledger.close()
        remove_run(self.folder)


@asynccontextmanager
async def draft_run(runs_dir: Path, named: str, world: World) -> AsyncIterator[Draft]:
    """Make a draft; when the block ends without approving it, however it ends, it is gone.

    Its run will be `<named>-<UTC yyyymmddThhmmssZ>-<4 hex>`. The folder of runs is kept out of
    version control. Drafts that a killed process left are cleared away.
    """
    _make_ready(runs_dir, world.now())
    draft = Draft(_new_folder(runs_dir, named, world.now(), world.chance), world)
    try:
        yield draft
    finally:
        await draft.end()


def _make_ready(runs_dir: Path, now: datetime) -> None:
    runs_dir.mkdir(parents=True, exist_ok=True)
    ignore = runs_dir / ".gitignore"
    if not ignore.exists():
        ignore.write_text("*\n", encoding="utf-8")
    _sweep(runs_dir, now)


def _new_folder(runs_dir: Path, named: str, now: datetime, chance: Callable[[], float]) -> Path:
    """Make a folder for its owner's eyes only, under a name that no run has."""
    safe = re.sub(r"[^A-Za-z0-9.]+", "-", named).strip("-")
    while True:
        run = f"{safe}-{now:%Y%m%dT%H%M%SZ}-{int(chance() * 0x10000):04x}"
        folder = runs_dir / f"{DRAFT}{run}"
        if (runs_dir / run).exists():
            continue
        try:
            folder.mkdir(mode=0o700)
        except FileExistsError:
            continue
        return folder


def _sweep(runs_dir: Path, now: datetime) -> None:
    for draft in runs_dir.glob(f"{DRAFT}*"):
        if now.timestamp() - draft.stat().st_mtime < LEFT_SECONDS:
            continue
        try:
            RunLock(draft).release()
        except LedgerError:
            # A process is planning it still, however slowly.
            continue
        shutil.rmtree(draft, ignore_errors=True)
