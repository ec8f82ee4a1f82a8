"""What is different between what a row asks for and what is there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from bulkops.definition.column_kinds import written
from bulkops.definition.expressions import (
    Addressed,
    Arg,
    Col,
    Each,
    Empty,
    Entries,
    Find,
    Keyed,
    Keys,
    Saved,
    Token,
)
from bulkops.definition.job import Step
from bulkops.definition.kinds.thing_kind import ThingKind
from bulkops.definition.model.member_paths import EACH, value_at_dotted
from bulkops.definition.model.replacing_operations import merges
from bulkops.definition.relations import RelationKind
from bulkops.definition.verbs import verb
from bulkops.planning.calls.argument import Argument, Path
from bulkops.planning.calls.argument_places import places
from bulkops.planning.calls.keyed_elements import elements_by
from bulkops.planning.calls.uploaded_files import said_of
from bulkops.planning.diff.alike import is_alike
from bulkops.planning.diff.list_amendments import removed
from bulkops.planning.diff.long_texts import LONG, shortened
from bulkops.planning.diff.state import StateValue, amended, state_value
from bulkops.planning.diff.text_parts import parts, parts_changed
from bulkops.planning.indexed_entries import IndexedEntries
from bulkops.planning.inventory import Inventory, Thing
from bulkops.planning.plan import Change, ListChange, Placeholder
from bulkops.planning.rows.cells import MASK

NOT_KNOWN = "(not known)"


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
        hidden = isinstance(argument.value, Placeholder)
        old = (
            StateValue(known=False)
            if hidden
            else state_value(state, argument.path, kind, described=described)
        )
        is_seen = is_seen or (old.known and not argument.is_constant)
        old = amended(old, kind, argument.path, argument.value)
        # of what is only addressed nothing but what was seen is believed to be so
        unseen = not makes or kind.address is not None
        unmet = not met(argument.value, old.value, adds=adds) if old.known else unseen
        if unmet or (argument.path in choices and old.value is None):
            found.append(Difference(argument, old))
    # a constant that no state tells, beside what one does, says how to act and not what to set
    return [each for each in found if each.old.known or not (is_seen and each.argument.is_constant)]


def _name_column(step: Step) -> str:
    """Return the column by whose name a step's subject is found."""
    return step.subject.by.name if isinstance(step.subject, Find) else ""


def changes(found: Iterable[Difference], inventory: Inventory) -> tuple[Change, ...]:
    """Return differences in the words of the sheet: names in place of ids, no secret."""
    return tuple(
        [
            _change(
                argument.field,
                _said(argument, less, inventory) if old.known else NOT_KNOWN,
                _said(argument, more, inventory),
            )
            for argument, old in _told_apart(found)
            for less, more in (_said_parts(argument, old),)
        ]
    )


def _told_apart(found: Iterable[Difference]) -> Iterator[Difference]:
    for argument, old in found:
        text = argument.text
        told = None if text is None else parts_changed(argument, text, old.value)
        if told is None:
            yield Difference(argument, old)
        else:
            yield from (Difference(part, StateValue(before)) for part, before in told)


def list_changes(found: Iterable[Difference], inventory: Inventory) -> tuple[ListChange, ...]:
    """Return of the lists that rows make together what is added and removed, in words."""
    return tuple(
        ListChange(
            argument.field,
            added=tuple(argument.each.said(each, inventory.name_of) for each in more),
            removed=tuple(argument.each.said(each, inventory.name_of) for each in less),
        )
        for argument, old in found
        if argument.each is not None
        for less, more in (_said_parts(argument, old),)
    )


def changes_to_new(arguments: Iterable[Argument], inventory: Inventory) -> tuple[Change, ...]:
    """Return what something new is made with in the words of the sheet, as changes from nothing."""
    return tuple(
        [_change(each.field, "", _said(each, each.value, inventory)) for each in parts(arguments)]
    )


def _change(field: str, old: str, new: str) -> Change:
    if len(old) > LONG or len(new) > LONG:
        old, new = shortened(old, new)
    return Change(field=field, old=old, new=new)


def _said_parts(argument: Argument, old: StateValue) -> tuple[Any, Any]:
    """Return what is told of an old value and a new one: of long lists, what differs."""
    if argument.each is None or not old.known:
        return old.value, argument.value
    there, new = old.value or [], argument.value or []
    return removed(there, new), removed(new, there)


