"""Where runs live, a folder each: found by id, by how it begins, or as the last; and drafts."""

from __future__ import annotations

import re
import shutil
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

from bulkops.errors import LedgerError, UnknownRunError
from bulkops.ledger.file_system import require_local
from bulkops.ledger.ledger_file import LEDGER_FILE
from bulkops.ledger.lock import RunLock
from bulkops.ledger.private_files import sync_folder
from bulkops.ledger.sqlite import SqliteLedger
from bulkops.ledger.traces import has_begun
from bulkops.runs.ledger_notes import Note
from bulkops.runs.runs_dir_checks import require_folder

RUN_ID = re.compile(r"[^.].*-\d{8}T\d{6}Z-[0-9a-f]{4}")
DRAFT = ".planning-"
"""A run has this before its name until it is approved: a draft is not listed, nor gone on with."""


@asynccontextmanager
async def open_run(folder: Path, *, readonly: bool = False) -> AsyncIterator[SqliteLedger]:
    """Open a run's ledger for a block; with `readonly` beside a process that works on the run.

    Otherwise raises LedgerBusyError where there is such a process, and NetworkFolderError where
    the folder is on a network's file system.
    """
    if not readonly:
        require_local(folder)
    ledger = SqliteLedger.open(folder, readonly=readonly)
    try:
        yield ledger
    finally:
        await ledger.close()


def all_runs(runs_dir: Path) -> list[Path]:
    """Return the folders of all runs, oldest first; a link to one is none.

    An approved plan whose process died before it had a run's name gets it here.
    """
    require_folder(runs_dir)
    if not runs_dir.is_dir():
        return []
    finish_all_approved(runs_dir)
    found = (
        (folder.name[-21:-5], folder.lstat().st_mtime_ns, folder)
        for folder in runs_dir.iterdir()
        if RUN_ID.fullmatch(folder.name) and folder.is_dir() and not folder.is_symlink()
    )
    return [folder for _, _, folder in sorted(found)]


def find_run(runs_dir: Path, run: str | None) -> Path:
    """Return a run's folder by its id, a unique prefix, its path, or None for the last run.

    Raises UnknownRunError, naming the runs that could be meant.
    """
    runs = all_runs(runs_dir)
    if run is None:
        if not runs:
            raise UnknownRunError(f"There is no run in {runs_dir} yet.")
        return runs[-1]
    path = Path(run)
    if (path / LEDGER_FILE).exists() or (RUN_ID.fullmatch(path.name) and path.is_dir()):
        return _at(path)
    found = [folder for folder in runs if folder.name == run]
    found = found or [folder for folder in runs if folder.name.startswith(run)]
    if len(found) == 1:
        return found[0]
    named = ", ".join(folder.name for folder in (found or runs[-5:])) or "none"
    if found:
        raise UnknownRunError(f'"{run}": more than one run begins so in {runs_dir}: {named}.')
    raise UnknownRunError(
        f'"{run}": there is no such run in {runs_dir}. The last ones there: {named}.'
    )


def _at(path: Path) -> Path:
    """Return the run in a folder; UnknownRunError where it holds a plan that nobody approved."""
    # a link may hide what a folder's own name says
    folder = path.resolve() if path.is_symlink() or path.name in ("", "..") else path
    if not folder.name.startswith(DRAFT):
        return folder
    try:
        run = finish_approved(folder)
    except OSError as error:
        raise LedgerError(f"{path} can't be given the name of its run: {error.strerror}") from error
    if run is None:
        raise UnknownRunError(
            f"{path} is no run: it is a plan that nobody has approved, from which nothing was "
            "sent. Run the sheet anew."
        )
    return run


def remove_run(folder: Path) -> None:
    """Delete a run's folder with all it holds."""
    try:
        shutil.rmtree(folder)
    except OSError as error:
        raise LedgerError(f"{folder} can't be removed: {error.strerror}") from error


def drafts(runs_dir: Path) -> Iterator[Path]:
    """Yield the folders that have a draft's name; a link to one is none."""
    for folder in runs_dir.glob(f"{DRAFT}*"):
        if folder.is_dir() and not folder.is_symlink():
            yield folder


def take_name(draft: Path) -> Path:
    """Give an approved draft the name of its run, for good, and return its folder."""
    run = draft.with_name(draft.name.removeprefix(DRAFT))
    try:
        draft.rename(run)
    except FileNotFoundError:
        # another process found it approved and has renamed it already
        if not run.is_dir():
            raise
    sync_folder(run.parent)
    return run


def finish_approved(draft: Path) -> Path | None:
    """Return the run that a draft turns out to be whose process died before it was renamed.

    None where it was never approved. Raises LedgerBusyError where a process holds it, LedgerError
    where that can't be known, and OSError where it can't be renamed.
    """
    if not (draft / LEDGER_FILE).exists():
        # its process has made the folder, and not taken it yet
        return None
    RunLock(draft).release()
    begun = has_begun(draft, Note.APPROVED)
    if begun is None:
        raise LedgerError(f"{draft} can't be read: whether its plan was approved is not known")
    return take_name(draft) if begun else None


def finish_all_approved(runs_dir: Path) -> None:
    """Make runs of all drafts that were approved; in a folder that can't be written, none."""
    for draft in drafts(runs_dir):
        with suppress(OSError, LedgerError):
            finish_approved(draft)
