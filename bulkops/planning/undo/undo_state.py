"""Whether what a call did still stands, so that it can be taken back without harm."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, assert_never

from bulkops.definition.batch_limits import batched_member
from bulkops.definition.expressions import (
    Addressed,
    Amended,
    Col,
    Empty,
    Entries,
    Find,
    Held,
    JsonText,
    Keys,
    Member,
    Saved,
    Together,
    Token,
    Was,
    WasList,
)
from bulkops.definition.homes import member_filled
from bulkops.definition.job import Step
from bulkops.definition.model.member_paths import dotted, key_at
from bulkops.definition.model.operations import operation
from bulkops.definition.model.replacing_operations import merges
from bulkops.definition.relations import RELATIONS
from bulkops.definition.thing_kinds import KINDS
from bulkops.definition.verbs import Verb, sets_values, verb
from bulkops.planning.calls.argument import Argument, Path
from bulkops.planning.calls.argument_places import places
from bulkops.planning.calls.elements import Elements
from bulkops.planning.calls.inverse import Done, Inverse
from bulkops.planning.calls.keyed_elements import elements_by, holds_changes, keyed_by
from bulkops.planning.calls.subject_ids import subject_id
from bulkops.planning.described_columns import described_args
from bulkops.planning.diff.comparison import (
    Difference,
    as_sent,
    entry_as_sent,
    entry_differences,
    entry_of,
    met,
)
from bulkops.planning.diff.led_states import led_differences
from bulkops.planning.diff.state import StateValue, amended, kept, state_value
from bulkops.planning.inventory import Inventory, Thing
from bulkops.planning.plan import Placeholder
from bulkops.planning.undo.entry_moves import entries_state, entry_move
from bulkops.planning.undo.standing import Standing, UndoState, standing_of


@dataclass(frozen=True, slots=True, kw_only=True)
class PastCall:
    """A call that took effect, what would take it back, and what is there now.

    `step` is the call's own; `name` is the name of its subject.
    """

    service: str
    step: Step
    done: Done
    inverse: Inverse
    name: str
    inventory: Inventory

    @property
    def back(self) -> Verb:
        """What taking it back does."""
        return verb(self.inverse.step.operation)

    def thing(self, find: Find) -> Thing | None:
        """Return the thing that the call was about, if it is still there."""
        return thing_of(self.step, self.done, find, self.name, self.inventory)


def undo_state(past: PastCall) -> UndoState:
    """Return what stands of a call."""
    match past.step.subject:
        case Member() as member:
            return _at_entry(past, member)
        case Find() as subject:
            return _at_thing(past, subject)
        case None:
            return UndoState(standing=Standing.AS_SET)
        case _ as never:
            assert_never(never)


def thing_of(step: Step, done: Done, find: Find, name: str, inventory: Inventory) -> Thing | None:
    """Return the thing that a call was about, by the id or ARN that it used."""
    wanted = subject_id(step, done.params, done.saved)
    things = inventory.find(find.kind, name)
    return next((thing for thing in things if wanted in (thing.id, thing.arn)), None)


def _at_entry(past: PastCall, member: Member) -> UndoState:
    """Look at a place in a list. It has no id: only as the call left it is it provably ours."""
    does, owner = past.back, past.thing(member.of)
    if owner is None:
        return UndoState(standing=Standing.BEFORE if does == "disassociate" else Standing.GONE)
    relation = RELATIONS[member.relation]
    there = past.inventory.entries(relation.name, owner.id)
    mine = relation.elements_in(past.done.params, batched_member(past.step))[0]
    theirs = relation.elements_in(past.inverse.params, batched_member(past.inverse.step))[0]
    entry = entry_of(relation, mine, there)
    if entry is None:
        absent = {"disassociate": Standing.BEFORE, "associate": Standing.AS_SET}
        return UndoState(standing=absent.get(does, Standing.GONE), thing=owner)
    standing = standing_of(
        as_set=does != "associate" and entry_as_sent(relation, mine, there),
        before=does != "disassociate" and entry_as_sent(relation, theirs, there),
    )
    back, since = (
        tuple(entry_differences(relation, _element_arguments(step, element), entry))
        for step, element in ((past.inverse.step, theirs), (past.step, mine))
    )
    return UndoState(standing=standing, thing=owner, back=back, since=since)


def _element_arguments(step: Step, element: Any) -> Iterator[Argument]:  # noqa: ANN401  # JSON
    """Yield what an element of a batch sets, with the columns that fed it."""
    member = batched_member(step)
    for path, (column, kind) in _origins(step):
        value = element
        for name in path[2:]:
            value = value.get(name)
        if path[0] == member and value is not None:
            yield Argument(path=path, value=value, field=column, finds=kind)


def _at_thing(past: PastCall, subject: Find) -> UndoState:
    if past.back == "create" or past.step.remakes:
        return _at_name(past, subject)
    thing = past.thing(subject)
    if thing is None:
        return UndoState(standing=_standing_of_absent(past))
    move = entry_move(past.service, past.step, past.done, past.inverse)
    if move is not None:
        return entries_state(thing, move)
    if past.step.leads_to:
        return _at_led(past, subject, thing)
    # It made the thing, or an undo step of its own takes it back: no old value is to be compared.
    if past.inverse.address != past.done.step and not _replaces(past.step):
        return _at_made_within(past, subject, thing)
    found = list(_places(past, subject, thing))
    back = tuple(place.back for place in found if not met(place.old, place.now.value))
    since = tuple(place.since for place in found if not met(place.new, place.now.value))
    standing = standing_of(as_set=not since, before=not back)
    return UndoState(standing=standing, thing=thing, back=back, since=since)


def _at_made_within(past: PastCall, subject: Find, thing: Thing) -> UndoState:
    """Look whether the values still stand that an update has set beside the old ones.

    Such as a new version, which is deleted again. Of anything else no value is to be compared.
    """
    if verb(past.step.operation) != "update" or not sets_values(past.step.operation):
        return UndoState(standing=Standing.AS_SET, thing=thing)
    found = _places(past, subject, thing)
    since = tuple(place.since for place in found if not met(place.new, place.now.value))
    standing = Standing.CHANGED if since else Standing.AS_SET
    return UndoState(standing=standing, thing=thing, since=since)


def _at_led(past: PastCall, subject: Find, thing: Thing) -> UndoState:
    """Look whether a thing is still as a step has led it to be, or as its undo step would."""
    kind, state, inverse = KINDS[subject.kind], thing.state or {}, past.inverse
    since, back = (
        tuple(led_differences(step, params, state, kind, described=thing.described))
        for step, params in (
            (past.step, past.done.params),
            (inverse.step, inverse.params),
        )
    )
    standing = standing_of(as_set=not since, before=bool(inverse.step.leads_to) and not back)
    return UndoState(standing=standing, thing=thing, back=back, since=since)


def _standing_of_absent(past: PastCall) -> Standing:
    """Return what stands of a call whose subject is not there."""
    if past.inverse.step.makes:
        return Standing.AS_SET
    return Standing.BEFORE if past.back in {"delete", "disassociate"} else Standing.GONE


def _replaces(step: Step) -> bool:
    """Tell whether a step's undo step puts back a value, or takes one away that was set."""
    return step.unset_by_undo or (verb(step.operation) == "disassociate" and bool(step.kept))


