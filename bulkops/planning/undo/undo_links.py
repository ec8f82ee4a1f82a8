"""What the calls of an undo need of one another: what their run's calls needed, turned round."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from bulkops.definition.job import Job
from bulkops.definition.verbs import verb
from bulkops.planning.calls.inverse_steps import inverse_address
from bulkops.planning.calls.placeholders import replaced
from bulkops.planning.calls.subject_ids import saved_as, subject_id
from bulkops.planning.inventory import Inventory
from bulkops.planning.needs import needs_in
from bulkops.planning.plan import Action, Need, Placeholder, PlannedCall, PlannedRow, RowDecision
from bulkops.planning.rows.cells import Flaw
from bulkops.planning.rows.typed_rows import problem
from bulkops.planning.undo.gathered_calls import mates
from bulkops.planning.undo.past_uses import PastRow, PastUses
from bulkops.problems import Address

Pair = tuple[PastRow, RowDecision]


def linked(
    job: Job, decided: Sequence[Pair], inventories: Mapping[str, Inventory]
) -> Iterator[RowDecision]:
    """Yield decisions with what their calls wait for.

    What made a thing is taken back only after what was made in it, or set to it; where that is not
    taken back, the thing stays as well. What is made again waits for what it lies in, where that
    is made again too; else it lies in what is there.
    """
    sent = {Need(each.row.number, call.step) for _, each in decided for call in each.row.calls}
    there = {each.row.number: each.row.thing[0] for _, each in decided if each.row.thing[0]}
    again = dict(_made_again(job, decided))
    past = PastUses(job, [history for history, _ in decided])
    places = {history.number: history.address for history, _ in decided}
    held = {each.row.number for _, each in decided if each.row.action is Action.CONFLICT}
    together = mates(job, (each.row for _, each in decided))
    said: dict[int, RowDecision] = {}
    while True:
        links = _Links(sent, past.turned(sent), there, again)
        still = past.still(sent, held, inventories)
        kept = {mate: places[by] for row, by in still for mate in together.get(row, (row,))}
        stopped = {
            decision.row.number: _refused(history, decision, flaw)
            for history, decision in decided
            if decision.row.number not in said
            if (flaw := links.flaw(decision.row, kept)) is not None
        }
        if not stopped:
            break
        said.update(stopped)
        held = set(stopped)
        sent -= {need for need in sent if need.row in stopped}  # it is not there for others either
    calls = {each.row.number: links.calls(each.row) for _, each in decided}
    for _, decision in decided:
        row = decision.row
        mine = _joined(calls[row.number], [calls[mate] for mate in together.get(row.number, ())])
        yield said.get(row.number) or decision._replace(row=replace(row, calls=mine))


def _joined(
    mine: Sequence[PlannedCall], others: Sequence[Sequence[PlannedCall]]
) -> tuple[PlannedCall, ...]:
    """Return a row's calls that wait for all that rows with the same calls wait for."""
    if not others:
        return tuple(mine)
    same = zip(*others, strict=True)
    needs = [dict.fromkeys(need for each in calls for need in each.needs) for calls in same]
    return tuple(replace(call, needs=tuple(every)) for call, every in zip(mine, needs, strict=True))


def _made_again(job: Job, decided: Sequence[Pair]) -> Iterator[tuple[str, Placeholder]]:
    """Yield (old id, what stands for the new one) of the things that an undo makes again."""
    for history, decision in decided:
        sent = {call.step for call in decision.row.calls}
        for done in history.done:
            address = inverse_address(job, done.step)
            old = subject_id(job.step(done.step), done.sent, done.saved)
            if address is None or address not in sent or not old:
                continue
            step = job.step(address)
            name = saved_as(step, arn=False)
            if name and verb(step.operation) == "create":
                need = Need(history.number, address)
                yield old, Placeholder(kind="made", name=name, of=need, was=old)


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

    def calls(self, row: PlannedRow) -> tuple[PlannedCall, ...]:
        """Return a row's calls with what they wait for."""
        return tuple(self._call(row.number, call) for call in row.calls)

    def flaw(self, row: PlannedRow, kept: Mapping[int, Address]) -> Flaw | None:
        """Return why a row can't be taken back, by what becomes of others; None: it can be.

        `kept` are by row the places of those that still use what it made.
        """
        if not row.calls:
            return None
        if row.number in kept:
            return _used_by(kept[row.number])
        lacks = any(need not in self._sent for call in self.calls(row) for need in call.needs)
        return _LACKING if lacks else None

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


def _refused(history: PastRow, decision: RowDecision, flaw: Flaw) -> RowDecision:
    said = problem(flaw, history.address)
    row = replace(decision.row, action=Action.CONFLICT, calls=(), changes=(), problem=said)
    return decision._replace(row=row)


def _used_by(row: Address) -> Flaw:
    return Flaw(
        code="still-used",
        message=f"what {f'{row.sheet} row {row.row}'.lstrip()} did uses it, and is not taken back",
        hint="Nothing of this row was put back; see to that row first, and undo then.",
    )


_LACKING = Flaw(
    code="gone",
    message="what this row's thing lay in is no longer there, and is not made again",
)
