"""Rows that failed, corrected in a sheet: matched by key, planned again, fitted into the run."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from bulkops.definition.gathered_rows import gathers
from bulkops.definition.job import Job
from bulkops.ledger.interface import Ledger
from bulkops.ledger.new_plan import Replanning
from bulkops.ledger.records import RowResult, RunRecord, StoredCall
from bulkops.ledger.states import CallState, RowStatus
from bulkops.planning.plan import Action, PlannedRow
from bulkops.planning.rows.typed_rows import Order, TypedRow
from bulkops.problems import Address, Problem
from bulkops.runs.ended_rows import RETRIED, OpenCalls, never_tried
from bulkops.runs.inputs.sheet_inputs import Inputs
from bulkops.runs.replanned import OPEN, CallFitting, NewRow, plan_rows, require_none
from bulkops.runs.sheet_match import KnownRows, lacking_columns, merged_cells, shared_name
from bulkops.suggestions import Choices, Hint
from bulkops.targets.connect import Connection


@dataclass(slots=True)
class Corrections:
    """What a sheet of corrected rows comes to.

    `rows` maps the sheet's rows to the run's, `cells` are the run's rows' new texts with secrets
    masked, `calls` are to be sent again or looked at again, and `replanning` is what else is new;
    `open_calls` are all that the rows have left.
    `meant` are the run's rows that are tried again, `rows_anew` those as they are planned now.
    `passed` says which rows are not tried again, and why.
    """

    rows: dict[int, int] = field(default_factory=dict)
    cells: dict[int, tuple[str, ...]] = field(default_factory=dict)
    calls: set[int] = field(default_factory=set)
    replanning: Replanning = field(default_factory=Replanning)
    open_calls: OpenCalls = field(default_factory=OpenCalls)
    meant: set[int] = field(default_factory=set)
    rows_anew: list[PlannedRow] = field(default_factory=list)
    passed: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def add(self, other: Corrections) -> None:
        """Take in what another sheet of the same workbook comes to, before anything is planned."""
        self.rows |= other.rows
        self.cells |= other.cells
        self.calls |= other.calls
        self.meant |= other.meant
        self.passed += other.passed
        self.problems += other.problems


@dataclass(frozen=True, slots=True, kw_only=True)
class FailedRun:
    """A run that rows are retried of: its rows by target and key, and their unfinished calls.

    `begun` are the rows of which some call has acted.
    """

    record: RunRecord
    rows: KnownRows
    calls: Mapping[int, Sequence[StoredCall]]
    begun: frozenset[int]
    only: tuple[str, ...] = ()

    @classmethod
    async def read(cls, ledger: Ledger, job: Job, only: tuple[str, ...]) -> FailedRun:
        """Read a run's rows, and the calls that have not succeeded of those that were tried."""
        rows = KnownRows(job, [row async for row in ledger.results()])
        tried = {row.number for row in rows if row.status in RETRIED or row.started_at}
        calls: dict[int, list[StoredCall]] = {}
        begun: set[int] = set()
        for state in CallState:
            async for call in ledger.calls(state):
                if state is CallState.SUCCEEDED:
                    begun.update(call.rows)
                    continue
                for row in tried.intersection(call.rows):
                    calls.setdefault(row, []).append(call)
        return cls(
            record=await ledger.run(), rows=rows, calls=calls, begun=frozenset(begun), only=only
        )

    def is_meant(self, row: RowResult) -> bool:
        """Tell whether a row failed, or is unknown, of a cause that is to be retried."""
        return row.status in RETRIED and (not self.only or row.error_code in self.only)

    def is_among_meant(self, target: str, key: str) -> bool:
        """Tell whether there is such a row, and it is to be retried."""
        row = self.rows.find(target, key)
        return row is not None and self.is_meant(row)

    def to_reopen(self, row: RowResult) -> Iterator[StoredCall]:
        """Yield the calls by which a row failed, or of which nothing is known."""
        for call in self.calls.get(row.number, ()):
            if call.state in (CallState.FAILED, CallState.UNKNOWN):
                yield call

    def open_calls(self, row: int) -> list[StoredCall]:
        """Return the calls of a row that have not acted, in plan order."""
        return sorted(
            (call for call in self.calls.get(row, ()) if call.state in OPEN),
            key=lambda call: call.id,
        )