def _origin(origins: Mapping[Path, tuple[str, str]], path: Path) -> tuple[str, str]:
    """Return what fed a value, or the structure that it is in; else its own path."""
    for length in range(len(path), 0, -1):
        if path[:length] in origins:
            return origins[path[:length]]
    return ".".join(path), ""


def _origins_kept(step: Step) -> dict[Path, tuple[str, str]]:
    return {
        tuple(was.path.split(".")): (KINDS[was.finds].noun if was.finds else was.path, was.finds)
        for was in step.kept
    }


def _at_name(past: PastCall, subject: Find) -> UndoState:
    """Look whether a name is free for what is to be made again."""
    there = past.inventory.find(subject.kind, past.name)
    if not there:
        return UndoState(standing=Standing.AS_SET)
    inverse = past.inverse
    same = as_sent(inverse.step, inverse.params, there[0], KINDS[subject.kind])
    return UndoState(standing=Standing.BEFORE if same else Standing.CHANGED, thing=there[0])


@dataclass(frozen=True, slots=True)
class _Place:
    """One value that a call set: `new` in place of `old`, and what is there `now`.

    `each` is the form of its elements, where rows have made a list together.
    """

    path: Path
    origin: tuple[str, str]
    each: Elements | None
    new: Any
    old: Any
    now: StateValue

    @property
    def back(self) -> Difference:
        return self._difference(self.old)

    @property
    def since(self) -> Difference:
        return self._difference(self.new)

    def _difference(self, value: Any) -> Difference:  # noqa: ANN401  # JSON
        field, kind = self.origin
        argument = Argument(path=self.path, value=value, field=field, finds=kind, each=self.each)
        return Difference(argument, self.now)


