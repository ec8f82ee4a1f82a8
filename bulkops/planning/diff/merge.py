"""What an update sends beside what the row sets, and what would take it back."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

from bulkops.definition.batch_limits import batched_member
from bulkops.definition.job import Step
from bulkops.definition.kinds.thing_kind import ThingKind
from bulkops.definition.model.member_paths import EACH, key_at, value_at
from bulkops.definition.model.operations import operation
from bulkops.definition.model.replacing_operations import merges, replaces_all
from bulkops.definition.relations import RelationKind
from bulkops.planning.calls.argument import Argument, Path
from bulkops.planning.calls.keyed_elements import holds_changes, keyed_by
from bulkops.planning.diff.state import amended, kept, state_value
from bulkops.planning.rows.clear_values import Emptied, emptied


def completed(
    service: str,
    step: Step,
    arguments: Sequence[Argument],
    state: Mapping[str, Any],
    without: Collection[Path] = (),
) -> list[Argument]:
    """Return the arguments with what they leave out of a structure as the thing has it now.

    An update replaces a structure as a whole, and some all of the thing: what the row does not
    speak of must not be lost. A default serves only where the thing has nothing. `without` are
    (structure, member) of what is not kept.
    """
    if merges(service, step.operation):
        return list(arguments)
    known = operation(service, step.operation).members
    members = {
        each.path[0]
        for each in arguments
        if len(each.path) > 1 and not each.addresses and not holds_changes(step, each.path[0])
    }
    if replaces_all(service, step.operation):
        members.update(step.args)
    given = {each.path for each in arguments if not each.default}
    gone = {*without} | {
        each.path[:2]
        for each in arguments
        if each.value is None and len(each.path) > 1 and key_at(each.path[-2])
    }
    held = {
        path: value
        for member in sorted(members)
        for path, value in kept(state, member, known, keyed_by(step, member)).items()
        # a structure that one cell gives is given with all that is in it
        if given.isdisjoint(path[:length] for length in range(1, len(path) + 1))
        and path[:2] not in gone
    }
    return _with_held(arguments, held)


def completed_entry(
    service: str,
    step: Step,
    arguments: Sequence[Argument],
    relation: RelationKind,
    entry: Mapping[str, Any],
) -> list[Argument]:
    """Return the arguments of a batch's element with the values that the list's entry has."""
    known = operation(service, step.operation).members
    given = {each.path for each in arguments if not each.default}
    held: dict[Path, Any] = {}
    for path, value in entry_values(step, relation, entry):
        dotted = Argument(path=path, value=value).dotted
        if dotted in known and path not in given:
            held[path] = value
    return _with_held(arguments, held)


def entry_values(
    step: Step, relation: RelationKind, entry: Mapping[str, Any]
) -> Iterator[tuple[Path, Any]]:
    """Yield (path in a step's params, value) of what a list's entry holds beside its identity."""
    member = batched_member(step)
    for mine, theirs in relation.values.items():
        if theirs in entry:
            yield (member, EACH, *mine.split(".")), entry[theirs]


def undo_of_update(
    service: str,
    step: Step,
    arguments: Iterable[Argument],
    state: Mapping[str, Any],
    kind: ThingKind,
    *,
    described: bool,
) -> list[Argument] | None:
    """Return the arguments that put back what was there; None where that is not known."""
    sent = list(arguments)
    back: list[Argument] = []
    for argument in sent:
        if argument.addresses:
            back.append(argument)
            continue
        old = state_value(state, argument.path, kind, described=described)
        old = amended(old, kind, argument.path, argument.value)
        if not old.known:
            return None
        if isinstance(argument.value, Mapping) and merges(service, step.operation):
            held = old.value or {}
            back.append(argument._replace(value={k: held.get(k, "") for k in argument.value}))
            continue
        if old.value not in (None, "", [], {}):
            back.append(argument._replace(value=old.value))
            continue
        empty = _emptied(service, step, argument, state)
        if empty is None:
            return None
        back.append(argument._replace(value=empty.value))
    return completed(service, step, back, state)


def unemptied(
    service: str,
    step: Step,
    arguments: Iterable[Argument],
    state: Mapping[str, Any],
    kind: ThingKind,
    *,
    described: bool,
) -> Iterator[Argument]:
    """Yield what is set where nothing was, and nothing can be put there again."""
    for argument in arguments:
        old = state_value(state, argument.path, kind, described=described)
        is_empty = old.known and old.value in (None, "", [], {}) and not argument.addresses
        if is_empty and _emptied(service, step, argument, state) is None:
            yield argument


def _emptied(
    service: str, step: Step, argument: Argument, state: Mapping[str, Any]
) -> Emptied | None:
    """Return what empties an argument's member: to leave it out where all around it was not there.

    That is an element of a list, or a structure within one, which need not be there at all.
    """
    path = argument.path
    if any(map(key_at, path)):
        return Emptied(None)
    if replaces_all(service, step.operation) or merges(service, step.operation):
        return emptied(service, step, argument.dotted)
    if len(path) > _INSIDE and not value_at(state, path[:-1]):
        return Emptied(None)
    if argument.value is True:
        return Emptied(False)  # noqa: FBT003  # a switch that is off may be left out of an answer
    return emptied(service, step, argument.dotted)


_INSIDE = 2


def _with_held(arguments: Iterable[Argument], held: Mapping[Path, Any]) -> list[Argument]:
    """Return arguments and held values together; where both speak, what is held is no default."""
    mine = [each for each in arguments if each.path not in held]
    return [*mine, *(Argument(path=path, value=value) for path, value in held.items())]