def _said(argument: Argument, value: Any, inventory: Inventory) -> str:  # noqa: ANN401  # JSON
    match value:
        case str():
            return inventory.name_of(argument.finds, value) if argument.finds else value
        case list() if argument.each is not None:
            return "; ".join(argument.each.said(each, inventory.name_of) for each in value)
        case None | Placeholder():
            return _hidden(value)
        case list() | tuple():
            return "; ".join(_said(argument, each, inventory) for each in value)
        case float():
            # As the service answers it, 3.0: the digests of saved plans stand on these texts.
            return str(value)
    text = written(value)
    return inventory.name_of(argument.finds, text) if argument.finds else text


def _hidden(value: Placeholder | None) -> str:
    """Return what is said of a value that is not shown: of a file, what tells it from others."""
    if value is None:
        return ""
    return MASK if value.holds is None else said_of(value.holds)


def met(new: Any, old: Any, *, adds: bool = False) -> bool:  # noqa: ANN401  # JSON values
    """Tell whether what is there is what is asked for; lists have no order, nothing is nothing."""
    if new is False and old is None:
        return True  # a switch that is off may be left out of an answer
    if _is_nothing(new) or _is_nothing(old):
        return _is_nothing(new) and _is_nothing(old)
    if adds and isinstance(new, Mapping) and isinstance(old, Mapping):
        old = {key: old.get(key) for key in new}
    return is_alike(new, old)


def _is_nothing(value: Any) -> bool:  # noqa: ANN401  # JSON values
    return value is None or (isinstance(value, str | list | tuple | Mapping) and not value)


def entry_of(
    relation: RelationKind,
    element: Any,  # noqa: ANN401  # a structure or an id
    there: Sequence[Mapping[str, Any]],
) -> Mapping[str, Any] | None:
    """Return the entry of a list that an element of a write is about, None where there is none."""
    mine = {theirs: _named(element, path) for path, theirs in relation.identity.items()}
    for item in there.alike(mine) if isinstance(there, IndexedEntries) else there:
        if all(_is_same(value_at_dotted(item, theirs), value) for theirs, value in mine.items()):
            return item
    return None


def _is_same(there: Any, wanted: Any) -> bool:  # noqa: ANN401  # JSON values
    return bool(there == wanted) or (isinstance(there, list) and met(wanted, there))


def entry_differences(
    relation: RelationKind, arguments: Iterable[Argument], entry: Mapping[str, Any]
) -> list[Difference]:
    """Return the arguments of a batch's element that an entry of the list does not meet.

    What the list does not tell is a difference: it was not seen to be so.
    """
    found: list[Difference] = []
    if not relation.values:
        return found  # where it stands is all that there is of it
    for argument in arguments:
        if EACH not in argument.path or argument.default or argument.addresses:
            continue
        mine = ".".join(argument.path[argument.path.index(EACH) + 1 :])
        if any(path == mine or path.endswith(f".{mine}") for path in relation.identity):
            continue
        theirs = relation.values.get(mine)
        old = (
            StateValue(known=False)
            if theirs is None
            else StateValue(value_at_dotted(entry, theirs))
        )
        if not old.known or not met(argument.value, old.value):
            found.append(Difference(argument, old))
    return found


def entry_as_sent(
    relation: RelationKind,
    element: Any,  # noqa: ANN401  # a structure or an id
    there: Sequence[Mapping[str, Any]],
) -> bool:
    """Tell whether a list holds an element as it was sent; what was not sent is not compared."""
    entry = entry_of(relation, element, there)
    if entry is None:
        return False
    sent = (
        (value_at_dotted(element, mine), value_at_dotted(entry, theirs))
        for mine, theirs in relation.values.items()
    )
    return all(mine is None or met(mine, theirs) for mine, theirs in sent)


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


def _named(element: Any, path: str) -> Any:  # noqa: ANN401  # JSON values
    """Return what tells an element from others; a removal may name it without what is around it.

    `QueueReference.QueueId` of a queue to be added is the plain `QueueId` of one to be removed.
    """
    while value_at_dotted(element, path) is None and "." in path:
        path = path.partition(".")[2]
    return value_at_dotted(element, path)