def _places(past: PastCall, subject: Find, thing: Thing) -> Iterator[_Place]:
    """Yield the values that a call set, as far as the thing's state tells of them.

    Of a structure, which is replaced as a whole, also what is in it now.
    """
    step, kind, state = past.step, KINDS[subject.kind], thing.state or {}
    known = operation(past.service, step.operation).members
    told = (subject, *(subject.parts if isinstance(subject, Addressed) else ()))
    passed = {n for n, arg in step.args.items() if arg in told or isinstance(arg, Held)}
    passed.add(member_filled(past.service, step.operation, step.args))
    new = _leaves(step, past.done.params, known, passed)
    own = {name for name in past.inverse.params if step.makes and name not in known}
    others = passed | own
    old = _leaves(step, past.inverse.params, known, others)
    parts = merges(past.service, step.operation)
    inside = {
        path
        for member in {path[0] for path in (*new, *old) if len(path) > 1 and not parts}
        if not holds_changes(step, member)
        for path in kept(state, member, known, keyed_by(step, member))
        # what the service added of itself to an element that was sent is nobody's change
        if not (key_at(path[1]) and any(path[:2] == sent[:2] for sent in new))
    }
    origins = dict(_origins(step)) | _origins_kept(step)
    lists = {
        path: Elements(arg) for path, arg in places(step.args, ()) if isinstance(arg, Together)
    }
    described = thing.described or bool(described_args(step))
    for path in sorted({*new, *old, *inside}):
        now = state_value(state, path, kind, described=described)
        now = amended(now, kind, path, new.get(path, old.get(path)))
        if now.known and not isinstance(new.get(path), Placeholder):
            origin = _origin(origins, path)
            if parts and isinstance(new.get(path), Mapping):
                yield _part(path, origin, new[path], old.get(path) or {}, now.value or {})
                continue
            yield _Place(path, origin, lists.get(path), new.get(path), old.get(path), now)


def _part(
    path: Path,
    origin: tuple[str, str],
    new: Mapping[str, Any],
    old: Mapping[str, Any],
    now: Mapping[str, Any],
) -> _Place:
    """Return the entries of a map that a call set, of which the others are no concern of its."""
    there = {key: now[key] for key in new if key in now}
    before, after = ({k: v for k, v in each.items() if v != ""} for each in (old, new))
    return _Place(path, origin, None, after, before, StateValue(there))


def _leaves(
    step: Step, params: Mapping[str, Any], known: Mapping[str, Any], passed: set[str]
) -> dict[Path, Any]:
    """Return the values of params by path, and not those of the members passed over.

    Structures are gone into, and lists that the step tells element by element; maps are values.
    """
    found: dict[Path, Any] = {}
    for name, value in params.items():
        by = keyed_by(step, name)
        if name not in passed:
            found |= _inside(elements_by(value, by) if by else value, (name,), known)
    return found


def _inside(value: Any, path: Path, known: Mapping[str, Any]) -> dict[Path, Any]:  # noqa: ANN401  # JSON
    if not isinstance(value, Mapping) or known[dotted(path)].type == "map":
        return {path: value}
    found: dict[Path, Any] = {}
    for name, inner in value.items():
        found |= _inside(inner, (*path, name), known)
    return found


def _origins(step: Step) -> Iterator[tuple[Path, tuple[str, str]]]:
    """Yield (path, (column, kind of what it finds)) of what a step's columns feed."""
    for path, arg in places(step.args, ()):
        inner = arg.item if isinstance(arg, Amended) else arg
        match inner:
            case Col() | Entries() | Keys():
                yield path, (inner.column, "")
            case Find():
                yield path, (inner.column, inner.kind)
            case JsonText():
                yield path, (inner.leaves[0].column, "")
            case Together():
                yield path, (Elements(inner).field, "")
            case Saved() | Was() | WasList() | Held() | Token() | Empty() | str() | int():
                continue
            case _ as never:
                assert_never(never)
