"""A plan in a file: looked at by one person today, carried out as it was approved tomorrow."""

from __future__ import annotations

import hashlib
import shutil
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bulkops.errors import ChangedError, LedgerError, RefusedError, UnknownRunError
from bulkops.ledger.ledger_file import LEDGER_FILE
from bulkops.ledger.records import RunRecord
from bulkops.ledger.sqlite import SqliteLedger
from bulkops.planning.plan import Action, PlannedRow
from bulkops.planning.rows.row_names import RowNames
from bulkops.planning.target import Target
from bulkops.runs.asker import Asker
from bulkops.runs.inputs.file_digests import changed_files, said_files
from bulkops.runs.ledger_notes import Meta, Note
from bulkops.runs.proposal import Proposal
from bulkops.runs.resume_checks import loaded_for, target_identities
from bulkops.runs.run_folders import open_run
from bulkops.runs.shown_rows import most_of_sheet
from bulkops.runs.summary import Summary
from bulkops.sheets.input.cell_files import FilesFolder
from bulkops.sheets.output.atomic_file import replacing
from bulkops.targets.request import Anew, Request, SheetChoice, request_of

PLAN_SUFFIX = ".bulkplan"
"""How a file is named that holds a plan to be run."""
_NOTHING = "nothing to do"
_MOST_SAID = 5
"""Rows of which it is said how they moved."""
_STILL = (Action.NONE, Action.SKIP)


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedPlan:
    """A plan as it was saved. `rows` are those that change something: number → what was said."""

    path: Path
    record: RunRecord
    request: Request
    sha256: str
    actions: Mapping[str, int]
    targets: Mapping[str, Mapping[str, Any]]
    rows: Mapping[int, str]


def require_readable_again(sheet: SheetChoice) -> None:
    """Refuse to save the plan of a sheet that is gone when the plan is to be run."""
    if sheet.frame is not None:
        raise RefusedError(
            "A plan of a DataFrame can't be saved to be run: its run reads the sheet again, and "
            "the table is in memory alone. Write it to a file and plan that."
        )
    if sheet.path is None:
        raise RefusedError("a plan of standard input can't be saved: its run reads the sheet again")


async def save_plan(proposal: Proposal, path: Path, record: RunRecord) -> None:
    """Walk a proposal to its end and keep the whole plan in one file, for its owner alone.

    The file is a ledger that nothing was sent from. It holds no secret. Raises
    ProblemsFoundError, and SheetError where it can't be written.
    """
    with TemporaryDirectory(prefix="bulkops-plan-") as folder:
        ledger = SqliteLedger.create(Path(folder), replace(record, id=path.name))
        try:
            await ledger.load(proposal.entries(), proposal.turns())
            await ledger.note(Note.PLAN, _facts(proposal))
        finally:
            await ledger.close()
        with replacing(path) as temporary:
            shutil.copyfile(Path(folder) / LEDGER_FILE, temporary)


def _facts(proposal: Proposal) -> dict[str, object]:
    summary = proposal.summary()
    return {
        "sha256": summary.sha256,
        "actions": {action.value: number for action, number in summary.totals.actions.items()},
        "targets": target_identities(proposal.connection.targets),
    }


async def open_plan(path: Path, anew: Anew) -> SavedPlan:
    """Read a saved plan. `anew` may say other credentials, another pace or runs folder.

    Raises UnknownRunError where there is no such file, and ChangedError where it is no plan.
    """
    with TemporaryDirectory(prefix="bulkops-plan-") as folder:
        try:
            shutil.copyfile(path, Path(folder) / LEDGER_FILE)
        except OSError as error:
            raise UnknownRunError(f"There is no plan {path}: {error.strerror}.") from error
        try:
            async with open_run(Path(folder), readonly=True) as ledger:
                record, notes = await ledger.run(), await ledger.notes()
                rows = {
                    row.number: _said(row.action, row.key, row.changes)
                    async for row in ledger.results()
                    if row.action not in _STILL
                }
        except LedgerError as error:
            raise ChangedError(_not_a_plan(path)) from error
    if Note.PLAN not in notes:
        raise ChangedError(_not_a_plan(path))
    return SavedPlan(
        path=path,
        record=record,
        request=request_of(record.meta[Meta.REQUEST], anew),
        rows=rows,
        **notes[Note.PLAN],
    )


def _not_a_plan(path: Path) -> str:
    return f"{path} is not a plan that bulkops saved, or it is damaged: save it anew."


