"""Trying the failed rows of a run again, in the same run: as they were, or corrected."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from bulkops.engine.ports import Broadcast, Listener, SheetSecrets, World
from bulkops.errors import RefusedError
from bulkops.ledger.call_changes import Reopening
from bulkops.runs.accepted_sheet import changed_inputs
from bulkops.runs.asker import Asker
from bulkops.runs.corrected_sheets import CorrectedSheets
from bulkops.runs.corrections import Corrections, FailedRun, add_waiting, plan_again
from bulkops.runs.earlier_run import EarlierRun, earlier_run
from bulkops.runs.ended_rows import EndedRows, open_calls
from bulkops.runs.inputs.flow_mappings import mapped_as
from bulkops.runs.inputs.job_inputs import read_again
from bulkops.runs.ledger_notes import Meta, Note
from bulkops.runs.outcome import RunOutcome
from bulkops.runs.retry_summary import RetriedRows, retry_summary
from bulkops.runs.secrets import (
    CellSecrets,
    CorrectedSecrets,
    Correction,
    FirstOf,
    recalled,
    sheet_secrets,
)
from bulkops.runs.summary import Summary
from bulkops.targets.connect import Connection
from bulkops.targets.request import Anew, ConductChoice, SheetChoice

WHY = "retry"
"""What the events say of calls that are planned again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Retry:
    """A run whose rows are to be tried again; `only` are the codes of those that are meant."""

    run: EarlierRun
    ended: EndedRows
    only: tuple[str, ...]
    accept_changed: bool

    @classmethod
    async def of(cls, run: EarlierRun, conduct: ConductChoice, only: tuple[str, ...]) -> _Retry:
        """Read which rows failed; RefusedError where none ended with one of the codes `only`."""
        ended = await EndedRows.read(run.ledger, only)
        if only and ended.codes.isdisjoint(only):
            codes = ", ".join(sorted(ended.codes)) or "none"
            said = f"No row ended with {', '.join(only)}. What rows ended with: {codes}."
            raise RefusedError(said)
        return cls(run=run, ended=ended, only=only, accept_changed=conduct.accept_changed)

    @property
    def is_undo(self) -> bool:
        return bool(self.run.record.meta.get(Meta.UNDOES))

    async def secrets(self) -> SheetSecrets:
        """Return the secrets of the run's own sheet and of earlier corrections."""
        return await recalled(
            self.run,
            accept_changed=self.accept_changed,
            rows=None if self.is_undo else self.ended.numbers,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    """What is to be tried again, and the secrets that it takes.

    `correction` says where new ones are, for whoever goes on with the run.
    """

    corrections: Corrections
    secrets: SheetSecrets
    correction: Correction | None = None


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
) -> RunOutcome | None:
    """Send failed calls again and look again at unknown ones; None where the asker said no.

    With `sheet`, only its rows, as they are corrected there; they are matched by key. `only` are
    error codes: rows that ended otherwise are left alone. So are rows that were never tried:
    `resume` goes on with those. Raises ProblemsFoundError where a row can't be corrected so
    (nothing was sent), and what `resume` raises.
    """
    tell = Broadcast(listener)
    async with earlier_run(run_name, anew) as run:
        doing = await _Retry.of(run, conduct, only)
        async with run.connected(conduct, tell=tell, world=world) as connection:
            found = await _found(doing, sheet, connection)
            for passed in found.corrections.passed:
                tell("note", text=passed)
            if not found.corrections.meant:
                return await run.as_it_is(f"No row of {run.record.id} is to be tried again.")
            rows = await RetriedRows.count(run.ledger, run.record.id, found.corrections)
            targets = tuple(connection.targets.values())
            if not asker.plan(await _summary(doing, rows, found, connection), targets):
                return None
            await _reopen(run, found, world)
            return await run.carry_on(
                connection,
                found.secrets,
                conduct,
                asker=asker,
                tell=tell,
                only=frozenset(found.corrections.meant),
                left=rows.left,
            )


