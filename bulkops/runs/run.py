"""Running a job on a sheet: plan, ask, carry out, report."""

from __future__ import annotations

from pathlib import Path

from bulkops.engine.ports import Broadcast, Listener, World
from bulkops.runs.approval import approved_run
from bulkops.runs.asker import Asker
from bulkops.runs.backup import keep_before
from bulkops.runs.check import sheet_before_target
from bulkops.runs.confirmation import require_confirmed
from bulkops.runs.execute import OpenRun, carry_out
from bulkops.runs.inputs.defined_inputs import defined_inputs
from bulkops.runs.inputs.job_inputs import read_inputs
from bulkops.runs.inputs.sheet_inputs import Inputs
from bulkops.runs.ledger_notes import Note
from bulkops.runs.outcome import RunOutcome
from bulkops.runs.password_sheet import PasswordSheet, with_new_passwords
from bulkops.runs.proposal import propose
from bulkops.runs.resume_checks import target_identities
from bulkops.runs.run_folders import open_run
from bulkops.runs.run_record import record_of
from bulkops.runs.runs_dir_checks import make_ready
from bulkops.runs.secrets import sheet_secrets
from bulkops.targets.connect import connect
from bulkops.targets.request import ConductChoice, Request


async def run(
    request: Request, conduct: ConductChoice, *, asker: Asker, listener: Listener, world: World
) -> RunOutcome | None:
    """Plan, ask, carry out and report; None where the asker said no, and nothing is kept then.

    Raises RunsFolderError, JobError, SheetError and ProblemsFoundError, TargetError, ReadError
    and RefusedError: nothing was sent then.
    """
    request = with_new_passwords(request)
    inputs = read_inputs(request.job, request.sheet, request.on_exists)
    make_ready(request.runs_dir)
    with sheet_before_target(inputs):
        return await _run(request, inputs, conduct, asker=asker, listener=listener, world=world)


async def _run(
    request: Request,
    inputs: Inputs,
    conduct: ConductChoice,
    *,
    asker: Asker,
    listener: Listener,
    world: World,
) -> RunOutcome | None:
    tell = Broadcast(listener)
    async with connect(request, inputs.job, world=world, tell=tell) as connection:
        inputs = await defined_inputs(inputs, request.sheet, request.on_exists, connection)
        require_confirmed(inputs.job, connection, conduct.confirm_instance)
        proposal = await propose(inputs, connection, call_tags=conduct.call_tags)
        passwords = PasswordSheet(inputs.job, request.sheet, inputs.password_place)
        proposal.watch = passwords.add

        async def prepare(draft: Path) -> None:
            await keep_before(draft, inputs, connection)
            passwords.write(draft)

        folder = await approved_run(
            proposal,
            record_of(request, inputs, world, name=conduct.name, call_tags=conduct.call_tags),
            {Note.TARGETS: target_identities(connection.targets)},
            runs_dir=request.runs_dir,
            named=inputs.job.name,
            asker=asker,
            prepare=prepare,
        )
        if folder is None:
            return None
        async with open_run(folder) as ledger:
            opened = OpenRun(
                folder=folder,
                ledger=ledger,
                job=inputs.job,
                secrets=sheet_secrets(inputs.orders, identities=connection.identities),
                limits=conduct.limits,
                tell=tell,
                approve_rest=asker.canary,
            )
            return await carry_out(opened, connection)
