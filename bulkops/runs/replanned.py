"""Rows planned anew, and fitted into what a run has: which calls stay, which go, which come."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from bulkops.definition.batch_limits import is_shared
from bulkops.definition.gathered_rows import gathers
from bulkops.definition.job import Job, Step
from bulkops.definition.workbook_job import workbook_job
from bulkops.ledger.new_plan import NewArguments, Replanning
from bulkops.ledger.records import StoredCall
from bulkops.ledger.states import CallState
from bulkops.planning.calls.batches import Batches
from bulkops.planning.calls.placeholders import replaced, to_json
from bulkops.planning.calls.row_parts import exploded, list_members
from bulkops.planning.needs import needs_of_part
from bulkops.planning.plan import Need, Placeholder, PlannedCall, PlannedRow
from bulkops.planning.rows.typed_rows import Order
from bulkops.planning.sheet_check import check, together
from bulkops.planning.workbook_plan import plan_of
from bulkops.problems import Problem, ProblemsFoundError
from bulkops.runs.inputs.sheet_inputs import barring
from bulkops.runs.named_ids import in_names
from bulkops.runs.reads import look
from bulkops.targets.connect import Connection

OPEN = (CallState.PLANNED, CallState.FAILED)
"""States of calls that have not acted: another plan may take their place."""


@dataclass(frozen=True, slots=True)
class NewRow:
    """A row as it is planned now, with all the calls that it needs as its own."""

    row: PlannedRow
    calls: Mapping[str, PlannedCall] = field(default_factory=dict)
    """By step."""

    def by_steps_of(self, job: Job, old: Sequence[StoredCall]) -> NewRow:
        """Return it with its calls by the steps of those that are left of the row.

        What a row has made itself is there by now, and is changed by another step that does the
        same: a flow that was made hollow is filled.
        """
        known = {call.step for call in old}
        left = sorted(known - self.calls.keys())
        calls: dict[str, PlannedCall] = {}
        for address, call in self.calls.items():
            mine = job.step(address)
            alike = (each for each in left if _does_as(job.step(each), mine))
            step = address if address in known else next(alike, address)
            calls[step] = replace(call, step=step)
        return replace(self, calls=calls)

    def as_row(self, number: int, cells: tuple[str, ...], rows: Mapping[int, int]) -> NewRow:
        """Return it with the number and the texts that the run has for the row.

        `rows` are the run's rows by those of the sheet: what it needs of them is theirs too.
        """
        calls = {
            step: replace(_renumbered(call, rows), rows=(number,))
            for step, call in self.calls.items()
        }
        return NewRow(replace(self.row, number=number, cells=cells, calls=()), calls)


def _does_as(one: Step, other: Step) -> bool:
    what = (one.operation, one.args, one.qualifiers)
    return what == (other.operation, other.args, other.qualifiers)


def _renumbered(call: PlannedCall, rows: Mapping[int, int]) -> PlannedCall:
    """Return a call that needs the run's rows, and not those of another sheet."""
    if not call.needs:
        return call

    def of_run(need: Need) -> Need:
        return need._replace(row=rows.get(need.row, need.row))

    def made(placeholder: Placeholder) -> Placeholder:
        need = placeholder.of
        return placeholder if need is None else replace(placeholder, of=of_run(need))

    return replace(call, params=replaced(call.params, made), needs=tuple(map(of_run, call.needs)))


