"""Rows that failed, corrected in a sheet: matched by key, planned again, put in the old calls."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from bulkops.definition.batch_limits import batched_member
from bulkops.definition.job import Job
from bulkops.ledger.interface import Ledger, RowResult, RunRecord, StoredCall
from bulkops.ledger.states import CallState, RowStatus
from bulkops.planning.job_plan import job_plan
from bulkops.planning.plan import Action, PlannedCall, PlannedRow
from bulkops.planning.rows.table import Record, Table
from bulkops.planning.rows.typed_rows import Order, TypedRow
from bulkops.planning.sheet_check import check
from bulkops.problems import Address, Problem, ProblemsFoundError
from bulkops.runs.inputs import Inputs, barring
from bulkops.runs.reads import look
from bulkops.suggestions import nearest_hint
from bulkops.targets.connect import Connection

RETRIED = (RowStatus.FAILED, RowStatus.UNKNOWN)
_SENT_NOTHING = "the plan sent nothing for it"


@dataclass(slots=True)
class Corrections:
    """What a sheet of corrected rows comes to.

    `rows` maps the sheet's rows to the run's, `cells` are the run's rows' new texts with secrets
    masked, `calls` are to be sent again, `params` their new arguments where they have some.
    `passed` says which rows can't be retried, and why.
    """

    rows: dict[int, int] = field(default_factory=dict)
    cells: dict[int, tuple[str, ...]] = field(default_factory=dict)
    calls: set[int] = field(default_factory=set)
    params: dict[int, Mapping[str, Any]] = field(default_factory=dict)
    passed: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class FailedRun:
    """A run that rows are retried of: its rows by target and key, and their unfinished calls."""

    record: RunRecord
    rows: Mapping[tuple[str, str], RowResult]
    calls: Mapping[int, Sequence[StoredCall]]
    only: tuple[str, ...] = ()

    @classmethod
    async def read(cls, ledger: Ledger, only: tuple[str, ...]) -> FailedRun:
        """Read a run's rows, and the calls that have not succeeded."""
        calls: dict[int, list[StoredCall]] = {}
        for state in CallState:
            if state is not CallState.SUCCEEDED:
                async for call in ledger.calls(state):
                    for row in call.rows:
                        calls.setdefault(row, []).append(call)
        rows = {(row.target, row.key): row async for row in ledger.results()}
        return cls(record=await ledger.run(), rows=rows, calls=calls, only=only)

    def is_meant(self, row: RowResult) -> bool:
        """Tell whether a row failed, or is unknown, of a cause that is to be retried."""
        return row.status in RETRIED and (not self.only or row.error_code in self.only)

    def to_reopen(self, row: RowResult) -> Iterator[StoredCall]:
        """Yield the calls by which a row failed, or of which nothing is known."""
        for call in self.calls.get(row.number, ()):
            if call.state in (CallState.FAILED, CallState.UNKNOWN):
                yield call


def match(run: FailedRun, inputs: Inputs, rows: Sequence[TypedRow]) -> Corrections:
    """Find the run's row of each row of a sheet; what is wrong with that is among `problems`."""
    found = Corrections(problems=list(_lacking(run, inputs)))
    for row in rows:
        before = run.rows.get((row.target, row.key))
        at = inputs.order.address(row.number, *inputs.order.job.key[:1])
        if before is None:
            found.problems.append(_not_there(run, row, at))
            continue
        cells = _merged(run.record, before, inputs, row)
        if before.status not in (*RETRIED, RowStatus.PENDING):
            message = f"{row.key} did not fail: it is {before.status.value}"
            found.problems.append(_problem("not-failed", message, at, "Leave this row out."))
        elif before.status is not RowStatus.FAILED and cells != before.cells:
            message = f"{row.key} is {before.status.value}: it can't be corrected before it ended"
            hint = f"First `bulkops retry {run.record.id}` without --from."
            found.problems.append(_problem("not-ended", message, at, hint))
        elif run.is_meant(before) and before.status is RowStatus.FAILED:
            _take(run, before, row, cells, found)
        elif run.is_meant(before) or before.status is RowStatus.PENDING:
            found.rows[row.number] = before.number
            found.calls.update(call.id for call in run.to_reopen(before))
    return found


def _take(
    run: FailedRun, before: RowResult, row: TypedRow, cells: tuple[str, ...], found: Corrections
) -> None:
    if run.calls.get(before.number):
        found.rows[row.number] = before.number
        found.cells[before.number] = cells
    else:
        found.passed.append(passed_over(before))


def passed_over(row: RowResult) -> str:
    """Say why a row can't be retried for which the plan sent nothing."""
    return (
        f"row {row.number} {row.key}: {_SENT_NOTHING} ({row.error_code}); run it anew, a retry "
        "only sends again what was sent"
    )


def _lacking(run: FailedRun, inputs: Inputs) -> Iterator[Problem]:
    """Yield the columns that the run's sheet has and this one lacks: they would read as blank."""
    for column in dict.fromkeys(run.record.meta["mapping"].values()):
        if column not in inputs.headers.columns:
            message = f'the sheet has no column "{column}", which the run\'s sheet has'
            yield _problem("missing-column", message, inputs.order.address(0))


def _not_there(run: FailedRun, row: TypedRow, at: Address) -> Problem:
    keys = [key for target, key in run.rows if target == row.target]
    message = f'"{row.key}" is not a row of {run.record.id}'
    hint = nearest_hint(row.key, keys) or "Rows are matched by their key; run new ones anew."
    return _problem("not-in-run", message, at, hint)


