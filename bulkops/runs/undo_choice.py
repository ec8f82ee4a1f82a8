"""Which run is meant to be taken back, and whether there is anything of it to take back."""

from __future__ import annotations

from pathlib import Path

from bulkops.ledger.states import RowStatus
from bulkops.runs.earlier_run import EarlierRun
from bulkops.runs.ledger_notes import Meta
from bulkops.runs.run_folders import all_runs, find_run, open_run
from bulkops.runs.taken_back import is_undone, undos_named, undos_of


async def chosen(runs_dir: Path, run_name: str | None) -> Path:
    """Return the run that is meant: where none is named, the last one that is there to undo."""
    if run_name is not None:
        return find_run(runs_dir, run_name)
    undone = None
    for folder in reversed(all_runs(runs_dir)):
        async with open_run(folder, readonly=True) as ledger:
            if Meta.UNDOES in (await ledger.run()).meta:
                continue
            if not await is_undone(ledger):
                return folder
            undone = undone or folder
    return undone or find_run(runs_dir, None)


async def begun_undo(folder: Path) -> Path | None:
    """Return the undo of a run that was begun and has something left to do."""
    async with open_run(folder, readonly=True) as ledger:
        undos = await undos_of(folder, await ledger.notes())
    return next((each.folder for each in undos if not each.is_over), None)


async def why_nothing(run: EarlierRun) -> str:
    """Say why there is nothing to take back of a run."""
    counts = await run.ledger.counts()
    if not counts.get(RowStatus.UNDONE):
        return f"There is nothing to take back: {run.record.id} has changed nothing."
    # one that was promised, and never approved, is not there; nor is one that was removed
    by = run.undos[-1].id if run.undos else undos_named(run.notes)[-1]
    said = f"{run.record.id} is already undone by {by}"
    if any(each.id == by and each.is_undone for each in run.undos):
        return f"{said}, which was taken back itself: see `bulkops runs`."
    return f"{said}. To take that back: bulkops undo {by}"
