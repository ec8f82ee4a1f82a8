"""What is different between what a row asks for and what is there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from bulkops.definition.expressions import Arg, Each, Empty, Entries, Keyed, Keys, Saved, Token
from bulkops.definition.job import Step
from bulkops.definition.kinds.found_things import Addressed, Col, Find
from bulkops.definition.kinds.thing_kind import ThingKind
from bulkops.definition.model.member_paths import value_at_dotted
from bulkops.definition.model.replacing_operations import merges
from bulkops.definition.verbs import verb
from bulkops.planning.calls.argument import Argument, Path
from bulkops.planning.calls.argument_places import places
from bulkops.planning.calls.keyed_elements import elements_by
from bulkops.planning.calls.placeholders import with_stand_ins
from bulkops.planning.diff.alike import met
from bulkops.planning.diff.state import StateValue, amended, is_tags, state_value
from bulkops.planning.inventory import Thing
from bulkops.planning.plan import Placeholder


class Difference(NamedTuple):
    """An argument that what is there does not meet, and what is there."""

    argument: Argument
    old: StateValue


def differences(
    step: Step,
    arguments: Iterable[Argument],
    state: Mapping[str, Any],
    kind: ThingKind,
    *,
    described: bool,
) -> list[Difference]:
    """Return the arguments that a thing's state does not meet.

    What the state does not tell (a password, permissions) is no difference where the step would
    make the thing, and one where it sets the value. Defaults are for what is new. The name by
    which the thing was found is met, however it is spelt.
    """
    makes = verb(step.operation) == "create"
    adds = verb(step.operation) == "associate" or merges(kind.service, step.operation)
    named = _name_column(step) if makes else ""
    choices = {path for path, arg in places(step.args, ()) if isinstance(arg, Empty)}
    found, is_seen = [], False
    for argument in arguments:
        if argument.addresses or argument.default or (named and argument.field == named):
            continue
        value = with_stand_ins(argument.value)
        hidden = isinstance(value, Placeholder) and not value.said
        old = (
            StateValue(known=False)
            if hidden
            else state_value(state, argument.path, kind, described=described)
        )
        is_seen = is_seen or (old.known and not argument.is_constant)
        old = amended(old, kind, argument.path, value)
        # of what is only addressed nothing but what was seen is believed to be so
        unseen = not makes or kind.address is not None
        more = adds or is_tags(argument.path)  # what is there may have other tags besides
        unmet = not met(value, old.value, adds=more) if old.known else unseen
        if unmet or (argument.path in choices and old.value is None):
            found.append(Difference(argument, old))
    # a constant that no state tells, beside what one does, says how to act and not what to set
    return [each for each in found if each.old.known or not (is_seen and each.argument.is_constant)]


def _name_column(step: Step) -> str:
    """Return the column by whose name a step's subject is found."""
    return step.subject.by.name if isinstance(step.subject, Find) else ""


def as_sent(step: Step, params: Mapping[str, Any], thing: Thing, kind: ThingKind) -> bool:
    """Tell whether a thing is as a call would have made it, as far as its state tells.

    Placeholders are not compared, nor what only says which thing is meant.
    """
    described = thing.described or verb(step.operation) != "create"
    adds = verb(step.operation) == "associate" or merges(kind.service, step.operation)
    state = thing.state or {}
    if lacks_choice(step, state, kind, described=described):
        return False
    for name, arg in step.args.items():
        if isinstance(arg, Keyed):
            there = state_value(state, (name,), kind, described=described)
            if there.known and not _elements_met(params.get(name, ()), there.value or (), arg.by):
                return False
    for path in _sent_paths(step, step.args, ()):
        value = value_at_dotted(params, ".".join(path))
        if value is None or isinstance(value, Placeholder):
            continue
        old = state_value(state, path, kind, described=described)
        if old.known and not met(value, old.value, adds=adds):
            return False
    return True


def _elements_met(new: Sequence[Any], old: Sequence[Any], by: str) -> bool:
    """Tell whether a list has the elements that were sent and no other, with all that was sent."""
    mine, theirs = elements_by(new, by), elements_by(old, by)
    return mine.keys() == theirs.keys() and _is_inside(mine, theirs)


def _is_inside(new: Any, old: Any) -> bool:  # noqa: ANN401  # JSON values
    if isinstance(new, Mapping) and isinstance(old, Mapping):
        return all(_is_inside(value, old.get(name)) for name, value in new.items())
    return met(new, old)


def _sent_paths(step: Step, args: Mapping[str, Arg], path: Path) -> Iterator[Path]:
    for name, arg in args.items():
        if isinstance(arg, Mapping):
            yield from _sent_paths(step, arg, (*path, name))
        elif not isinstance(arg, _UNCOMPARED) and not _says_which(step, arg):
            yield (*path, name)


def lacks_choice(step: Step, state: Mapping[str, Any], kind: ThingKind, *, described: bool) -> bool:
    """Tell whether a thing is of another sort than a step makes: its state has not its choice."""
    choices = (path for path, arg in places(step.args, ()) if isinstance(arg, Empty))
    found = (state_value(state, path, kind, described=described) for path in choices)
    return any(each.known and each.value is None for each in found)


_UNCOMPARED = Each | Empty | Entries | Keyed | Keys | Saved | Token
"""What no state holds by the name of the write."""


def _says_which(step: Step, arg: Arg) -> bool:
    """Tell whether an argument says which thing is meant: its id, or the name of a new one."""
    makes = verb(step.operation) == "create" and isinstance(step.subject, Find)
    if isinstance(step.subject, Addressed) and arg in step.subject.parts:
        return True
    return arg == step.subject or (makes and arg == Col(_name_column(step)))
