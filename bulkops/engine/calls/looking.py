"""Looking at an instance for what a call in doubt did there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from bulkops.definition.batch_limits import batched_member
from bulkops.definition.job import Step
from bulkops.definition.kinds.found_things import WITHIN, Addressed, Find, Member
from bulkops.definition.kinds.thing_kind import ThingKind
from bulkops.definition.model.member_paths import value_at_dotted
from bulkops.definition.relations import RELATIONS, RelationKind
from bulkops.definition.settling_ways import Look
from bulkops.definition.thing_kinds import KINDS
from bulkops.definition.verbs import verb
from bulkops.engine.calls.context import RunContext
from bulkops.engine.calls.sent_values import place_of, value_of
from bulkops.engine.calls.shared_reads import SharedReads
from bulkops.engine.calls.sightings import (
    Sight,
    Sighting,
    sight_of_changed,
    sight_of_list,
    sight_of_made,
)
from bulkops.engine.reads.instance_reader import ReadError
from bulkops.engine.reads.items import may_lie_in
from bulkops.engine.reads.search import described, entries
from bulkops.engine.reads.sorted_things import things_of_sort
from bulkops.engine.reads.things_by_name import things_of_names
from bulkops.engine.reads.things_within import things_in_one
from bulkops.ledger.records import StoredCall
from bulkops.pacing.error_codes import NOT_VISIBLE_YET, RESOURCE_NOT_FOUND
from bulkops.planning.calls.placeholders import closed
from bulkops.planning.calls.subject_ids import address_in
from bulkops.planning.inventory import Thing

ThingsByName = Mapping[str, Sequence[Thing]]
Entries = Sequence[Mapping[str, Any]]


class Looks:
    """Looks for several calls; the list that several look at is read once for all of them."""

    def __init__(self, context: RunContext) -> None:
        self._context = context
        self._things: SharedReads[tuple[str, str, bool, bool], ThingsByName] = SharedReads(
            self._read_things
        )
        self._lists: SharedReads[tuple[str, str, str], Entries] = SharedReads(self._read_list)

    async def look(self, call: StoredCall, step: Step, *, for_certain: bool = True) -> Sight:
        """Return what there is to see of a call; ReadError where nothing was to be read.

        Unless `for_certain`, what is absent may only be hard to find as yet.
        """
        # what another row made is known by now: it is compared as it was sent
        call = replace(call, params=closed(call.params, call.saved, call.needs))
        # what other rows, or earlier calls of its own, have made is looked for by its id
        call = replace(call, params=closed(call.params, call.saved, call.needs))
        match step.subject:
            case None:
                return Sight(seen=Sighting.ABSENT)
            case Member() as member:
                return await self._at_list(call, step, member)
            case Find() if step.makes:  # to send it again does no harm
                return Sight(seen=Sighting.ABSENT)
            case Find() as subject if verb(step.operation) == "create":
                return await self._at_name(call, step, subject, for_certain=for_certain)
            case subject:
                return await self._at_id(call, step, subject)

    async def _at_name(
        self, call: StoredCall, step: Step, subject: Find, *, for_certain: bool
    ) -> Sight:
        kind = KINDS[subject.kind]
        if kind.within:
            return await self._at_name_within(call, step, kind)
        name, above = place_of(step, call, subject)
        unique = isinstance(step.settle, Look) and bool(step.settle.duplicate)
        asked = (call.target, subject.kind, for_certain, unique)
        found = await self._things.ask(asked, name)
        sight = sight_of_made(
            step,
            call.params,
            [thing for thing in found[name] if above is None or may_lie_in(thing, above, kind)],
            kind,
            mark=self._context.mark_of(call),
            sent_at=call.sent_at,
        )
        # what no list shows is never certain to be absent, nor that others are all there are
        return _unless_trailing(sight, kind)

    async def _at_name_within(self, call: StoredCall, step: Step, kind: ThingKind) -> Sight:
        """Look for what a call was to make in another thing: names are its own only there."""
        owner = Thing(id=str(call.params[kind.within_argument]), name="")
        there = await things_in_one(self._context.reader(call.target), kind, owner)
        name = f"{WITHIN}{value_at_dotted(call.params, kind.listing.name)}"
        found = [each for each in there if each.name == name]
        sight = sight_of_made(step, call.params, found, kind, mark="", sent_at=call.sent_at)
        return _unless_trailing(sight, kind)

    async def _at_id(self, call: StoredCall, step: Step, subject: Find) -> Sight:
        kind, reader = KINDS[subject.kind], self._context.reader(call.target)
        if isinstance(subject, Addressed):
            name = address_in(step, subject, call.params)
            named = await self._things.ask((call.target, subject.kind, True, True), name)
            seen = next(iter(named[name]), None)
            return sight_of_changed(step, call.params, call.undo, seen, kind)
        within = str(call.params.get(kind.within_argument, ""))
        asked = Thing(id=value_of(step, call, subject), name="", within=within)
        if kind.sorted_by:
            sort = str(call.params[kind.sort_argument])
            there = await things_of_sort(reader, kind, within, sort)
            found = next((each for each in there if each.id == asked.id), None)
            return sight_of_changed(step, call.params, call.undo, found, kind)
        try:
            thing: Thing | None = await described(reader, kind, asked)
        except ReadError as error:
            if _is_gone(error):
                thing = None
            else:
                return Sight(seen=Sighting.HIDDEN)
        return sight_of_changed(step, call.params, call.undo, thing, kind)

    async def _at_list(self, call: StoredCall, step: Step, member: Member) -> Sight:
        relation, owner = RELATIONS[member.relation], value_of(step, call, member.of)
        elements = batched_member(step)
        sent = relation.elements_in(call.params, elements)
        try:
            there = (
                await self._named(call.target, relation, owner, sent)
                if relation.by_name
                else await self._lists.ask((call.target, relation.name, owner))
            )
        except ReadError as error:
            if not _is_gone(error):
                return Sight(seen=Sighting.HIDDEN)
            there = ()
        return sight_of_list(
            relation,
            sent,
            call.undo.get(elements) if call.undo and verb(step.operation) == "update" else None,
            there,
        )

    async def _named(
        self, target: str, relation: RelationKind, owner: str, elements: Entries
    ) -> Entries:
        """Return those elements by which a thing is found as by its name."""
        there = []
        for each in elements:
            name = relation.name_of(each)
            found = await self._things.ask((target, relation.of, False, False), name)
            if any(thing.id == owner for thing in found[name]):
                there.append(each)
        return there

    async def _read_things(
        self, key: tuple[str, str, bool, bool], names: frozenset[str]
    ) -> ThingsByName:
        target, kind, for_certain, unique = key
        reader = self._context.reader(target)
        return await things_of_names(
            reader, KINDS[kind], names, for_certain=for_certain, unique=unique
        )

    async def _read_list(self, key: tuple[str, str, str], _: frozenset[str]) -> Entries:
        target, relation, owner = key
        return await entries(self._context.reader(target), RELATIONS[relation], owner)


def _unless_trailing(sight: Sight, kind: ThingKind) -> Sight:
    """Return what was seen, or that it is hidden where a search may not show it yet."""
    unsure = kind.trails and sight.seen in (Sighting.ABSENT, Sighting.ANOTHERS)
    return replace(sight, seen=Sighting.HIDDEN) if unsure else sight


def _is_gone(error: ReadError) -> bool:
    """Tell whether a read was refused for what is not there; False: it may be there, unreadable.

    Any other failure is raised again: nothing was seen. Of something to be removed only the one
    code says that it is gone.
    """
    if error.fault.code not in NOT_VISIBLE_YET:
        raise error
    return error.fault.code == RESOURCE_NOT_FOUND
