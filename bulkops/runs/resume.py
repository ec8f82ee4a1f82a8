"""Going on with a run that was cut off."""

from __future__ import annotations

from bulkops.engine.ports import Broadcast, Listener, World
from bulkops.ledger.states import RowStatus
from bulkops.planning.plan import Totals
from bulkops.reports.formats import rows_named
from bulkops.runs.asker import Asker
from bulkops.runs.call_costs import least_time, planned_calls
from bulkops.runs.earlier_run import EarlierRun, earlier_run
from bulkops.runs.outcome import RunOutcome
from bulkops.runs.secrets import recalled
from bulkops.runs.summary import Summary
from bulkops.targets.connect import Connection
from bulkops.targets.request import Anew, ConductChoice


async def resume(
    run_name: str | None,
    anew: Anew,
    conduct: ConductChoice,
    *,
    asker: Asker,
    listener: Listener,
    world: World,
) -> RunOutcome | None:
    """Go on with what an interrupted run left; what is done costs no call.

    A run that was taken back is gone on with only where the asker agrees: None where it did not.
    Raises UnknownRunError, LedgerBusyError, and ChangedError where the job or the sheet is not
    the one that the run began with.
    """
    tell = Broadcast(listener)
    async with earlier_run(run_name, anew) as run:
        if await run.is_over():
            return await run.as_it_is(f"{run.record.id} has nothing left to go on with.")
        secrets = await recalled(run, accept_changed=conduct.accept_changed)
        async with run.connected(conduct, tell=tell, world=world) as connection:
            if run.undos and not asker.plan(
                await _what_is_left(run, connection), tuple(connection.targets.values())
            ):
                return None
            return await run.carry_on(connection, secrets, conduct, asker=asker, tell=tell)


async def _what_is_left(run: EarlierRun, connection: Connection) -> Summary:
    """Sum up what is left of a run that an undo has taken back, for somebody to decide about."""
    pending = (await run.ledger.counts()).get(RowStatus.PENDING, 0)
    calls, undo = await run.ledger.lanes(), run.undos[-1]
    done = "was taken back" if undo.is_over else "is being taken back, and not to the end yet,"
    return Summary(
        totals=Totals(rows=pending, calls=calls),
        least_seconds=least_time(calls, connection),
        calls=planned_calls(calls, connection),
        notes=(
            f"{run.record.id} {done} by {undo.id}.",
            f"{rows_named(pending)} of it not done yet: to go on sends what is left of that.",
        ),
    )
