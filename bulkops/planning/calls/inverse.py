"""From a call that took effect to the call that takes it back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, TypeAlias, assert_never

from bulkops.definition.expressions import (
    Amended,
    Arg,
    Each,
    Empty,
    Entries,
    Held,
    JsonText,
    Keyed,
    Keys,
    Saved,
    Together,
    Token,
    Was,
    WasList,
)
from bulkops.definition.homes import Places, filled
from bulkops.definition.job import Job, Step
from bulkops.definition.kinds.found_things import Col, Find
from bulkops.definition.model.operations import operation
from bulkops.definition.verbs import verb
from bulkops.planning.calls.inverse_steps import inverse_address, needs_state
from bulkops.planning.calls.keyed_elements import elements_by
from bulkops.planning.calls.placeholders import Made, closed, remembering
from bulkops.planning.calls.subject_ids import subject_id
from bulkops.planning.plan import Placeholder

Values: TypeAlias = dict["Col | Find | Held", Any]
"""What a call sent for each expression of its step."""
Before: TypeAlias = Mapping["Was | WasList", Any]
"""What stood in a thing's state, where an undo step takes it from there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """A call that took effect, as far as one row goes: of a batch, the row's own element.

    `saved` is what the row's calls returned; `undo` what was kept to put back. `needs` are the
    calls of other rows that it needed, with what each had saved.
    """

    step: str
    params: Mapping[str, Any]
    saved: Mapping[str, Any]
    undo: Mapping[str, Any] | None = None
    needs: Made = field(default_factory=dict)

    @property
    def sent(self) -> Mapping[str, Any]:
        """Its params with the ids of what other rows had made, as they were sent."""
        return closed(self.params, {}, self.needs) if self.needs else self.params


@dataclass(frozen=True, slots=True, kw_only=True)
class Inverse:
    """What takes a call back. `undo` is what would take that back in turn."""

    address: str
    step: Step
    params: Mapping[str, Any]
    undo: Mapping[str, Any] | None


def invert(job: Job, done: Done, places: Places, made: frozenset[str]) -> Inverse | None:
    """Return what takes a call back; None where nothing does, or nothing was kept to put back.

    `made` are the names under which the calls that are taken back with it had saved something:
    what is done anew gives them other values, so they stay open in `Inverse.undo`.
    """
    address = inverse_address(job, done.step)
    if address is None:
        return None
    if job.step(address.partition(".undo")[0]).remakes:
        return _remade(job, done, address)
    if done.undo is not None and not needs_state(job.step(address)):
        address = address if done.step.endswith(".undo") else done.step
    step = job.step(address)
    if address == f"{done.step}.undo":
        params = done.undo or _built(job, done, step, places)
        kept = closed(done.params, {k: v for k, v in done.saved.items() if k not in made})
        kept = remembering(kept, done.needs)
        return Inverse(address=address, step=step, params=params, undo=kept)
    if done.undo is None:
        return None
    back = remembering(done.params, done.needs) if address == done.step else None
    params = closed(done.undo, done.saved)  # of what the row made the id was not known
    return Inverse(address=address, step=step, params=params, undo=back)


def _remade(job: Job, done: Done, address: str) -> Inverse | None:
    """Return what makes a deleted thing again, or deletes it again: the plan kept both.

    They are kept by their steps' addresses, and go from one undo to the next as they are.
    """
    if done.undo is None:
        return None
    params = closed(done.undo[address][0], done.saved)
    return Inverse(address=address, step=job.step(address), params=params, undo=done.undo)


def following(job: Job, inverse: Inverse) -> list[tuple[str, Mapping[str, Any]]]:
    """Return (address, params) of what is sent after a thing was made again, in that order."""
    further = [
        address for address, _ in job.addresses() if address.startswith(f"{inverse.address}.also")
    ]
    kept = inverse.undo or {}
    return [(address, params) for address in further for params in kept.get(address, ())]


def apart(job: Job, done: Done) -> tuple[Done, ...]:
    """Return a call as what is put back with its operation, and what its undo step takes back.

    A call that adds some entries to a map and gives others new values is both: the new ones are
    taken off, the others get the values that were kept.
    """
    step = job.step(done.step)
    if done.undo is None or step.undo is None or needs_state(step.undo):
        return (done,)
    if verb(step.undo.operation) == "delete":
        return (done,)  # it takes the whole thing back, and not what was added to it
    old = done.undo
    maps = [name for name, value in done.params.items() if _is_part(old.get(name), value)]
    added = {name: _without(done.params[name], old[name]) for name in maps}
    if not any(added.values()):
        return (done,)
    given = {name: {key: done.params[name][key] for key in old[name]} for name in maps}
    return (
        replace(done, params={**done.params, **given}, undo=old),
        replace(done, params={**done.params, **added}, undo=None),
    )


def _is_part(old: Any, new: Any) -> bool:  # noqa: ANN401  # JSON values
    return isinstance(old, Mapping) and isinstance(new, Mapping)


def _without(whole: Mapping[str, Any], part: Mapping[str, Any]) -> Mapping[str, Any]:
    return {key: value for key, value in whole.items() if key not in part}


def params_before(
    job: Job, address: str, params: Mapping[str, Any], was: Before, places: Places
) -> dict[str, Any]:
    """Return what puts back what a step takes away, from what it sends and the state before."""
    undo = job.step(address).undo
    if undo is None:
        raise KeyError(address)
    done = Done(step=address, params=params, saved={})
    return _built(job, done, undo, places, was)


def params_again(
    step: Step, values: Values, was: Before, *, target: tuple[Job, Places], saved: Iterable[str]
) -> dict[str, Any]:
    """Return the params of a step that makes a thing again, or follows that.

    `values` are those of the row's expressions; `target` the job and what the target has;
    `saved` the names under which what is made is known by then.
    """
    job, places = target
    later = {name: Placeholder(kind="saved", name=name) for name in saved}
    built = {name: _value(arg, values, later, was) for name, arg in step.args.items()}
    homes = filled(job.service, step.operation, places)
    members = operation(job.service, step.operation).members
    given = {
        name: value
        for name, value in built.items()
        if value is not None and (members[name].required or value not in ("", [], {}))
    }
    return {**homes, **given}


def _built(
    job: Job, done: Done, undo: Step, places: Places, was: Before | None = None
) -> dict[str, Any]:
    """Build an undo step's params from what its own step sent and saved, and the state before."""
    step = job.step(done.step)
    values: Values = {}
    for name, arg in step.args.items():
        if name in done.params:
            _learn(arg, closed(done.params[name], done.saved, done.needs), values)
    known = subject_id(step, done.sent, done.saved)
    if step.about is not None and known:
        values.setdefault(step.about, known)
    homes = filled(job.part(done.step).service, undo.operation, places)
    built = {name: _value(arg, values, done.saved, was) for name, arg in undo.args.items()}
    return {**homes, **{name: value for name, value in built.items() if value is not None}}


