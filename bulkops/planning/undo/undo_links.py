"""What the calls of an undo need of one another: what their run's calls needed, turned round."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, Protocol

from bulkops.definition.job import Job
from bulkops.definition.verbs import verb
from bulkops.planning.calls.inverse import Done
from bulkops.planning.calls.inverse_steps import inverse_address
from bulkops.planning.calls.placeholders import replaced
from bulkops.planning.calls.subject_ids import saved_as, subject_id
from bulkops.planning.needs import needs_in
from bulkops.planning.plan import Action, Need, Placeholder, PlannedCall, PlannedRow, RowDecision
from bulkops.planning.rows.cells import Flaw
from bulkops.planning.rows.typed_rows import problem
from bulkops.problems import Address


class PastRow(Protocol):
    """What is asked of a row of the run that is taken back."""

    @property
    def number(self) -> int:
        """The row's number."""
        ...

    @property
    def address(self) -> Address:
        """The row's place in the sheet."""
        ...

    @property
    def done(self) -> Sequence[Done]:
        """Its calls that took effect."""
        ...


Pair = tuple[PastRow, RowDecision]


def linked(job: Job, decided: Sequence[Pair]) -> Iterator[RowDecision]:
    """Yield decisions with what their calls wait for.

    What made a thing is taken back only after what was made in it. What is made again waits for
    what it lies in, where that is made again too; else it lies in what is there.
    """
    sent = {Need(each.row.number, call.step) for _, each in decided for call in each.row.calls}
    there = {each.row.number: each.row.thing[0] for _, each in decided if each.row.thing[0]}
    again = dict(_made_again(job, decided))
    histories = [history for history, _ in decided]
    links = _Links(sent, _turned(job, histories, sent), there, again)
    while lost := {need for _, each in decided for need in links.lost(each.row)}:
        sent -= lost  # it is not there for others either
        links = _Links(sent, _turned(job, histories, sent), there, again)
    for history, decision in decided:
        yield _linked_row(history, decision, links)


def _made_again(job: Job, decided: Sequence[Pair]) -> Iterator[tuple[str, Placeholder]]:
    """Yield (old id, what stands for the new one) of the things that an undo makes again."""
    for history, decision in decided:
        sent = {call.step for call in decision.row.calls}
        for done in history.done:
            address = inverse_address(job, done.step)
            old = subject_id(job.step(done.step), done.params, done.saved)
            if address is None or address not in sent or not old:
                continue
            step = job.step(address)
            name = saved_as(step, arn=False)
            if name and verb(step.operation) == "create":
                need = Need(history.number, address)
                yield old, Placeholder(kind="made", name=name, of=need, was=old)


def _turned(job: Job, rows: Iterable[PastRow], sent: set[Need]) -> Mapping[Need, Sequence[Need]]:
    """Return what each call waits for, of those that take back what needed what it takes back."""
    waits: dict[Need, list[Need]] = defaultdict(list)
    for row in rows:
        for done in row.done:
            for need in done.needs:
                mine, needed = _back(job, Need(row.number, done.step)), _back(job, need)
                if mine is not None and needed is not None and {mine, needed} <= sent:
                    waits[needed].append(mine)
    return waits


def _back(job: Job, call: Need) -> Need | None:
    """Return the call that takes another one back; None where nothing does."""
    address = inverse_address(job, call.step)
    return None if address is None else Need(call.row, address)


class _Links:
    """Which calls are sent, what each waits for, and the ids of what is there, by row."""

    def __init__(
        self,
        sent: set[Need],
        waits: Mapping[Need, Sequence[Need]],
        there: Mapping[int, str],
        again: Mapping[str, Placeholder],
    ) -> None:
        self._sent = sent
        self._waits = waits
        self._there = there
        self._again = again

    def calls(self, row: PlannedRow) -> tuple[PlannedCall, ...] | None:
        """Return a row's calls with what they wait for; None where that is not sent, nor there."""
        linked = tuple(self._call(row.number, call) for call in row.calls)
        is_whole = all(need in self._sent for call in linked for need in call.needs)
        return linked if is_whole else None

    def lost(self, row: PlannedRow) -> Iterator[Need]:
        """Yield those of a row's calls that would be sent, and can't be."""
        mine = (Need(row.number, call.step) for call in row.calls)
        return filter(self._sent.__contains__, mine if self.calls(row) is None else ())

    def _call(self, row: int, call: PlannedCall) -> PlannedCall:
        params = replaced(self._with_new_ids(row, call.params), self._placed)
        after = self._waits.get(Need(row, call.step), ())
        return replace(
            call,
            params=params,
            undo=call.undo and self._with_new_ids(row, call.undo),
            needs=tuple(dict.fromkeys((*needs_in(params), *after))),
        )

    def _with_new_ids(self, row: int, params: Any) -> Any:  # noqa: ANN401  # JSON
        """Return params with what stands for the ids of things that other rows make again."""
        match params:
            case str() if params in self._again:
                new = self._again[params]
                return params if new.of is not None and new.of.row == row else new
            case Mapping():
                return {name: self._with_new_ids(row, value) for name, value in params.items()}
            case list():
                return [self._with_new_ids(row, value) for value in params]
            case _:
                return params

    def _placed(self, placeholder: Placeholder) -> Placeholder | str:
        """Return the id of what is not made again, but is there."""
        need = placeholder.of
        if need is None or need in self._sent:
            return placeholder
        return self._there.get(need.row, "") or placeholder.was or placeholder


def _linked_row(history: PastRow, decision: RowDecision, links: _Links) -> RowDecision:
    row = decision.row
    calls = links.calls(row)
    if calls is not None:
        return decision._replace(row=replace(row, calls=calls))
    said = problem(_LACKING, history.address)
    refused = replace(row, action=Action.CONFLICT, calls=(), changes=(), problem=said)
    return decision._replace(row=refused)


_LACKING = Flaw(
    code="gone",
    message="what this row's thing lay in is no longer there, and is not made again",
)
