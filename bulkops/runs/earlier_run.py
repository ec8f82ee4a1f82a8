"""A run that began earlier, opened again: what resume, retry and undo have in common."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bulkops.definition.catalogue import LoadedJob
from bulkops.engine.ports import Broadcast, SheetSecrets, World
from bulkops.errors import ChangedError
from bulkops.ledger.interface import RunRecord
from bulkops.ledger.sqlite import SqliteLedger
from bulkops.runs.asker import Asker
from bulkops.runs.confirmation import require_confirmed
from bulkops.runs.execute import OpenRun, carry_out
from bulkops.runs.ledger_notes import Meta, Note
from bulkops.runs.outcome import RunOutcome
from bulkops.runs.resume_checks import same_job, same_targets
from bulkops.runs.run_folders import find_run, open_run
from bulkops.targets.connect import Connection, connect
from bulkops.targets.request import Anew, ConductChoice, Request, request_of


@dataclass(frozen=True, slots=True, kw_only=True)
class EarlierRun:
    """A run whose ledger this process holds again, with the job that it began with.

    `request` is how it was asked for, with what was given anew in place of the old.
    """

    folder: Path
    ledger: SqliteLedger
    record: RunRecord
    notes: Mapping[str, Any]
    request: Request
    loaded: LoadedJob

    @asynccontextmanager
    async def connected(
        self, conduct: ConductChoice, *, tell: Broadcast, world: World
    ) -> AsyncIterator[Connection]:
        """Reach the targets that the run began on; RefusedError where these are others."""
        async with connect(self.request, world=world, tell=tell) as connection:
            same_targets(self.notes[Note.TARGETS], connection.targets)
            targets = connection.targets.values()
            require_confirmed(self.loaded.job, targets, conduct.confirm_instance)
            yield connection

    async def carry_on(
        self,
        connection: Connection,
        secrets: SheetSecrets,
        conduct: ConductChoice,
        *,
        asker: Asker,
        tell: Broadcast,
    ) -> RunOutcome:
        """Send what is left of the run, and write its reports."""
        opened = OpenRun(
            folder=self.folder,
            ledger=self.ledger,
            job=self.loaded.job,
            secrets=secrets,
            limits=conduct.limits,
            tell=tell,
            approve_rest=asker.canary,
        )
        return await carry_out(opened, connection)


@asynccontextmanager
async def earlier_run(run_name: str | None, anew: Anew) -> AsyncIterator[EarlierRun]:
    """Open a run by its id, a unique prefix of it, or None for the last one.

    Raises UnknownRunError, LedgerBusyError where the run is being worked on, and ChangedError
    where its plan was never agreed to, or its job is another one by now.
    """
    folder = find_run(anew.runs_dir, run_name)
    async with open_run(folder) as ledger:
        record, notes = await ledger.run(), await ledger.notes()
        # an attempt begins only after a yes, whatever the notes have lost
        if Note.APPROVED not in notes and Note.ATTEMPT not in notes:
            raise ChangedError(f"{record.id} was planned but never approved: run it anew.")
        request = request_of(record.meta[Meta.REQUEST], anew)
        yield EarlierRun(
            folder=folder,
            ledger=ledger,
            record=record,
            notes=notes,
            request=request,
            loaded=same_job(request.job, record),
        )
