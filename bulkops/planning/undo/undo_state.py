"""Whether what a call did still stands, so that it can be taken back without harm."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, assert_never

from bulkops.definition.batch_limits import batched_member
from bulkops.definition.job import Step
from bulkops.definition.kinds.found_things import Find, Member
from bulkops.definition.relations import RELATIONS
from bulkops.definition.thing_kinds import KINDS
from bulkops.definition.verbs import Verb, sets_values, verb
from bulkops.planning.calls.argument import Argument
from bulkops.planning.calls.inverse import Done, Inverse
from bulkops.planning.calls.subject_ids import subject_id
from bulkops.planning.diff.alike import met
from bulkops.planning.diff.comparison import as_sent
from bulkops.planning.diff.entry_comparison import entry_as_sent, entry_differences, entry_of
from bulkops.planning.diff.led_states import led_differences
from bulkops.planning.diff.unknown_members import appeared
from bulkops.planning.inventory import Inventory, Thing
from bulkops.planning.undo.entry_moves import entries_state, entry_move
from bulkops.planning.undo.set_values import SetValue, origins, set_values
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
    wanted = subject_id(step, done.sent, done.saved)
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
    for path, (column, kind) in origins(step):
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
    found = list(_set_values(past, subject, thing))
    back = tuple(place.back for place in found if not met(place.old, place.now.value))
    since = (
        *(place.since for place in found if not met(place.new, place.now.value)),
        *appeared(past.done.params, thing, KINDS[subject.kind]),
    )
    standing = standing_of(as_set=not since, before=not back)
    return UndoState(standing=standing, thing=thing, back=back, since=since)


def _at_made_within(past: PastCall, subject: Find, thing: Thing) -> UndoState:
    """Look whether the values still stand that an update has set beside the old ones.

    Such as a new version, which is deleted again. Of anything else no value is to be compared.
    """
    if verb(past.step.operation) != "update" or not sets_values(past.step.operation):
        return UndoState(standing=Standing.AS_SET, thing=thing)
    found = _set_values(past, subject, thing)
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


def _at_name(past: PastCall, subject: Find) -> UndoState:
    """Look whether a name is free for what is to be made again."""
    there = past.inventory.find(subject.kind, past.name)
    if not there:
        return UndoState(standing=Standing.AS_SET)
    inverse = past.inverse
    same = as_sent(inverse.step, inverse.params, there[0], KINDS[subject.kind])
    return UndoState(standing=Standing.BEFORE if same else Standing.CHANGED, thing=there[0])


def _set_values(past: PastCall, subject: Find, thing: Thing) -> Iterator[SetValue]:
    params = past.done.params, past.inverse.params
    return set_values(past.service, past.step, params, subject, thing)
