"""Trying the failed rows of a run again, in the same run: as they were, or corrected."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from bulkops.engine.ports import Broadcast, Listener, SheetSecrets, World
from bulkops.errors import RefusedError
from bulkops.ledger.interface import Reopening
from bulkops.ledger.sqlite import SqliteLedger
from bulkops.ledger.states import RowStatus
from bulkops.planning.rows.cells import MASK
from bulkops.planning.rows.table import Record
from bulkops.planning.rows.typed_rows import TypedRow
from bulkops.runs.asker import Asker
from bulkops.runs.corrections import (
    RETRIED,
    Corrections,
    FailedRun,
    chosen_order,
    match,
    passed_over,
    plan_again,
    require_none,
)
from bulkops.runs.earlier_run import EarlierRun, earlier_run
from bulkops.runs.inputs import Inputs, barring, read_sheet
from bulkops.runs.ledger_notes import Meta, Note
from bulkops.runs.outcome import RunOutcome
from bulkops.runs.secrets import (
    CellSecrets,
    CorrectedSecrets,
    Correction,
    FirstOf,
    recalled,
)
from bulkops.targets.connect import Connection
from bulkops.targets.request import Anew, ConductChoice, SheetChoice

WHY = "retry"
"""What the events say of calls that are planned again."""
_LEFT = (RowStatus.PENDING, *RETRIED)
"""Statuses of rows that may still send something."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Retry:
    """A run whose rows are to be tried again."""

    run: EarlierRun
    failed: FailedRun
    accept_changed: bool

    @classmethod
    async def of(cls, run: EarlierRun, conduct: ConductChoice, only: tuple[str, ...]) -> _Retry:
        """Read which rows failed; RefusedError where none ended with one of the codes `only`."""
        failed = await FailedRun.read(run.ledger, only)
        ended = [row for row in failed.rows.values() if row.status in RETRIED]
        if only and not any(map(failed.is_meant, ended)):
            codes = ", ".join(sorted({row.error_code for row in ended})) or "none"
            said = f"No row ended with {', '.join(only)}. What rows ended with: {codes}."
            raise RefusedError(said)
        return cls(run=run, failed=failed, accept_changed=conduct.accept_changed)

    @property
    def is_undo(self) -> bool:
        return bool(self.run.record.meta.get(Meta.UNDOES))

    async def secrets(self) -> SheetSecrets:
        """Return the secrets of the run's own sheet and of earlier corrections."""
        rows = {row.number for row in self.failed.rows.values() if row.status in _LEFT}
        return await recalled(
            self.run,
            accept_changed=self.accept_changed,
            rows=None if self.is_undo else rows,
        )


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
    tell = Broadcast(listener)
    async with earlier_run(run_name, anew) as run:
        doing = await _Retry.of(run, conduct, only)
        async with run.connected(conduct, tell=tell, world=world) as connection:
            if sheet is None:
                found, secrets = _as_they_were(doing), await doing.secrets()
            else:
                there = _in_folder(sheet, run.folder)
                found, secrets = await _corrected(doing, there, connection)
            for passed in found.passed:
                tell("note", text=passed)
            await _reopen(run.ledger, found, world)
            return await run.carry_on(connection, secrets, conduct, asker=asker, tell=tell)


def _in_folder(sheet: SheetChoice, folder: Path) -> SheetChoice:
    """Take a name such as failed.xlsx, where there is no such file here, for the run's report."""
    report = folder / (sheet.path or "")
    if sheet.path is None or sheet.path.exists() or not report.is_file():
        return sheet
    return replace(sheet, path=report)


def _as_they_were(doing: _Retry) -> Corrections:
    found = Corrections()
    for row in doing.failed.rows.values():
        if doing.failed.is_meant(row):
            calls = [call.id for call in doing.failed.to_reopen(row)]
            found.calls.update(calls)
            if not calls:
                found.passed.append(passed_over(row))
    return found


async def _corrected(
    doing: _Retry, sheet: SheetChoice, connection: Connection
) -> tuple[Corrections, SheetSecrets]:
    """Match, plan again, and keep where the corrected secrets are; sends nothing yet."""
    if doing.is_undo:
        raise RefusedError("An undo has no sheet of its own: retry it without --from.")
    choice = replace(sheet, mapping=sheet.mapping or doing.run.request.sheet.mapping)
    inputs = read_sheet(doing.run.loaded, choice, doing.run.request.on_exists)
    rows = list(inputs.order.rows(connection.identities))
    require_none(barring(inputs.headers.problems))
    found = match(doing.failed, inputs, rows)
    require_none(tuple(found.problems))
    old = await _old_secrets(doing, inputs, found)
    records = {
        row.number: _unmasked(inputs, row.number, found.rows[row.number], old)
        for row in rows
        if found.rows.get(row.number) in found.cells
    }
    await plan_again(doing.failed, chosen_order(inputs.order, records), found, connection)
    new = {found.rows[row.number]: row.number for row in rows if _has_secret(doing, row, found)}
    if new:
        correction = Correction(choice=choice, sha256=inputs.table.sha256, rows=new)
        kept = (await doing.run.ledger.notes()).get(Note.CORRECTIONS, [])
        await doing.run.ledger.note(Note.CORRECTIONS, [*kept, correction.as_json()])
    secrets = CellSecrets(inputs.order, identities=connection.identities)
    return found, FirstOf([CorrectedSecrets(secrets, new), old])


def _has_secret(doing: _Retry, row: TypedRow, found: Corrections) -> bool:
    columns = [column.name for column in doing.run.loaded.job.columns if column.secret]
    return row.number in found.rows and any(row.values.get(name) for name in columns)


async def _old_secrets(doing: _Retry, inputs: Inputs, found: Corrections) -> SheetSecrets:
    """Return the secrets of before; they may be gone where no row that is left needs them."""
    secret = any(column.secret for column in doing.run.loaded.job.columns)
    left = {row.number for row in doing.failed.rows.values() if row.status is RowStatus.PENDING}
    masked = any(
        inputs.table.record(number).cells[index].strip() == MASK
        for number in found.rows
        for index in _secret_cells(inputs).values()
    )
    if not secret or (not masked and left <= set(found.rows.values())):
        return CellSecrets(None)
    return await doing.secrets()


def _secret_cells(inputs: Inputs) -> dict[str, int]:
    """Return column → index of the cells of a sheet that hold secrets."""
    return {
        column.name: index
        for column in inputs.job.columns
        for index in inputs.headers.columns.get(column.name, ())
        if column.secret
    }


def _unmasked(inputs: Inputs, number: int, row: int, old: SheetSecrets) -> Record:
    """Return a record with the secrets of before where the report that it came from masked them."""
    record = inputs.table.record(number)
    cells = list(record.cells)
    for column, index in _secret_cells(inputs).items():
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
    await ledger.reopen(Reopening(sorted(found.calls), at=world.stamp(), why=WHY, params=params))
