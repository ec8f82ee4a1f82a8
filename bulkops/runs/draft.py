"""A run that is being planned, out of sight until it is approved, and gone if it never is."""

from __future__ import annotations

import re
import shutil
from collections.abc import AsyncIterator, Callable, Iterable, Iterator, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from bulkops.engine.ports import World
from bulkops.errors import LedgerError
from bulkops.ledger.ledger_file import LEDGER_FILE
from bulkops.ledger.lock import RunLock
from bulkops.ledger.private_files import make_private_folder, sync_folder
from bulkops.ledger.records import RunRecord, Turn
from bulkops.ledger.sqlite import SqliteLedger
from bulkops.ledger.traces import has_begun
from bulkops.planning.plan import PlannedCall, PlannedRow
from bulkops.runs.ledger_notes import Note
from bulkops.runs.run_folders import DRAFT, drafts, finish_all_approved, take_name
from bulkops.runs.runs_dir_checks import make_ready

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

    async def load(
        self,
        record: RunRecord,
        entries: Iterator[PlannedRow | PlannedCall],
        turns: Iterable[Turn] = (),
    ) -> None:
        """Keep the whole plan; `record` gets the draft's id. Raises what `entries` raises.

        `turns` are asked for after that.
        """
        self._ledger = SqliteLedger.create(self.folder, replace(record, id=self.run_id))
        await self._ledger.load(entries, turns)

    async def approve(self, notes: Mapping[str, object]) -> Path:
        """Make the draft a run, with what must be known of its beginning; return its folder."""
        if self._ledger is None:
            raise LedgerError(f"{self.run_id} can't be approved: it was not planned yet")
        if loss := await self._ledger.lost():
            raise LedgerError(
                f"{self.folder} {loss.said} while it was planned: nothing was sent, plan anew"
            )
        for key, value in notes.items():
            await self._ledger.note(key, value)
        sync_folder(self.folder)
        # this commit is the approval; a crash after it leaves a run that only lacks its name
        await self._ledger.note(Note.APPROVED, self._world.stamp())
        self._approved = True
        await self._ledger.close()
        try:
            return take_name(self.folder)
        except OSError as error:
            raise LedgerError(
                f"{self.folder} can't be renamed to {self.run_id}: {error.strerror}. Its plan is "
                f"approved, and nothing was sent: bulkops resume {self.run_id}"
            ) from error

    async def end(self) -> None:
        """Let go of the draft: nothing is left of one that was not approved."""
        if self._approved:
            return
        if self._ledger is not None:
            await self._ledger.close()
        shutil.rmtree(self.folder, ignore_errors=True)


@asynccontextmanager
async def draft_run(runs_dir: Path, named: str, world: World) -> AsyncIterator[Draft]:
    """Make a draft; when the block ends without approving it, however it ends, it is gone.

    Its run will be `<named>-<UTC yyyymmddThhmmssZ>-<4 hex>`. The folder of runs is kept out of
    version control. Drafts that a killed process left are cleared away.
    """
    make_ready(runs_dir)
    _sweep(runs_dir, world.now())
    draft = Draft(_new_folder(runs_dir, named, world.now(), world.chance), world)
    try:
        yield draft
    finally:
        await draft.end()


def _new_folder(runs_dir: Path, named: str, now: datetime, chance: Callable[[], float]) -> Path:
    """Make a folder for its owner's eyes only, under a name that no run has."""
    safe = re.sub(r"[^A-Za-z0-9.]+", "-", named).strip("-")
    while any(runs_dir.glob(f"*-{now:%Y%m%dT%H%M%SZ}-*")):
        # of two runs of one second nobody could tell which is the last
        now += timedelta(seconds=1)
    while True:
        run = f"{safe}-{now:%Y%m%dT%H%M%SZ}-{int(chance() * 0x10000):04x}"
        folder = runs_dir / f"{DRAFT}{run}"
        if (runs_dir / run).exists():
            continue
        try:
            make_private_folder(folder)
        except FileExistsError:
            continue
        except OSError as error:
            raise LedgerError(f"{folder} can't be made: {error.strerror}") from error
        return folder


def _sweep(runs_dir: Path, now: datetime) -> None:
    """Clear away what killed processes left of their planning, and nothing that was approved."""
    finish_all_approved(runs_dir)
    for draft in drafts(runs_dir):
        # one that was approved in this very moment has its run's name by now
        with suppress(FileNotFoundError):
            if now.timestamp() - _touched(draft) >= LEFT_SECONDS:
                _clear(draft)


def _touched(draft: Path) -> float:
    """Return when a draft was last written to; looking at it changes the folder alone."""
    ledger = draft / LEDGER_FILE
    return (ledger if ledger.exists() else draft).stat().st_mtime


def _clear(draft: Path) -> None:
    """Delete a draft that no process holds and that was surely never approved."""
    try:
        lock = RunLock(draft)
    except LedgerError:
        # a process is planning it still, however slowly
        return
    try:
        # what can't be read may have sent something: it stays for a person to look at
        if has_begun(draft, Note.APPROVED) is False:
            shutil.rmtree(draft, ignore_errors=True)
    finally:
        lock.release()
