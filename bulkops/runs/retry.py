"""Trying the failed rows of a run again, in the same run: as they were, or corrected."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from bulkops.definition.catalogue import LoadedJob
from bulkops.engine.ports import Broadcast, Listener, SheetSecrets, World
from bulkops.errors import ChangedError, RefusedError
from bulkops.ledger.sqlite import SqliteLedger
from bulkops.ledger.states import RowStatus
from bulkops.planning.rows.cells import MASK
from bulkops.planning.rows.table import Record
from bulkops.planning.rows.typed_rows import TypedRow
from bulkops.runs.corrections import (
    Corrections,
    FailedRun,
    chosen_order,
    match,
    passed_over,
    plan_again,
    require_none,
)
from bulkops.runs.execute import UNDOES, OpenRun, carry_out
from bulkops.runs.folder import find_run
from bulkops.runs.inputs import Intake, errors, take_sheet
from bulkops.runs.outcome import RunOutcome
from bulkops.runs.run import APPROVED_NOTE, TARGETS_NOTE, Asker, guard
from bulkops.runs.secrets import (
    CORRECTIONS_NOTE,
    CellSecrets,
    CorrectedSecrets,
    Correction,
    FirstOf,
    recalled,
)
from bulkops.runs.verify import same_job, same_targets
from bulkops.targets.connect import Connection, connect
from bulkops.targets.request import Anew, ConductChoice, Request, SheetChoice, request_of

WHY = "retry"
"""What the events say of calls that are planned again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Retry:
    """A run whose rows are to be tried again."""

    ledger: SqliteLedger
    run: FailedRun
    request: Request
    loaded: LoadedJob
    accept_changed: bool

    async def secrets(self) -> SheetSecrets:
        """Return the secrets of the run's own sheet and of earlier corrections."""
        rows = {row.number for row in self.run.rows.values() if row.status in _LEFT}
        return await recalled(
            self.ledger,
            self.run.record,
            self.loaded,
            self.request,
            accept_changed=self.accept_changed,
            rows=None if self.run.record.meta.get(UNDOES) else rows,
        )


_LEFT = (RowStatus.PENDING, RowStatus.FAILED, RowStatus.UNKNOWN)


async def retry(
    run_name: str | None,
    anew: Anew,
    conduct: ConductChoice,
    *,
    sheet: SheetChoice | None,
    only: tuple[str, ...],
    asker: Asker,
    listener: Listener,
    world: World,
) -> RunOutcome:
    """Send failed calls again and look again at unknown ones, then go on as `resume` does.

    With `sheet`, only its rows, as they are corrected there; they are matched by key. `only` are
    error codes: rows that ended otherwise are left alone. Raises ProblemsFoundError where a row
    can't be corrected so (nothing was sent), and what `resume` raises.
    """
    folder = find_run(anew.runs_dir, run_name)
    ledger = SqliteLedger.open(folder)
    try:
        notes = await ledger.notes()
        doing = await _retry(ledger, anew, conduct, only)
        if APPROVED_NOTE not in notes:
            raise ChangedError(f"{doing.run.record.id} was planned but never approved.")
        tell = Broadcast(listener)
        async with connect(doing.request, world=world, tell=tell) as connection:
            same_targets(notes[TARGETS_NOTE], connection.targets)
            targets = connection.targets.values()
            guard(doing.loaded.job, targets, conduct.confirm_instance)
            if sheet is None:
                found, secrets = _as_they_were(doing), await doing.secrets()
            else:
                there = _in_folder(sheet, folder)
                found, secrets = await _corrected(doing, there, connection)
            for passed in found.passed:
                tell("note", text=passed)
            await _reopen(ledger, found, world)
            opened = OpenRun(
                folder=folder,
                record=doing.run.record,
                ledger=ledger,
                job=doing.loaded.job,
                secrets=secrets,
                limits=conduct.limits,
                tell=tell,
                approve_rest=asker.canary,
            )
            return await carry_out(opened, connection)
    finally:
        await ledger.close()


def _in_folder(sheet: SheetChoice, folder: Path) -> SheetChoice:
    """Take a name such as failed.xlsx, where there is no such file here, for the run's report."""
    report = folder / (sheet.path or "")
    if sheet.path is None or sheet.path.exists() or not report.is_file():
        return sheet
    return replace(sheet, path=report)


