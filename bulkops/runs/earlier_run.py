"""A run that began earlier, opened again: what resume, retry and undo have in common."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from bulkops.definition.catalogue import LoadedJob
from bulkops.definition.job import Job
from bulkops.engine.ports import Broadcast, SheetSecrets, World
from bulkops.engine.signals import Control
from bulkops.errors import ChangedError, Exit
from bulkops.ledger.records import RunRecord
from bulkops.ledger.sqlite import SqliteLedger
from bulkops.ledger.states import RowStatus
from bulkops.reports.run_facts import RunFacts
from bulkops.runs.asker import Asker
from bulkops.runs.confirmation import require_confirmed
from bulkops.runs.execute import OpenRun, carry_out, report_anew
from bulkops.runs.ledger_notes import Meta, Note
from bulkops.runs.next_commands import next_command
from bulkops.runs.outcome import RunOutcome, exit_of
from bulkops.runs.password_sheet import keep_passwords, with_kept_passwords
from bulkops.runs.resume_checks import same_job, same_targets
from bulkops.runs.run_folders import find_run, open_run
from bulkops.runs.taken_back import Original, UndoRun, hear_undos, original_of, tell, undos_of
from bulkops.sheets.input.first_passwords import gives_passwords
from bulkops.targets.connect import Connection, connect
from bulkops.targets.request import Anew, ConductChoice, Request, request_of


@dataclass(frozen=True, slots=True, kw_only=True)
class EarlierRun:
    """A run whose ledger this process holds again, with the job that it began with.

    `request` is how it was asked for, with what was given anew in place of the old. `original` is
    the run that this one takes back, where it is an undo; `undos` are those that take this one
    back.
    """

    folder: Path
    ledger: SqliteLedger
    record: RunRecord
    notes: Mapping[str, Any]
    request: Request
    loaded: LoadedJob
    original: Original | None = None
    undos: Sequence[UndoRun] = ()

    @asynccontextmanager
    async def connected(
        self, conduct: ConductChoice, *, tell: Broadcast, world: World
    ) -> AsyncIterator[Connection]:
        """Reach the targets that the run began on; RefusedError where these are others."""
        async with connect(self.request, self.loaded.job, world=world, tell=tell) as connection:
            same_targets(self.notes[Note.TARGETS], connection.targets)
            require_confirmed(self.loaded.job, connection, conduct.confirm_instance)
            yield connection

    async def carry_on(
        self,
        connection: Connection,
        secrets: SheetSecrets,
        conduct: ConductChoice,
        *,
        asker: Asker,
        tell: Broadcast,
        only: frozenset[int] | None = None,
        left: str = "",
    ) -> RunOutcome:
        """Send what is left of the run, and write its reports.

        Of `only` some rows, where they are given; `left` then says why others are left pending.
        """
        opened = OpenRun(
            folder=self.folder,
            ledger=self.ledger,
            job=self.loaded.job,
            secrets=secrets,
            limits=conduct.limits,
            tell=tell,
            approve_rest=asker.canary,
            only=only,
            left=left,
        )
        place = _password_place(self.loaded.job, self.record)
        await keep_passwords(
            self.folder, self.ledger, self.loaded.job, self.request, secrets, place=place
        )
        outcome = await carry_out(opened, connection)
        if self.original is None:
            return outcome
        trouble = await _tell(self.original, self.ledger)
        return replace(outcome, unwritten=(*outcome.unwritten, *trouble))

    async def taken_back_by(self) -> UndoRun | None:
        """Return the undo that has taken back some of the run, or is about to; None: none has."""
        if not self.undos:
            return None
        undone = (await self.ledger.counts()).get(RowStatus.UNDONE)
        return self.undos[-1] if undone or not self.undos[-1].is_over else None

    async def is_over(self) -> bool:
        """Tell whether nothing is left to send or to settle, and the reports have said so."""
        attempt = self.notes.get(Note.ATTEMPT)
        if attempt is None or attempt["exit"] is None:
            return False
        counts = await self.ledger.counts()
        return not counts.get(RowStatus.PENDING) and not await self.ledger.doubtful()

    async def as_it_is(self, said: str, code: Exit | None = None) -> RunOutcome:
        """Return how the run stands where there is nothing to be done, and say why.

        The exit code is that of its rows, unless another is given.
        """
        counts = await self.ledger.counts()
        facts = RunFacts(targets=(), started_at=self.record.created_at)
        if Note.ATTEMPT in self.notes:
            facts = RunFacts.from_json(self.notes[Note.ATTEMPT])
        return RunOutcome(
            run=self.record.id,
            folder=self.folder,
            counts=counts,
            facts=replace(
                facts,
                exit=int(exit_of(Control(), counts) if code is None else code),
                reason="",
                next_command=await next_command(self.ledger),
            ),
            said=said,
        )


@asynccontextmanager
async def earlier_run(run_name: str | None, anew: Anew) -> AsyncIterator[EarlierRun]:
    """Open a run by its id, a unique prefix of it, or None for the last one.

    What undos have taken back of it is told to its ledger first. Raises UnknownRunError,
    LedgerBusyError where the run is being worked on, and ChangedError where its plan was never
    agreed to, or its job is another one by now.
    """
    folder = find_run(anew.runs_dir, run_name)
    async with open_run(folder) as ledger:
        record, notes = await ledger.run(), await ledger.notes()
        # an attempt begins only after a yes, whatever the notes have lost
        if Note.APPROVED not in notes and Note.ATTEMPT not in notes:
            raise ChangedError(f"{record.id} was planned but never approved: run it anew.")
        request = with_kept_passwords(request_of(record.meta[Meta.REQUEST], anew), folder)
        loaded = same_job(request.job, record)
        await catch_up(folder, ledger)
        async with original_of(folder, record) as original:
            if original is not None:
                await _tell(original, ledger)
            yield EarlierRun(
                folder=folder,
                ledger=ledger,
                record=record,
                notes=notes,
                request=request,
                loaded=loaded,
                original=original,
                undos=await undos_of(folder, notes),
            )


def _password_place(job: Job, record: RunRecord) -> int:
    """Return the place of the sheet of a workbook whose rows have first passwords."""
    giving = {part.name for part in job.each() if gives_passwords(part)}
    sheets = record.meta.get(Meta.SHEETS, ())
    return next((each["place"] for each in sheets if each["job"] in giving), 0)


async def catch_up(folder: Path, ledger: SqliteLedger) -> None:
    """Let a run's ledger know what undos have taken back of it, and its reports say so."""
    if await hear_undos(folder, ledger):
        await report_anew(ledger, folder)


async def _tell(original: Original, undo: SqliteLedger) -> tuple[str, ...]:
    """Let the run that an undo takes back know; return what of its reports can't be written."""
    if not await tell(original.ledger, undo):
        return ()
    written = await report_anew(original.ledger, original.folder)
    return written.unwritten if written else ()