async def plan_rows(orders: Sequence[Order], connection: Connection) -> list[NewRow]:
    """Plan the rows of orders by what is there now.

    Raises ProblemsFoundError with everything that is wrong with them.
    """
    if not orders:
        return []
    job = orders[0].job if len(orders) == 1 else workbook_job(each.job for each in orders)
    checked = together(check(order, connection.identities) for order in orders)
    orders = [await in_names(order, checked.wants, connection) for order in orders]
    if any(order.spoken is not None for order in orders):
        checked = together(check(order, connection.identities) for order in orders)
    require_none(barring(checked.problems))
    planner = plan_of(orders, connection.targets, await look(orders, checked.wants, connection))
    rows: list[PlannedRow] = []
    calls: dict[int, dict[str, PlannedCall]] = {}
    for entry in planner.entries():
        if isinstance(entry, PlannedRow):
            rows.append(entry)
        for call in entry.calls if isinstance(entry, PlannedRow) else (entry,):
            for part in _parts(job, call):
                calls.setdefault(part.rows[0], {})[part.step] = part
    require_none(barring(tuple(planner.problems)))
    return [NewRow(row, calls.get(row.number, {})) for row in rows]


def require_none(problems: tuple[Problem, ...]) -> None:
    """Raise ProblemsFoundError where there are problems."""
    if problems:
        raise ProblemsFoundError(problems)


def _parts(job: Job, call: PlannedCall) -> Iterator[PlannedCall]:
    """Yield a call cut into one for each of its rows."""
    cut = exploded(job, call.step, call.params, call.undo, len(call.rows))
    for row, (params, undo) in zip(call.rows, cut, strict=True):
        yield replace(call, params=params, undo=undo, rows=(row,))


