"""Runs of the past: what became of each, their reports again, and their removal."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from pathlib import Path

from bulkops.errors import LedgerBusyError, LedgerError, ReportError, UnknownRunError
from bulkops.ledger.lock import RunLock
from bulkops.ledger.states import RowStatus
from bulkops.runs.ledger_notes import Meta
from bulkops.runs.next_commands import next_command
from bulkops.runs.outcome import BAD
from bulkops.runs.run_folders import RUN_ID, all_runs, find_run, open_run, remove_run
from bulkops.runs.taken_back import hear_undos, is_undone, undos_named


@dataclass(frozen=True, slots=True, kw_only=True)
class RunLine:
    """One run as a list shows it.

    `state` is running, completed, completed with errors, incomplete (resume goes on with it),
    undone, or unreadable.
    """

    id: str
    folder: Path
    state: str
    job: str = ""
    sheet: str = ""
    name: str = ""
    created_at: str = ""
    rows: int = 0
    counts: Mapping[RowStatus, int]
    sheets: Mapping[str, Mapping[RowStatus, int]] = field(default_factory=dict)
    """Of a workbook: the counts of each sheet, by its name."""
    next_command: str = ""

    def as_json(self) -> dict[str, object]:
        """Return the line as one object for scripts, flat but for the sheets of a workbook."""
        sheets = {name: _counted(counts) for name, counts in self.sheets.items()}
        return {
            "run": self.id,
            "folder": str(self.folder),
            "state": self.state,
            "job": self.job,
            "sheet": self.sheet,
            "name": self.name,
            "created_at": self.created_at,
            "rows": self.rows,
            **_counted(self.counts),
            **({"sheets": sheets} if sheets else {}),
            "next_command": self.next_command,
        }


def _counted(counts: Mapping[RowStatus, int]) -> dict[str, int]:
    return {status.value: counts.get(status, 0) for status in RowStatus}


async def describe_runs(runs_dir: Path, names: Iterable[str] = ()) -> list[RunLine]:
    """Return all runs, oldest first, or those named by id or unique prefix."""
    named = [find_run(runs_dir, name) for name in names]
    return [await _describe(folder) for folder in named or all_runs(runs_dir)]


async def _hear_undos(folder: Path) -> None:
    """Let a run know what an undo has taken back that was killed before it told."""
    async with open_run(folder, readonly=True) as ledger:
        behind = undos_named(await ledger.notes()) and await ledger.standing()
    if behind:
        from bulkops.runs.earlier_run import catch_up  # noqa: PLC0415  # a list needs no engine

        # one that is worked on is told by its undo; one that can't be written stays as it is
        with suppress(LedgerError):
            async with open_run(folder) as ledger:
                await catch_up(folder, ledger)


async def _describe(folder: Path) -> RunLine:
    try:
        await _hear_undos(folder)
        async with open_run(folder, readonly=True) as ledger:
            record, counts = await ledger.run(), await ledger.counts()
            undone, following = await is_undone(ledger), await next_command(ledger)
            sheets = await ledger.counts_by_sheet()
    except LedgerError as error:
        return RunLine(id=folder.name, folder=folder, state=f"unreadable: {error}", counts={})
    return RunLine(
        id=record.id,
        folder=folder,
        state=_state(folder, counts, undone=undone),
        job=record.job,
        sheet=record.sheet,
        name=record.meta.get(Meta.NAME, ""),
        created_at=record.created_at,
        rows=sum(counts.values()),
        counts=counts,
        sheets=sheets,
        next_command=following,
    )


def _state(folder: Path, counts: Mapping[RowStatus, int], *, undone: bool) -> str:
    if _held(folder):
        return "running"
    if undone:
        return "undone"
    if counts.get(RowStatus.PENDING):
        return "incomplete"
    return "completed with errors" if any(counts.get(each) for each in BAD) else "completed"


def _held(folder: Path) -> bool:
    """Tell whether a process works on a run now."""
    try:
        lock = RunLock(folder)
    except LedgerBusyError:
        return True
    except LedgerError:
        # a folder that can't be written is nobody's place of work
        return False
    lock.release()
    return False


async def report_again(runs_dir: Path, run: str | None) -> tuple[Path, ...]:
    """Write a run's reports from its ledger; UnknownRunError where it never got so far.

    Raises ReportError where one can't be written; the others are.
    """
    from bulkops.runs.execute import report_anew  # noqa: PLC0415  # as above

    folder = find_run(runs_dir, run)
    async with open_run(folder) as ledger:
        await hear_undos(folder, ledger)
        written = await report_anew(ledger, folder)
        if written is None:
            raise UnknownRunError(f"{folder.name} has nothing to report yet.")
    if written.unwritten:
        raise ReportError("; ".join(written.unwritten))
    return written.files


def remove(runs_dir: Path, names: Iterable[str]) -> list[Path]:
    """Remove runs with all they hold, or none where one of them can't be.

    Raises UnknownRunError, and LedgerBusyError where one is being worked on.
    """
    folders = list(dict.fromkeys(find_run(runs_dir, name) for name in names))
    if not folders:
        raise UnknownRunError("Name the runs that are to be removed: bulkops runs rm RUN...")
    for folder in folders:
        if not RUN_ID.fullmatch(folder.absolute().name):
            # somebody's own folder, with a ledger in it
            raise UnknownRunError(
                f"{folder} is not named as runs are: if it is only a run's, remove it by hand."
            )
    with ExitStack() as held:
        for folder in folders:
            held.callback(RunLock(folder).release)
        for folder in folders:
            remove_run(folder)
    return folders
