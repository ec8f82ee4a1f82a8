"""Going on with a run that was cut off."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from bulkops.engine.ports import Broadcast, Listener, SheetSecrets, World
from bulkops.ledger.states import RowStatus
from bulkops.planning.plan import Action, Totals
from bulkops.reports.formats import rows_named
from bulkops.runs.accepted_sheet import AcceptedSheet, accepted, changed_inputs
from bulkops.runs.asker import Asker
from bulkops.runs.call_costs import least_time, planned_calls
from bulkops.runs.earlier_run import EarlierRun, earlier_run
from bulkops.runs.ledger_notes import Meta
from bulkops.runs.linked_calls import plan_course
from bulkops.runs.outcome import RunOutcome
from bulkops.runs.secrets import recalled, rows_without
from bulkops.runs.shown_rows import SHOWN_ROWS
from bulkops.runs.summary import Summary
from bulkops.runs.taken_back import UndoRun
from bulkops.targets.connect import Connection
from bulkops.targets.request import Anew, ConductChoice


@dataclass(slots=True, kw_only=True)
class _Rest:
    """What is left of a run, as it is to be gone on with.

    `said` is told before anything is sent, `notes` are asked about. `held` rows are left pending,
    each with why.
    """

    sheet: AcceptedSheet | None = None
    said: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    held: dict[int, str] = field(default_factory=dict)


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

    The plan was agreed to when the run began. So the asker is asked only where the run was taken
    back since, or its changed sheet is accepted and rows are others by now; None where it said
    no. Raises UnknownRunError, LedgerBusyError, ChangedError where the job or the sheet is not
    the one that the run began with, and ProblemsFoundError where a row is wrong in the new sheet.
    """
    tell = Broadcast(listener)
    async with earlier_run(run_name, anew) as run:
        if await run.is_over():
            return await run.as_it_is(f"{run.record.id} has nothing left to go on with.")
        secrets = await recalled(run, accept_changed=conduct.accept_changed)
        async with run.connected(conduct, tell=tell, world=world) as connection:
            rest = await _rest(run, secrets, conduct, connection)
            for said in rest.said:
                tell("note", text=said)
            targets = tuple(connection.targets.values())
            if rest.notes and not asker.plan(await _summary(run, rest, connection), targets):
                return None
            if rest.sheet is not None:
                await run.ledger.replan(rest.sheet.replanning)
            return await run.carry_on(
                connection,
                secrets,
                conduct,
                asker=asker,
                tell=tell,
                only=await _not_held(run, rest.held),
                left=_left(rest.held),
            )


async def _rest(
    run: EarlierRun, secrets: SheetSecrets, conduct: ConductChoice, connection: Connection
) -> _Rest:
    """Find out what there is to be said and asked; sends nothing that changes anything."""
    rest = _Rest()
    if undo := await run.taken_back_by():
        rest.notes = await _taken_back(run, undo)
    if not conduct.accept_changed:
        return rest
    # an undo sends what its run recorded, and nothing of the sheet but secrets
    inputs = None if Meta.UNDOES in run.record.meta else changed_inputs(run)
    anew: Collection[int] = ()
    if inputs is not None:
        rest.sheet = await accepted(run, inputs, connection)
        change, anew = rest.sheet.change, rest.sheet.change.cells
        rest.said += change.said
        rest.held = dict.fromkeys(change.gone, "not in the sheet any more")
    for row, column in (await rows_without(run.ledger, secrets)).items():
        if row not in rest.held and row not in anew:
            rest.said.append(await _lacks(run, row, column))
            rest.held[row] = "secret cells are not in the sheet any more"
    if rest.said:
        pending = (await run.ledger.counts()).get(RowStatus.PENDING, 0)
        rest.notes.append(_how_it_goes_on(pending, len(anew), len(rest.held)))
    return rest


async def _lacks(run: EarlierRun, row: int, column: str) -> str:
    key = (await run.ledger.result(row)).key
    said = f"its {column} is not in the sheet any more; it is left pending"
    return f"{run.record.names.said(row)} {key}: {said}"


def _how_it_goes_on(pending: int, anew: int, held: int) -> str:
    parts = (
        f"{rows_named(anew)} planned anew",
        f"{held:,} held back",
        f"{pending - anew - held:,} as planned before",
    )
    return f"The sheet has changed: {', '.join(parts)}."


async def _taken_back(run: EarlierRun, undo: UndoRun) -> list[str]:
    pending = (await run.ledger.counts()).get(RowStatus.PENDING, 0)
    done = "was taken back" if undo.is_over else "is being taken back, and not to the end yet,"
    were = "was" if pending == 1 else "were"
    return [
        f"{run.record.id} {done} by {undo.id}.",
        f"{rows_named(pending)} of it {were} not done yet: to go on is to send those.",
    ]


async def _summary(run: EarlierRun, rest: _Rest, connection: Connection) -> Summary:
    """Sum up what is left, for somebody to decide about."""
    calls = await run.ledger.lanes() if rest.sheet is None else rest.sheet.calls
    rows = () if rest.sheet is None else rest.sheet.rows
    # what is planned anew is not in the ledger yet
    links = await run.ledger.links() if rest.sheet is None else None
    course = plan_course(links, connection)
    actions = await _actions(run, rest)
    return Summary(
        totals=Totals(rows=actions.total(), actions=actions, calls=dict(calls)),
        least_seconds=least_time(calls, connection) if course is None else course.seconds,
        course=() if course is None else course.links,
        calls=planned_calls(calls, connection),
        rows=tuple(rows)[:SHOWN_ROWS],
        notes=tuple(rest.notes),
        names=run.record.names,
    )


async def _actions(run: EarlierRun, rest: _Rest) -> Counter[Action]:
    """Count what is to be done about the rows that are left, as they are planned by now."""
    anew = {} if rest.sheet is None else {row.number: row.action for row in rest.sheet.rows}
    return Counter(
        [
            anew.get(row.number, Action(row.action))
            async for row in run.ledger.results({RowStatus.PENDING})
            if row.number not in rest.held
        ]
    )


async def _not_held(run: EarlierRun, held: Collection[int]) -> frozenset[int] | None:
    """Return the rows that may be sent, where some are held back; None: all may."""
    if not held:
        return None
    return frozenset([row.number async for row in run.ledger.results() if row.number not in held])


def _left(held: Mapping[int, str]) -> str:
    """Say in the end why rows are left pending."""
    reasons = Counter(held.values())
    return " ".join(f"{rows_named(n)} left pending: {why}." for why, n in reasons.items())
