"""Running a job on a sheet, and going on with a run that was cut off."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Protocol

from bulkops import __version__
from bulkops.definition.job import Job, verb
from bulkops.engine.ports import Broadcast, Listener, World
from bulkops.errors import RefusedError
from bulkops.ledger.interface import RunRecord
from bulkops.ledger.sqlite import SqliteLedger
from bulkops.planning.target import Target
from bulkops.runs.backup import keep_before
from bulkops.runs.check import sheet_before_target
from bulkops.runs.execute import OpenRun, carry_out
from bulkops.runs.folder import keep, new_draft, remove_run, run_id
from bulkops.runs.inputs import Intake, take_in
from bulkops.runs.outcome import RunOutcome
from bulkops.runs.plan import Proposal, Summary, propose
from bulkops.runs.secrets import CellSecrets
from bulkops.runs.verify import target_identities
from bulkops.targets.connect import connect
from bulkops.targets.request import ConductChoice, Request, remembered

APPROVED_NOTE, TARGETS_NOTE = "approved_at", "targets"


class Asker(Protocol):
    """Whoever decides whether a plan is carried out."""

    def plan(self, summary: Summary, targets: Sequence[Target]) -> bool:
        """Look at a plan; say whether it is to be carried out."""
        ...

    def canary(self, said: str) -> bool:
        """Look at how the first rows ended; say whether to go on with the rest."""
        ...


async def run(
    request: Request, conduct: ConductChoice, *, asker: Asker, listener: Listener, world: World
) -> RunOutcome | None:
    """Plan, ask, carry out and report; None where the asker said no, and nothing is kept then.

    Raises JobError, SheetError and ProblemsFoundError (nothing was sent, exit 3), TargetError,
    ReadError and RefusedError (refused before the start, exit 6).
    """
    intake = take_in(request.job, request.sheet, request.on_exists)
    with sheet_before_target(intake):
        return await _run(request, intake, conduct, asker=asker, listener=listener, world=world)


async def _run(
    request: Request,
    intake: Intake,
    conduct: ConductChoice,
    *,
    asker: Asker,
    listener: Listener,
    world: World,
) -> RunOutcome | None:
    tell = Broadcast(listener)
    async with connect(request, world=world, tell=tell) as connection:
        guard(intake.loaded.job, connection.targets.values(), conduct.confirm_instance)
        proposal = await propose(intake, connection)
        draft = new_draft(request.runs_dir, intake.loaded.job.name, world.now(), world.chance)
        ledger = await planned(draft, record_of(run_id(draft), request, intake, world), proposal)
        if not await approved(asker, proposal, draft, ledger):
            return None
        try:
            await keep_before(draft, intake, connection)
        except BaseException:
            await ledger.close()
            remove_run(draft)
            raise
        notes = {TARGETS_NOTE: target_identities(connection.targets)}
        folder, ledger = await begun(draft, ledger, notes, world)
        try:
            opened = OpenRun(
                folder=folder,
                record=await ledger.run(),
                ledger=ledger,
                job=intake.loaded.job,
                secrets=CellSecrets(intake.order),
                limits=conduct.limits,
                tell=tell,
                approve_rest=asker.canary,
            )
            return await carry_out(opened, connection)
        finally:
            await ledger.close()


async def begun(
    draft: Path, ledger: SqliteLedger, notes: Mapping[str, object], world: World
) -> tuple[Path, SqliteLedger]:
    """Make an approved draft a run, with what it must know of its beginning."""
    for key, value in notes.items():
        await ledger.note(key, value)
    await ledger.note(APPROVED_NOTE, world.stamp())
    await ledger.close()
    folder = keep(draft)
    return folder, SqliteLedger.open(folder)


async def approved(asker: Asker, proposal: Proposal, draft: Path, ledger: SqliteLedger) -> bool:
    """Ask whether a plan is carried out; nothing is kept of one that is not."""
    agreed = False
    try:
        agreed = asker.plan(proposal.summary(), tuple(proposal.connection.targets.values()))
    finally:
        if not agreed:
            await ledger.close()
            remove_run(draft)
    return agreed


async def planned(draft: Path, record: RunRecord, proposal: Proposal) -> SqliteLedger:
    """Return a ledger that holds the whole plan; nothing is left of one that can't be made."""
    try:
        ledger = SqliteLedger.create(draft, record)
        try:
            await ledger.load(proposal.entries())
        except BaseException:
            await ledger.close()
            raise
    except BaseException:
        remove_run(draft)
        raise
    return ledger


def record_of(name: str, request: Request, intake: Intake, world: World) -> RunRecord:
    """Return what is fixed when a run, or a plan that is saved for one, begins."""
    return RunRecord(
        id=name,
        job=intake.loaded.job.name,
        job_sha256=intake.loaded.sha256,
        sheet=intake.table.file,
        sheet_sha256=intake.table.sha256,
        headers=tuple(intake.table.headers),
        version=__version__,
        created_at=world.stamp(),
        meta={"request": remembered(request), "mapping": _mapping(intake)},
    )


def _mapping(intake: Intake) -> dict[str, str]:
    """Return header → column, as the sheet was understood."""
    headers = intake.table.headers
    return {
        headers[index]: column
        for column, indexes in intake.order.headers.columns.items()
        for index in indexes
    }


def guard(job: Job, targets: Iterable[Target], confirmed: str | None) -> None:
    """Refuse what deletes, and protected targets, unless the instance's alias was typed."""
    deletes = any(verb(step.operation) == "delete" for step in job.steps)
    for target in targets:
        if not deletes and not target.protected:
            continue
        alias = target.alias or target.instance_id
        if confirmed != alias:
            reason = "deletes" if deletes else "works on a protected target"
            raise RefusedError(f"{job.name} {reason}: add --confirm-instance {alias} to go on.")
