"""A changed sheet that is accepted: rows of a run planned anew by it, others held back or left."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from bulkops.definition.gathered_rows import gathers
from bulkops.errors import ChangedError
from bulkops.ledger.interface import Ledger
from bulkops.ledger.new_plan import Replanning
from bulkops.ledger.records import LaneKey, RowResult, StoredCall
from bulkops.ledger.states import CallState, RowStatus
from bulkops.planning.plan import PlannedRow
from bulkops.planning.rows.typed_rows import TypedRow
from bulkops.runs.changed_sheet import SheetChange, compare
from bulkops.runs.earlier_run import EarlierRun
from bulkops.runs.inputs.sheet_inputs import Inputs, barring
from bulkops.runs.ledger_notes import Meta
from bulkops.runs.replanned import CallFitting, plan_rows, require_none
from bulkops.runs.resume_checks import same_sheet
from bulkops.runs.sheet_match import KnownRows, chosen_order
from bulkops.targets.connect import Connection


@dataclass(frozen=True, slots=True, kw_only=True)
class AcceptedSheet:
    """What a changed sheet comes to: `replanning` is for the ledger, `rows` as planned now.

    `calls` is what is to be sent after that, at the most.
    """

    change: SheetChange
    rows: tuple[PlannedRow, ...]
    replanning: Replanning
    calls: Mapping[LaneKey, int]


def changed_inputs(run: EarlierRun) -> Inputs | None:
    """Read a run's sheet again; None where it is as it was, or gone and not needed."""
    inputs = same_sheet(run.loaded, run.request, run.record, accept_changed=True)
    if inputs is None or inputs.sha256 != run.record.sheet_sha256:
        return inputs
    kept = run.record.meta.get(Meta.FILES, {})
    return inputs if inputs.changed_files(kept) else None


async def accepted(run: EarlierRun, inputs: Inputs, connection: Connection) -> AcceptedSheet:
    """Compare a changed sheet with what the run has, and plan anew what was not sent.

    Sends nothing that changes anything. Raises ProblemsFoundError with all that is wrong with
    rows that would be planned anew, and ChangedError where rows that make a list together differ.
    """
    if inputs.is_workbook:
        raise ChangedError(
            f"{run.record.id}: a workbook's run goes on with the workbook that it began with. Put"
            " that back; or run the changed one anew: what is done is found so, and not sent again."
        )
    require_none(barring(inputs.headers.problems))
    before = [row async for row in run.ledger.results()]
    rows = list(inputs.order.rows(connection.identities))
    change = compare(run.record, before, inputs, rows)
    require_none(tuple(change.problems))
    if change.said and gathers(run.loaded.job):
        raise ChangedError(
            f"{run.record.id}: rows of {run.loaded.job.name} about one thing are sent together, so"
            f" the run goes on with the sheet that it began with alone: {change.said[0]}"
        )
    await _add_linked(run, change, before, rows)
    fitting = CallFitting(run.loaded.job, frozenset(change.cells))
    old = await _planned_calls(run.ledger, change)
    records = {number: inputs.table.record(number) for number in change.anew}
    planned = []
    if records:
        for new in await plan_rows([chosen_order(inputs.order, records)], connection):
            number = change.anew[new.row.number]
            fitted = new.as_row(number, change.cells[number], change.anew)
            fitting.put(fitted, old.get(number, ()))
            planned.append(fitted.row)
    for number in sorted(change.gone):
        fitting.stand_alone(number, old.get(number, ()), change.gone)
    replanning = fitting.replanning()
    return AcceptedSheet(
        change=change,
        rows=tuple(planned),
        replanning=replanning,
        calls=await _calls(run.ledger, replanning, old, change),
    )


async def _add_linked(
    run: EarlierRun, change: SheetChange, before: Sequence[RowResult], rows: Iterable[TypedRow]
) -> None:
    """Have rows planned anew too that wait for those that are, or for which those wait."""
    changed = frozenset(change.cells)
    linked = await run.ledger.waiting(changed) | await run.ledger.needed(changed)
    if linked <= changed:
        return
    known = KnownRows(run.loaded.job, before)
    for row in rows:
        old = known.find(row.target, row.key)
        if old is None or old.number not in linked - changed or old.started_at:
            continue
        if old.status is RowStatus.PENDING:
            change.anew[row.number] = old.number
            change.cells[old.number] = old.cells


async def _planned_calls(ledger: Ledger, change: SheetChange) -> dict[int, list[StoredCall]]:
    """Return the calls that were not sent of rows that are planned anew, or gone."""
    wanted = change.cells.keys() | change.gone
    calls: dict[int, list[StoredCall]] = {}
    async for call in ledger.calls(CallState.PLANNED):
        for row in wanted.intersection(call.rows):
            calls.setdefault(row, []).append(call)
    return calls


async def _calls(
    ledger: Ledger,
    replanning: Replanning,
    old: Mapping[int, Sequence[StoredCall]],
    change: SheetChange,
) -> Counter[LaneKey]:
    """Count what is to be sent: what is open, without what is void or for rows that are gone."""
    calls = Counter(await ledger.lanes())
    known = {call.id: call for each in old.values() for call in each}
    calls.subtract(known[void].lane for void in replanning.void)
    gone = change.gone
    calls.subtract(call.lane for call in known.values() if set(call.rows) <= gone)
    new = [call for row in replanning.rows for call in row.calls]
    calls.update(
        (call.target, call.service, call.operation)
        for call in (*new, *replanning.shared)
        if not set(call.rows) <= gone
    )
    return +calls
