"""Going on with a run that was cut off."""

from __future__ import annotations

from bulkops.engine.ports import Broadcast, Listener, World
from bulkops.errors import ChangedError
from bulkops.ledger.sqlite import SqliteLedger
from bulkops.runs.execute import OpenRun, carry_out
from bulkops.runs.folder import find_run
from bulkops.runs.outcome import RunOutcome
from bulkops.runs.run import APPROVED_NOTE, TARGETS_NOTE, Asker, guard
from bulkops.runs.secrets import recalled
from bulkops.runs.verify import same_job, same_targets
from bulkops.targets.connect import connect
from bulkops.targets.request import Anew, ConductChoice, request_of


async def resume(
    run_name: str | None,
    anew: Anew,
    conduct: ConductChoice,
    *,
    asker: Asker,
    listener: Listener,
    world: World,
) -> RunOutcome:
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
