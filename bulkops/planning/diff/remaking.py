"""What a plan keeps of a thing that it deletes, so that it can be made again with all it had."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bulkops.definition.expressions import Was, WasList, kept_before
from bulkops.definition.homes import Places
from bulkops.definition.job import Job, Step
from bulkops.definition.kinds.found_things import Addressed, Col, Find, Leaf
from bulkops.definition.model.operations import operation
from bulkops.definition.relations import RELATIONS, RelationKind
from bulkops.definition.thing_kinds import KINDS
from bulkops.planning.calls.elements import element_of
from bulkops.planning.calls.inverse import Before, Values, params_again
from bulkops.planning.calls.subject_ids import saved_as
from bulkops.planning.diff.state import state_value
from bulkops.planning.inventory import Inventory, Thing
from bulkops.planning.plan import Placeholder, PlannedCall
from bulkops.planning.rows.paths import leaf_of

_Entries = Sequence[Mapping[str, Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Doomed:
    """A thing that a step is about to delete: the job, the step's address, and what is known.

    `described`: its state is to be read as Describe gives it.
    """

    job: Job
    address: str
    subject: Find
    thing: Thing
    described: bool
    inventory: Inventory
    places: Places


def kept_to_remake(doomed: Doomed, deleting: PlannedCall) -> dict[str, Any]:
    """Return by step address the params of the calls that make a thing again, or delete it again.

    What deletes it again is given the id that making it again will save.
    """
    step = doomed.job.step(doomed.address)
    undo = step.undo
    if undo is None:
        raise KeyError(doomed.address)
    kept = _Kept(doomed, step, undo, deleting.params)
    back = f"{doomed.address}.undo"
    again = {
        name: kept.made_id(value) if step.args.get(name) == doomed.subject else value
        for name, value in deleting.params.items()
    }
    further = {
        f"{back}.also{number}": calls
        for number, each in enumerate(undo.also)
        if (calls := list(kept.further(each)))
    }
    return {doomed.address: [again], back: [kept.making()], **further}


class _Kept:
    """One thing as it is before it goes, in the words of the steps that make it again."""

    def __init__(self, doomed: Doomed, step: Step, undo: Step, params: Mapping[str, Any]) -> None:
        self._doomed = doomed
        self._undo = undo
        kind, state = KINDS[doomed.subject.kind], doomed.thing.state or {}
        self._state: dict[Was | WasList, Any] = {
            was: state_value(
                state, tuple(was.path.split(".")), kind, described=doomed.described
            ).value
            for was in step.kept
        }
        self._values: Values = {
            doomed.subject.by: doomed.thing.name,
            doomed.subject: doomed.thing.id,
            Leaf(doomed.subject.column): leaf_of(doomed.thing.name),
        }
        if isinstance(doomed.subject, Addressed):
            sent = {arg: name for name, arg in step.args.items() if isinstance(arg, Col)}
            parts = doomed.subject.parts
            self._values |= {part: params.get(sent.get(part, "")) for part in parts}
        if doomed.subject.within is not None:  # its name is its own only there
            self._values[doomed.subject.by] = state[kind.listing.name]
            self._values[doomed.subject.within] = doomed.thing.within

    def made_id(self, known: object) -> object:
        """Return what stands for the id of the thing made again; a name that is its id stays."""
        name = saved_as(self._undo, arn=False)
        return Placeholder(kind="saved", name=name) if name else known

    def making(self) -> dict[str, Any]:
        """Return the params that make the thing, with as much of its lists as they take."""
        first: dict[Was | WasList, Any] = {
            arg: self._elements(arg.relation)[: self._most(self._undo, name)]
            for name, arg in self._undo.args.items()
            if isinstance(arg, WasList)
        }
        return self._params(self._undo, {**self._state, **first})

    def further(self, step: Step) -> Iterator[dict[str, Any]]:
        """Yield the params of each call of a step that follows."""
        if step.if_was is not None and self._state.get(Was(step.if_was[0])) != step.if_was[1]:
            return
        if step.each_of:
            for entry in self._entries(step.each_of):
                held: dict[Was | WasList, Any] = {
                    was: entry.get(was.path) for was in kept_before(step.args)
                }
                yield self._params(step, held)
            return
        rests = [(name, arg) for name, arg in step.args.items() if isinstance(arg, WasList)]
        if not rests:
            yield self._params(step, self._state)
        for name, arg in rests:
            for part in self._rest(step, name, arg):
                yield self._params(step, {**self._state, arg: part})

    def _params(self, step: Step, was: Before) -> dict[str, Any]:
        saved = () if step is self._undo else tuple(self._undo.save)
        target = (self._doomed.job, self._doomed.places)
        return params_again(step, self._values, was, target=target, saved=saved)

    def _rest(self, step: Step, name: str, arg: WasList) -> Iterator[list[Any]]:
        taken = next(
            (
                self._most(self._undo, member)
                for member, given in self._undo.args.items()
                if given == WasList(arg.relation)
            ),
            0,
        )
        left, most = self._elements(arg.relation)[taken:], self._most(step, name)
        for start in range(0, len(left), most):
            yield left[start : start + most]

    def _most(self, step: Step, name: str) -> int:
        """Return how many entries a step takes at once: all of them where no limit is known."""
        limits = operation(self._doomed.job.service, step.operation).member(name).limits
        return int(limits.maximum or sys.maxsize)

    def _entries(self, relation: str) -> _Entries:
        return self._doomed.inventory.entries(relation, self._doomed.thing.key)

    def _elements(self, relation: str) -> list[Any]:
        return [_element(RELATIONS[relation], entry) for entry in self._entries(relation)]


def _element(relation: RelationKind, entry: Mapping[str, Any]) -> Any:  # noqa: ANN401  # JSON
    """Return an entry of a list in the form in which it is written."""
    places = {**relation.identity, **relation.values}
    return element_of(
        (tuple(mine.split(".")) if mine else (), entry[theirs])
        for mine, theirs in places.items()
        if theirs in entry
    )