def _problem(code: str, message: str, address: Address, hint: str = "") -> Problem:
    return Problem(code=code, message=message, address=address, hint=hint)


def _merged(record: RunRecord, before: RowResult, inputs: Inputs, row: TypedRow) -> tuple[str, ...]:
    """Return a row's texts under the run's own headers, corrected ones in place of the old."""
    places: dict[str, list[int]] = {}
    for index, header in enumerate(inputs.table.headers):
        places.setdefault(header, []).append(index)
    mapping = record.meta["mapping"]
    cells = []
    for header, old in zip(record.headers, before.cells, strict=True):
        fed = inputs.headers.columns.get(mapping.get(header, ""), ())
        there = places.get(header) or list(fed[:1])
        cells.append(row.cells[there.pop(0)] if there else old)
    return tuple(cells)


@dataclass(frozen=True, slots=True)
class ChosenRows:
    """Some of a table's records, masked secrets filled in: held in memory alone."""

    table: Table
    chosen: Mapping[int, Record]

    @property
    def file(self) -> str:
        """The file's name."""
        return self.table.file

    @property
    def sha256(self) -> str:
        """Hex digest of the file's bytes."""
        return self.table.sha256

    @property
    def headers(self) -> Sequence[str]:
        """The header row's texts."""
        return self.table.headers

    @property
    def problems(self) -> Sequence[Problem]:
        """What could not be read for certain, of the chosen records."""
        return [each for each in self.table.problems if each.address.row in self.chosen]

    def records(self) -> Iterator[Record]:
        """Yield the chosen records."""
        return iter(self.chosen.values())

    def __len__(self) -> int:
        return len(self.chosen)

    def address(self, row: int, column: int = 0) -> Address:
        """Return the place of a record's cell."""
        return self.table.address(row, column)


async def plan_again(
    run: FailedRun, order: Order, found: Corrections, connection: Connection
) -> None:
    """Plan the corrected rows and put what they send now into the calls that failed.

    Raises ProblemsFoundError with everything that is wrong with them.
    """
    targets = connection.targets
    checked = check(order, connection.identities)
    require_none(barring(checked.problems))
    planner = job_plan(order, targets, await look(order, checked.wants, connection))
    rows: list[PlannedRow] = []
    sent: dict[int, dict[str, Mapping[str, Any]]] = {}
    for entry in planner.entries():
        if isinstance(entry, PlannedRow):
            rows.append(entry)
        for call in entry.calls if isinstance(entry, PlannedRow) else (entry,):
            for row, params in _by_row(order.job, call):
                sent.setdefault(row, {})[call.step] = params
    for each in rows:
        found.problems += _put_in(run, order, each, sent.get(each.number, {}), found)
    require_none((*barring(tuple(planner.problems)), *found.problems))


def require_none(problems: tuple[Problem, ...]) -> None:
    """Raise ProblemsFoundError where there are problems."""
    if problems:
        raise ProblemsFoundError(problems)


def _by_row(job: Job, call: PlannedCall) -> Iterator[tuple[int, Mapping[str, Any]]]:
    member = batched_member(job.step(call.step))
    for place, row in enumerate(call.rows):
        yield row, {**call.params, member: [call.params[member][place]]} if member else call.params


def _put_in(
    run: FailedRun, order: Order, row: PlannedRow, sent: Mapping[str, Any], found: Corrections
) -> Iterator[Problem]:
    """Give the calls of a row their new arguments; yield why that can't be done."""
    at = order.address(row.number, *order.job.key[:1])
    number = found.rows[row.number]
    left = {call.step: call for call in run.calls[number]}
    if row.action is Action.CONFLICT and row.problem is not None:
        yield row.problem
    elif row.action in (Action.NONE, Action.SKIP):
        yield _problem("already-so", f"{row.key} is so already", at, "Leave this row out.")
    elif row.problem is None and sent.keys() != left.keys():
        hint = "Run this row anew."
        yield _problem(
            "other-calls", f"{row.key} needs other calls than those that failed", at, hint
        )
    elif row.problem is None:
        for step, call in left.items():
            params = _with_element(order.job, call, number, sent[step], found)
            if params is None or (call.state is not CallState.FAILED and params != call.params):
                message = f"{row.key}: {call.operation} is planned already, and can't be corrected"
                yield _problem("planned-already", message, at, "Run this row anew.")
            elif call.state in (CallState.FAILED, CallState.UNKNOWN):
                found.calls.add(call.id)
                if call.state is CallState.FAILED:
                    found.params[call.id] = params


def _with_element(
    job: Job, call: StoredCall, row: int, params: Mapping[str, Any], found: Corrections
) -> Mapping[str, Any] | None:
    """Return a call's arguments with a row's own in them; None where others share the call."""
    if len(call.rows) == 1:
        return params
    member = batched_member(job.step(call.step))
    now = found.params.get(call.id, call.params)
    if {**now, member: ()} != {**params, member: ()}:
        return None
    elements = list(now[member])
    elements[call.rows.index(row)] = params[member][0]
    return {**now, member: elements}


def chosen_order(order: Order, chosen: Mapping[int, Record]) -> Order:
    """Return an order of some of its records alone, as they are given."""
    return replace(order, table=ChosenRows(order.table, chosen), selection=type(order.selection)())