async def _summary(
    doing: _Retry, rows: RetriedRows, found: _Found, connection: Connection
) -> Summary:
    undo = await doing.run.taken_back_by()
    taken_back = (f"{doing.run.record.id} was taken back by {undo.id}.",) if undo else ()
    return retry_summary(doing.run.record, rows, found.corrections, connection, taken_back)


async def _found(doing: _Retry, sheet: SheetChoice | None, connection: Connection) -> _Found:
    """Find what is to be tried again, and how; sends nothing that changes anything."""
    if sheet is not None:
        return await _corrected(doing, _in_folder(sheet, doing.run.folder), connection)
    if doing.accept_changed and not doing.is_undo and changed_inputs(doing.run) is not None:
        # what the sheet says now is what is to be sent, or the old values would be
        return await _corrected(doing, doing.run.request.sheet, connection, whole=True)
    return _Found(corrections=await _as_they_were(doing), secrets=await doing.secrets())


def _in_folder(sheet: SheetChoice, folder: Path) -> SheetChoice:
    """Take a name such as failed.xlsx, where there is no such file here, for the run's report."""
    report = folder / (sheet.path or "")
    if sheet.path is None or sheet.path.exists() or not report.is_file():
        return sheet
    return replace(sheet, path=report)


async def _as_they_were(doing: _Retry) -> Corrections:
    # what waits for a row that failed goes on with it
    meant = await doing.run.ledger.waiting(doing.ended.meant)
    calls = await open_calls(doing.run.ledger, meant)
    return Corrections(
        meant=set(meant), calls=calls.reopened, passed=list(doing.ended.passed), open_calls=calls
    )


async def _corrected(
    doing: _Retry, sheet: SheetChoice, connection: Connection, *, whole: bool = False
) -> _Found:
    """Match a sheet's rows with those that failed, and plan them again.

    `whole`: the sheet has all rows of the run, of which only those that failed are meant.
    """
    if doing.is_undo:
        raise RefusedError("An undo has no sheet of its own: retry it without --from.")
    failed = await FailedRun.read(doing.run.ledger, doing.run.loaded.job, doing.only)
    first = doing.run.request.sheet
    choice = replace(
        sheet,
        mapping=sheet.mapping or first.mapping,
        files_dir=sheet.files_dir or first.files_folder,  # the failed rows lie elsewhere
    )
    inputs = read_again(doing.run.loaded, choice, doing.run.request.on_exists)
    kept = doing.run.record.meta.get(Meta.FLOW_MAPPING, ())
    inputs = replace(inputs, orders=mapped_as(inputs.orders, kept))
    sheets = CorrectedSheets.read(failed, inputs, connection, whole=whole)
    found = sheets.found
    old = await doing.secrets() if sheets.are_masked() else CellSecrets(None)
    await plan_again(failed, doing.run.loaded.job, sheets.orders(old), found, connection)
    await add_waiting(doing.run.ledger, found)
    if found.meant - set(found.rows.values()):
        old = await doing.secrets()  # what waits for these rows is on the run's own sheet
    new = sheets.with_secrets()
    secrets = sheet_secrets(inputs.orders, identities=connection.identities)
    return _Found(
        corrections=found,
        secrets=FirstOf([CorrectedSecrets(secrets, new), old]),
        correction=Correction(choice=choice, sha256=inputs.sha256, rows=new) if new else None,
    )


async def _reopen(run: EarlierRun, found: _Found, world: World) -> None:
    """Keep where corrected secrets are, then take in at once what is new and what is tried again.

    The note alone changes nothing; the calls alone could not be sent by whoever goes on.
    """
    if found.correction is not None:
        kept = run.notes.get(Note.CORRECTIONS, [])
        await run.ledger.note(Note.CORRECTIONS, [*kept, found.correction.as_json()])
    calls = sorted(found.corrections.calls)
    await run.ledger.replan(
        found.corrections.replanning, Reopening(calls, at=world.stamp(), why=WHY)
    )