def _learn(arg: Arg, value: Any, values: Values) -> None:  # noqa: ANN401  # JSON
    """Take note of what was sent for each expression of an argument."""
    match arg:
        case Each():
            _learn(arg.item, value[0], values)
        case Keyed():
            elements = elements_by(value, arg.by)
            for place, members in arg.elements():
                _learn(members, elements.get(place, {}), values)
        case Mapping():
            for name, inner in arg.items():
                if name in value:
                    _learn(inner, value[name], values)
        case Amended():
            values[arg.item] = value
        case Col() | Find() | Held():
            values[arg] = value
        case (
            Entries()
            | Keys()
            | Saved()
            | Was()
            | WasList()
            | Token()
            | Together()
            | Empty()
            | JsonText()
            | str()
            | int()
        ):
            return
        case _ as never:
            assert_never(never)


def _value(arg: Arg, values: Values, saved: Mapping[str, Any], known: Before | None = None) -> Any:  # noqa: ANN401, C901, PLR0911, PLR0912  # JSON; one for each word
    """Return what an argument comes to; None where it is not known."""
    match arg:
        case Each():
            return [_value(arg.item, values, saved, known)]
        case Keyed():
            elements = [_value(item, values, saved, known) for item in arg.items]
            return [each for each in elements if each.keys() != {arg.by}] or None
        case Mapping():
            inner = {name: _value(each, values, saved, known) for name, each in arg.items()}
            return {name: value for name, value in inner.items() if value is not None}
        case Amended():
            return values.get(arg.item)
        case Keys(of=Col() as held):
            return None if held not in values else list(values[held])
        case Entries() | Keys():
            return None  # of what was there: what was kept says it
        case Col() | Find() | Held():
            return values.get(arg)
        case Saved():
            return saved.get(arg.name)
        case Was() | WasList():
            return None if known is None else known.get(arg)
        case Token():
            return Placeholder(kind="token")
        case Together() | JsonText():
            return None  # no row knows the others' elements
        case Empty():
            return {}
        case str() | int():
            return arg
        case _ as never:
            assert_never(never)
