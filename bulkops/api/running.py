"""Running a job on a sheet, and going on with a run that was cut off."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Protocol

from bulkops import __version__
from bulkops.api.carrying import OpenRun, carry_out
from bulkops.api.checking import sheet_before_target
from bulkops.api.choices import Anew, ConductChoice, Request
from bulkops.api.connecting import connect
from bulkops.api.ending import ChangedError, Ending, RefusedError
from bulkops.api.folders import find_run, keep, new_draft, remove_run, run_id
from bulkops.api.intake import Intake, take_in
from bulkops.api.keeping import keep_before
from bulkops.api.proposing import Proposal, Summary, propose
from bulkops.api.recalling import recalled
from bulkops.api.remembering import remembered, request_of
from bulkops.api.sameness import same_job, same_targets, target_identities
from bulkops.api.secrets import CellSecrets
from bulkops.api.telling import Broadcast
from bulkops.definition.words import Job, verb
from bulkops.engine.ports import Listener, World
from bulkops.ledger.port import RunRecord
from bulkops.ledger.sqlite import SqliteLedger
from bulkops.planning.target import Target

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
) -> Ending | None:
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
) -> Ending | None:
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


async def resume(
    run_name: str | None,
    anew: Anew,
    conduct: ConductChoice,
    *,
    asker: Asker,
    listener: Listener,
    world: World,
) -> Ending:
    """Go on with what an interrupted run left; what is done costs no call.

    Raises UnknownRunError, LedgerBusyError, and ChangedError where the job or the sheet is not
    the one that the run began with.
    """
    folder = find_run(anew.runs_dir, run_name)
    ledger = SqliteLedger.open(folder)
    try:
        record = await ledger.run()
        notes = await ledger.notes()
        if APPROVED_NOTE not in notes:
            raise ChangedError(f"{record.id} was planned but never approved: run it anew.")
        request = request_of(record.meta["request"], anew)
        loaded = same_job(request.job, record)
        changed = conduct.accept_changed
        secrets = await recalled(ledger, record, loaded, request, accept_changed=changed)
        tell = Broadcast(listener)
        async with connect(request, world=world, tell=tell) as connection:
            same_targets(notes[TARGETS_NOTE], connection.targets)
            guard(loaded.job, connection.targets.values(), conduct.confirm_instance)
            opened = OpenRun(
                folder=folder,
                record=record,
                ledger=ledger,
                job=loaded.job,
                secrets=secrets,
                limits=conduct.limits,
                tell=tell,
                approve_rest=asker.canary,
            )
            return await carry_out(opened, connection)
    finally:
        await ledger.close()