class CallFitting:
    """The calls of a run while rows of it are planned anew. `rows` are all those rows.

    A call that has not acted goes on with what its row needs now, where the row needs the same
    steps as before. Else it is void, and new calls come at the end of the plan.
    """

    def __init__(self, job: Job, rows: frozenset[int]) -> None:
        self._job = job
        self._meant = rows
        self._rows: list[PlannedRow] = []
        self._cells: dict[int, tuple[str, ...]] = {}
        self._void: set[int] = set()
        self._failed: set[int] = set()
        self._arguments: dict[int, NewArguments] = {}
        self._shared: list[PlannedCall] = []
        self._batches = Batches(job)
        self._gathers = {part.name: gathers(part) for part in job.each()}

    def put(self, new: NewRow, old: Sequence[StoredCall], *, begun: bool = False) -> None:
        """Put a row's new plan in the place of its calls that have not acted.

        `begun`: others of it have, so that what was planned of the row stays, and its steps too.
        """
        before = {call.step: call for call in old}
        stays = before.keys() == new.calls.keys()
        number, own = new.row.number, [] if stays else list(new.calls.values())
        for step, call in before.items():
            if stays and self._goes_on(call, new.calls[step]):
                continue
            self._cut(call, number)
            own += [new.calls[step]] if stays else []
        for mine in own:
            if self._is_shared(mine.step):
                self._come(mine)
        if begun:
            self._cells[number] = new.row.cells
        else:
            alone = tuple(mine for mine in own if not self._is_shared(mine.step))
            self._rows.append(replace(new.row, calls=alone))

    def stand_alone(self, row: int, old: Sequence[StoredCall], others: Collection[int]) -> None:
        """Take a row out of calls that it shares with rows other than these, to be sent later."""
        for call in old:
            if not set(self._now(call).rows) <= set(others):
                self._come(self._cut(call, row))

    @property
    def reopened(self) -> frozenset[int]:
        """The calls that failed and go on with other arguments."""
        return frozenset(self._failed & self._arguments.keys())

    def replanning(self) -> Replanning:
        """Return what the ledger is to take in; to be asked for once, at the end."""
        return Replanning(
            rows=tuple(self._rows),
            cells=dict(self._cells),
            void=tuple(sorted(self._void)),
            arguments=dict(self._arguments),
            shared=(*self._shared, *self._batches.rest()),
        )

    def _is_shared(self, step: str) -> bool:
        return self._is_gathered(step) or is_shared(self._job.step(step))

    def _is_gathered(self, step: str) -> bool:
        """Tell whether a step's rows are planned together, each with all of the call."""
        return self._gathers[self._job.part(step).name]

    def _come(self, call: PlannedCall) -> None:
        """Gather a call with others like it."""
        self._shared += self._batches.add(self._job.step(call.step), call)

    def _now(self, call: StoredCall) -> NewArguments:
        """Return what a call sends as far as the rows have been put."""
        kept = NewArguments(
            params=call.params, undo=call.undo, rows=call.rows, needs=tuple(call.needs)
        )
        return self._arguments.get(call.id, kept)

    def _goes_on(self, call: StoredCall, new: PlannedCall) -> bool:
        """Give a call a row's new arguments; False where it can't take them."""
        now, (row,) = self._now(call), new.rows
        params, undo = new.params, new.undo
        # a failed call is sent again as a whole: no row of it may stay behind
        if call.state is CallState.FAILED and not set(now.rows) <= self._meant | {row}:
            return False
        needs = new.needs
        if len(now.rows) > 1 and not self._is_gathered(call.step):
            mine, theirs = self._members(now, call.step)
            if not (_agree(now.params, params, mine) and _agree(now.undo, undo, theirs)):
                return False
            place = now.rows.index(row)
            others = _but(now.params, mine, place)
            needs = (*needs_of_part(now.needs, now.params, others), *needs)
            params = {**now.params, mine: _replaced(now.params[mine], place, params[mine])}
            if now.undo and undo and theirs in now.undo:
                undo = {**now.undo, theirs: _replaced(now.undo[theirs], place, undo[theirs])}
        self._arguments[call.id] = NewArguments(
            params=params, undo=undo, rows=now.rows, needs=tuple(dict.fromkeys(needs))
        )
        if call.state is CallState.FAILED:
            self._failed.add(call.id)
        return True

    def _cut(self, call: StoredCall, row: int) -> PlannedCall:
        """Take a row out of a call, and return the row's own part of it."""
        now = self._now(call)
        place = now.rows.index(row)
        mine, theirs = self._members(now, call.step)
        params = _only(now.params, mine, place)
        part = PlannedCall(
            step=call.step,
            target=call.target,
            service=call.service,
            operation=call.operation,
            params=params,
            rows=(row,),
            undo=now.undo and _only(now.undo, theirs, place),
            needs=needs_of_part(now.needs, now.params, params),
        )
        if len(now.rows) == 1:
            self._arguments.pop(call.id, None)
            self._void.add(call.id)
        else:
            others = _but(now.params, mine, place)
            self._arguments[call.id] = NewArguments(
                params=others,
                undo=now.undo and _but(now.undo, theirs, place),
                rows=tuple(each for each in now.rows if each != row),
                needs=needs_of_part(now.needs, now.params, others),
            )
        return part

    def _members(self, now: NewArguments, step: str) -> tuple[str, str]:
        """Return the members that hold the list of a call, and of what takes it back."""
        mine, theirs = list_members(self._job, step)
        # values that are set are put back by the same operation, so by the same list
        return mine, mine if now.undo and mine in now.undo else theirs


def _agree(now: Mapping[str, Any] | None, new: Mapping[str, Any] | None, member: str) -> bool:
    """Tell whether two sets of arguments differ in nothing but a list's elements."""
    if now is None or new is None:
        return now is new
    return _text({**now, member: None}) == _text({**new, member: None})


def _text(params: Mapping[str, Any]) -> str:
    return json.dumps(to_json(params), sort_keys=True)


def _replaced(elements: Sequence[Any], place: int, new: Sequence[Any]) -> list[Any]:
    return [*elements[:place], *new, *elements[place + 1 :]]


def _only(params: Mapping[str, Any], member: str, place: int) -> Mapping[str, Any]:
    return {**params, member: [params[member][place]]} if member in params else params


def _but(params: Mapping[str, Any], member: str, place: int) -> Mapping[str, Any]:
    if member not in params:
        return params
    return {**params, member: _replaced(params[member], place, ())}