async def _retry(
    ledger: SqliteLedger, anew: Anew, conduct: ConductChoice, only: tuple[str, ...]
) -> _Retry:
    run = await FailedRun.read(ledger, only)
    request = request_of(run.record.meta["request"], anew)
    failed = [row for row in run.rows.values() if row.status in (_LEFT[1:])]
    if only and not any(map(run.is_meant, failed)):
        codes = ", ".join(sorted({row.error_code for row in failed})) or "none"
        raise RefusedError(f"No row ended with {', '.join(only)}. What rows ended with: {codes}.")
    return _Retry(
        ledger=ledger,
        run=run,
        request=request,
        loaded=same_job(request.job, run.record),
        accept_changed=conduct.accept_changed,
    )


def _as_they_were(doing: _Retry) -> Corrections:
    found = Corrections()
    for row in doing.run.rows.values():
        if doing.run.is_meant(row):
            calls = [call.id for call in doing.run.to_reopen(row)]
            found.calls.update(calls)
            if not calls:
                found.passed.append(passed_over(row))
    return found


async def _corrected(
    doing: _Retry, sheet: SheetChoice, connection: Connection
) -> tuple[Corrections, SheetSecrets]:
    """Match, plan again, and keep where the corrected secrets are; sends nothing yet."""
    if doing.run.record.meta.get(UNDOES):
        raise RefusedError("An undo has no sheet of its own: retry it without --from.")
    choice = replace(sheet, mapping=sheet.mapping or doing.request.sheet.mapping)
    intake = take_sheet(doing.loaded, choice, doing.request.on_exists)
    identities = {name: target.identity for name, target in connection.targets.items()}
    rows = list(intake.order.rows(identities))
    require_none(errors(intake.headers.problems))
    found = match(doing.run, intake, rows)
    require_none(tuple(found.problems))
    old = await _old_secrets(doing, intake, found)
    records = {
        row.number: _unmasked(intake, row.number, found.rows[row.number], old)
        for row in rows
        if found.rows.get(row.number) in found.cells
    }
    await plan_again(doing.run, chosen_order(intake.order, records), found, connection)
    new = {found.rows[row.number]: row.number for row in rows if _has_secret(doing, row, found)}
    if new:
        correction = Correction(choice=choice, sha256=intake.table.sha256, rows=new)
        kept = (await doing.ledger.notes()).get(CORRECTIONS_NOTE, [])
        await doing.ledger.note(CORRECTIONS_NOTE, [*kept, correction.as_json()])
    return found, FirstOf([CorrectedSecrets(CellSecrets(intake.order), new), old])


def _has_secret(doing: _Retry, row: TypedRow, found: Corrections) -> bool:
    columns = [column.name for column in doing.loaded.job.columns if column.secret]
    return row.number in found.rows and any(row.values.get(name) for name in columns)


async def _old_secrets(doing: _Retry, intake: Intake, found: Corrections) -> SheetSecrets:
    """Return the secrets of before; they may be gone where no row that is left needs them."""
    secret = any(column.secret for column in doing.loaded.job.columns)
    left = {row.number for row in doing.run.rows.values() if row.status is RowStatus.PENDING}
    masked = any(
        intake.table.record(number).cells[index].strip() == MASK
        for number in found.rows
        for index in _secret_cells(intake).values()
    )
    if not secret or (not masked and left <= set(found.rows.values())):
        return CellSecrets(None)
    return await doing.secrets()


def _secret_cells(intake: Intake) -> dict[str, int]:
    """Return column → index of the cells of a sheet that hold secrets."""
    return {
        column.name: index
        for column in intake.loaded.job.columns
        for index in intake.headers.columns.get(column.name, ())
        if column.secret
    }


def _unmasked(intake: Intake, number: int, row: int, old: SheetSecrets) -> Record:
    """Return a record with the secrets of before where the report that it came from masked them."""
    record = intake.table.record(number)
    cells = list(record.cells)
    for column, index in _secret_cells(intake).items():
        if cells[index].strip() == MASK:
            cells[index] = _secret(old, row, column, cells[index])
    return Record(number, tuple(cells))


def _secret(old: SheetSecrets, row: int, column: str, masked: str) -> str:
    """Return the secret of before; where there was none, the mask stays and is a problem."""
    try:
        return old(row, column)
    except KeyError:
        return masked


async def _reopen(ledger: SqliteLedger, found: Corrections, world: World) -> None:
    """Put the corrected texts in the ledger, then let the calls be sent again."""
    for row, cells in found.cells.items():
        await ledger.replace_cells(row, cells)
    params: dict[int, Any] = dict(found.params)
    await ledger.reopen(sorted(found.calls), at=world.stamp(), why=WHY, params=params)
