"""Going on with a run that was cut off."""

from __future__ import annotations

from bulkops.engine.ports import Broadcast, Listener, World
from bulkops.runs.asker import Asker
from bulkops.runs.earlier_run import earlier_run
from bulkops.runs.outcome import RunOutcome
from bulkops.runs.secrets import recalled
from bulkops.targets.request import Anew, ConductChoice


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
    tell = Broadcast(listener)
    async with earlier_run(run_name, anew) as run:
        secrets = await recalled(run, accept_changed=conduct.accept_changed)
        async with run.connected(conduct, tell=tell, world=world) as connection:
            return await run.carry_on(connection, secrets, conduct, asker=asker, tell=tell)