def match(run: FailedRun, inputs: Inputs, rows: Sequence[TypedRow]) -> Corrections:
    """Find the run's row of each row of a sheet; what is wrong with that is among `problems`."""
    found = Corrections(problems=list(lacking_columns(run.record, inputs)))
    keys: dict[str, Choices] = {}
    for row in rows:
        before = run.rows.find(row.target, row.key)
        at = inputs.order.address(row.number, *inputs.order.job.key[:1])
        if before is None:
            if row.target not in keys:
                keys[row.target] = Choices(r.key for r in run.rows if r.target == row.target)
            found.problems.append(_not_there(run, row, at, keys[row.target]))
            continue
        if run.rows.are_several(row.target, row.key):
            found.problems.append(shared_name(run.record.id, row, at))
            continue
        cells = merged_cells(run.record, before, inputs, row)
        if before.status is RowStatus.PENDING and not before.started_at:
            found.passed.append(never_tried(run.record, before))
        elif before.status not in (*RETRIED, RowStatus.PENDING):
            message = f"{row.key} did not fail: it is {before.status.value}"
            found.problems.append(_problem("not-failed", message, at, "Leave this row out."))
        elif before.status is not RowStatus.FAILED and cells != before.cells:
            message = f"{row.key} is {before.status.value}: it can't be corrected before it ended"
            hint = f"First `bulkops retry {run.record.id}` without --from."
            found.problems.append(_problem("not-ended", message, at, hint))
        elif run.is_meant(before) or before.status is RowStatus.PENDING:
            found.rows[row.number] = before.number
            found.meant.add(before.number)
            if before.status is RowStatus.FAILED:
                found.cells[before.number] = cells
            else:
                found.calls.update(call.id for call in run.to_reopen(before))
    return found


def _not_there(run: FailedRun, row: TypedRow, at: Address, keys: Choices) -> Problem:
    message = f'"{row.key}" is not a row of {run.record.id}'
    hint = Hint(keys, row.key, otherwise="Rows are matched by their key; run new ones anew.")
    return _problem("not-in-run", message, at, hint)


def _problem(code: str, message: str, address: Address, hint: str | Hint = "") -> Problem:
    return Problem(code=code, message=message, address=address, advice=hint)


async def plan_again(
    run: FailedRun, job: Job, orders: Sequence[Order], found: Corrections, connection: Connection
) -> None:
    """Plan the corrected rows and fit what they need now into the calls that failed.

    `job` is the run's, `orders` are of its parts. Raises ProblemsFoundError with everything that
    is wrong with them.
    """
    fitting = CallFitting(job, frozenset(found.cells))
    of_row = {each.number: order for order in orders for each in order.table.records()}
    found.problems += [each for order in orders for each in _cut_groups(run, order, found)]
    require_none(tuple(found.problems))
    for new in await plan_rows(orders, connection):
        number, order = found.rows[new.row.number], of_row[new.row.number]
        if new.row.action is Action.CONFLICT and not run.calls.get(number):
            found.passed.append(_still_failed(run.record.names.said(number), new.row))
            found.meant.discard(number)
            continue
        mine = new.by_steps_of(job, run.open_calls(number))
        said = _unfit(run, order, mine, number)
        found.problems += [said] if said else []
        fitted = mine.as_row(number, found.cells[number], found.rows)
        if said is None:
            fitting.put(fitted, run.open_calls(number), begun=number in run.begun)
            found.rows_anew.append(fitted.row)
    require_none(tuple(found.problems))
    found.calls |= fitting.reopened
    found.replanning = fitting.replanning()
    void = frozenset(found.replanning.void)
    for number in sorted(found.meant):
        for call in run.calls.get(number, ()):
            found.open_calls.add(call, (number,), counts=call.id not in void)


def _cut_groups(run: FailedRun, order: Order, found: Corrections) -> Iterator[Problem]:
    """Yield the rows that were sent together with others, which are not tried again with them."""
    if not gathers(order.job):
        return
    for number in (each.number for each in order.table.records()):
        mine = found.rows[number]
        together = {row for call in run.calls.get(mine, ()) for row in call.rows}
        left = sorted(together - found.cells.keys())
        if mine in found.cells and left:
            said = run.record.names.said(left[0])
            message = f"{said} was sent together with this one, and is not in the sheet"
            at = order.address(number, *order.job.key[:1])
            yield _problem("cut-group", message, at, "Keep all failed rows about one thing.")


def _still_failed(said: str, row: PlannedRow) -> str:
    why = row.problem.message if row.problem else "it is in conflict with what is there"
    return f"{said} {row.key}: {why}; nothing is sent for it"


def _unfit(run: FailedRun, order: Order, new: NewRow, number: int) -> Problem | None:
    """Return why what a corrected row needs can't be sent in the run; None where it can."""
    key, at = new.row.key, order.address(new.row.number, *order.job.key[:1])
    if new.row.action is Action.CONFLICT:
        return new.row.problem
    if any(call.state not in OPEN for call in run.calls.get(number, ())):
        message = f"{key}: what was sent for it may have acted, and can't be corrected before that"
        hint = f"First `bulkops retry {run.record.id}` without --from."
        return _problem("not-ended", f"{message} is known", at, hint)
    steps = {call.step for call in run.open_calls(number)}
    if number in run.begun and new.calls and new.calls.keys() != steps:
        message = f"{key} needs other calls than those that failed"
        return _problem("other-calls", message, at, "Run this row anew.")
    return None


async def add_waiting(ledger: Ledger, found: Corrections) -> None:
    """Let what waits for rows that are tried again go on with them."""
    waiting = await ledger.waiting(found.meant) - found.meant
    if not waiting:
        return
    found.meant |= waiting
    async for call in ledger.calls(CallState.PLANNED):
        if mine := waiting.intersection(call.rows):
            found.open_calls.add(call, mine)