def require_unchanged(saved: SavedPlan) -> None:
    """Raise ChangedError unless job and sheet are, byte by byte, those that were planned."""
    loaded = loaded_for(saved.request.job, saved.record)
    if loaded.sha256 != saved.record.job_sha256:
        raise _moved(
            saved,
            f"the job {saved.record.job} has changed since (the plan is of bulkops"
            f" {saved.record.version})",
        )
    sheet = saved.request.sheet.path
    if sheet is None or not sheet.is_file():
        raise _moved(saved, f"its sheet {sheet} is gone")
    with sheet.open("rb") as stream:
        if hashlib.file_digest(stream, "sha256").hexdigest() != saved.record.sheet_sha256:
            raise _moved(saved, f"its sheet {sheet} has changed since")
    folder = FilesFolder(path=saved.request.sheet.files_folder)
    kept = saved.record.meta.get(Meta.FILES, {})
    other = changed_files(kept, {cell: folder.file(cell, octets=True) for cell in kept})
    if other:
        raise _moved(saved, f"{said_files(other)} has changed since")


def require_same(saved: SavedPlan, summary: Summary, targets: Sequence[Target]) -> None:
    """Raise ChangedError, saying what moved, unless planning now gives what was approved."""
    now = target_identities({target.name: target for target in targets})
    for name, before in saved.targets.items():
        here = now.get(name)
        if here != before:
            found = f"instance {here['instance_id']} of {here['account']}" if here else "none"
            raise _moved(
                saved,
                f"it is for instance {before['instance_id']} of {before['account']},"
                f" {before['region']}, and this is {found}",
            )
    if summary.sha256 != saved.sha256:
        raise _moved(saved, "; ".join(_differences(saved, summary)))


def _moved(saved: SavedPlan, what: str) -> ChangedError:
    return ChangedError(f"{saved.path} can't be carried out as it was approved: {what}. Plan anew.")


def _differences(saved: SavedPlan, summary: Summary) -> Iterator[str]:
    """Yield the totals where they moved, and the first rows that did."""
    totals = {action.value: number for action, number in summary.totals.actions.items()}
    if totals != dict(saved.actions):
        yield f"it was {_counted(saved.actions)}, and is now {_counted(totals)}"
    else:
        yield "what is there has moved"
    names = saved.record.names
    now = {row.number: _of_plan(row) for row in summary.rows}
    is_known = _known_rows(now, names)
    moved = (
        f"{names.said(number)} was {before}, and is now {after}"
        for number in sorted(saved.rows.keys() | now.keys())
        if is_known(number)
        and (before := saved.rows.get(number, _NOTHING)) != (after := now.get(number, _NOTHING))
    )
    yield from islice(moved, _MOST_SAID)


def _known_rows(now: Collection[int], names: RowNames) -> Callable[[int], bool]:
    """Return what tells whether it is known what is done with a row; `now` are those shown.

    Of a sheet with more rows than are shown, the rest is not known; in a workbook, rows to be
    deleted come after the others of their sheet, whatever their numbers.
    """
    last: dict[str, int] = {}
    shown: Counter[str] = Counter()
    for number in now:
        sheet = names.sheet(number)
        shown[sheet] += 1
        last[sheet] = max(number, last.get(sheet, 0))

    def is_known(number: int) -> bool:
        sheet = names.sheet(number)
        whole = shown[sheet] < most_of_sheet(names)
        return number in now or whole or (not names.of_workbook and number <= last[sheet])

    return is_known


def _counted(actions: Mapping[str, int]) -> str:
    return ", ".join(f"{number:,} {action}" for action, number in sorted(actions.items()))


def _of_plan(row: PlannedRow) -> str:
    return _said(row.action, row.key, "; ".join(map(str, row.changes)))


def _said(action: str, key: str, changes: str) -> str:
    return f"{action} of {key}{f' ({changes})' if changes else ''}"


class Approved:
    """An asker that stops a run whose plan is not the saved one; else it passes the question on."""

    def __init__(self, saved: SavedPlan, asker: Asker) -> None:
        self._saved = saved
        self._asker = asker

    def plan(self, summary: Summary, targets: Sequence[Target]) -> bool:
        """Compare the plan with the saved one; ChangedError says what moved."""
        require_same(self._saved, summary, targets)
        return self._asker.plan(summary, targets)

    def canary(self, said: str) -> bool:
        """Pass the question on."""
        return self._asker.canary(said)
