"""Looking at single things and their lists by id, with Describe and List."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from bulkops.definition.homes import filled
from bulkops.definition.kinds.reading import Reading
from bulkops.definition.kinds.thing_kind import ThingKind
from bulkops.definition.model.member_paths import id_in_arn
from bulkops.definition.model.newer_members import like
from bulkops.definition.model.operations import operation
from bulkops.definition.relations import RelationKind
from bulkops.engine.reads.instance_reader import Reader, ReadError
from bulkops.engine.reads.items import with_parent
from bulkops.engine.reads.side_by_side import side_by_side
from bulkops.pacing.error_codes import NOT_VISIBLE_YET, RESOURCE_NOT_FOUND
from bulkops.pacing.replies import Fault, FaultClass
from bulkops.planning.inventory import Thing


async def entries(reader: Reader, relation: RelationKind, of: str) -> list[Mapping[str, Any]]:
    """Return the entries of one thing's list."""
    asked = {relation.of_argument: of}
    items = [item async for item in reader.items(relation.service, relation.listing, asked)]
    return [relation.as_written(item) for item in items] if relation.told_more else items


async def entries_of(
    reader: Reader, relation: RelationKind, owner: Thing
) -> list[Mapping[str, Any]]:
    """Return the entries of a thing's list; its listing may be of all in what it lies in."""
    if not relation.owner_in_item:
        return await entries(reader, relation, owner.id)
    every = await entries(reader, relation, owner.within)
    return [each for each in every if each[relation.owner_in_item] == owner.id]


async def described(reader: Reader, kind: ThingKind, thing: Thing) -> Thing:
    """Return a thing with the state that its describe operation gives."""
    alone = await _described_alone(reader, kind, thing)
    return _with_beside(kind, alone, await _beside(reader, kind))


async def _described_alone(
    reader: Reader, kind: ThingKind, thing: Thing, members: Sequence[str] | None = None
) -> Thing:
    if kind.describe is None:
        return thing
    if kind.describe.several and not kind.within:
        return await _one_of_several(reader, kind, thing)
    asked = filled(kind.service, kind.describe.operation, reader.target.places)
    if kind.within:
        asked[kind.within_argument] = thing.within
    told = kind.as_written(await _told_of(reader, kind, kind.describe, asked, thing.id, members))
    state = with_parent(told, kind.search)
    more = {**await _further(reader, kind, thing), **await _own_list(reader, kind, thing)}
    return replace(thing, state=like(state, {**state, **more}), described=True)


async def _told_of(  # noqa: PLR0917  # what is read, and how
    reader: Reader,
    kind: ThingKind,
    reading: Reading,
    places: Mapping[str, Any],
    thing_id: str,
    members: Sequence[str] | None,
) -> Mapping[str, Any]:
    """Return what a reading tells of a thing: of a flow that was never published, its draft."""
    asked = {**places, **reading.asked(thing_id)}
    try:
        return await _told(reader, kind.service, reading, asked, members)
    except ReadError as error:
        if reading.otherwise is None or error.fault.code != reading.otherwise[0]:
            raise
    asked |= reading.asked(f"{thing_id}{reading.otherwise[1]}")
    return await _told(reader, kind.service, reading, asked, members)


async def _further(reader: Reader, kind: ThingKind, thing: Thing) -> Mapping[str, Any]:
    """Return what a second operation tells of a thing's state; empty for no such."""
    if kind.further is None:
        return {}
    asked = filled(kind.service, kind.further.operation, reader.target.places)
    asked |= kind.further.asked(thing.id)
    return kind.further.told((await reader.read(kind.service, kind.further.operation, asked)).data)


async def _told(
    reader: Reader,
    service: str,
    reading: Reading,
    asked: Mapping[str, Any],
    known: Sequence[str] | None,
) -> Mapping[str, Any]:
    """Return what a reading tells of one thing, in as many calls as its members need.

    `known` are the ids of the members, where they were listed already.
    """
    members = reading.members
    if members is None:
        return reading.told((await reader.read(service, reading.operation, asked)).data)
    ids = await _member_ids(reader, service, reading) if known is None else known
    state: dict[str, Any] = {}
    for start in range(0, len(ids), members.most):
        part = [{members.wrapped: each} for each in ids[start : start + members.most]]
        reply = await reader.read(service, reading.operation, {**asked, members.argument: part})
        told = reading.told(reply.data)
        held = [*state.get(members.answered, ()), *told.get(members.answered, ())]
        state = {**told, members.answered: held}
    return state


async def _member_ids(reader: Reader, service: str, reading: Reading) -> list[str]:
    """Return the ids that a reading must be told; none where it needs none."""
    if reading.members is None:
        return []
    listing = reading.members.listing
    return [str(item[listing.id]) async for item in reader.items(service, listing)]


async def _one_of_several(reader: Reader, kind: ThingKind, thing: Thing) -> Thing:
    """Return a thing that is read as several are; ReadError where it is not there."""
    (found,) = await read_several(reader, kind, [thing])
    if found.state is None:
        name = kind.describe.operation if kind.describe is not None else ""
        said = f"The {kind.noun} is not there."
        fault = Fault(fault_class=FaultClass.REJECTED, code=RESOURCE_NOT_FOUND, message=said)
        raise ReadError(kind.service, name, fault)
    return found


async def _own_list(reader: Reader, kind: ThingKind, thing: Thing) -> Mapping[str, Any]:
    """Return the member of a thing's state that a list of its own tells; empty for no such."""
    own = kind.own_list
    if own is None:
        return {}
    asked = {own.argument: thing.id}
    return {own.member: [item async for item in reader.items(kind.service, own.listing, asked)]}


async def _beside(reader: Reader, kind: ThingKind) -> Mapping[str, Any]:
    """Return, by the id of a thing, the member that a list of its own tells; empty for no such."""
    if kind.beside is None:
        return {}
    listing, found = kind.beside.listing, dict[str, Any]()
    async for item in reader.items(kind.service, listing):
        if kind.beside.value in item:
            found[id_in_arn(str(item[listing.id]))] = item[kind.beside.value]
    return found


def _with_beside(kind: ThingKind, thing: Thing, found: Mapping[str, Any]) -> Thing:
    if kind.beside is None or thing.state is None or thing.id not in found:
        return thing
    more = {**thing.state, kind.beside.member: found[thing.id]}
    return replace(thing, state=like(thing.state, more))


async def _described_if_visible(
    reader: Reader, kind: ThingKind, thing: Thing, members: Sequence[str]
) -> Thing:
    """Return a listed thing with the state that Describe gives, None where it has none yet."""
    try:
        return await _described_alone(reader, kind, thing, members)
    except ReadError as error:
        if error.fault.code in NOT_VISIBLE_YET:
            return replace(thing, state=None)
        raise


async def described_all(reader: Reader, kind: ThingKind, things: Iterable[Thing]) -> list[Thing]:
    """Return things with the state that Describe gives, None where it gives none yet.

    They are read side by side, and what stands beside their states once for all of them.
    """
    there, found = list(things), list[Thing]()
    if kind.describe is not None and kind.describe.several and not kind.within:
        return await read_several(reader, kind, there)
    beside = await _beside(reader, kind) if there else {}
    members: Sequence[str] = ()
    if kind.describe is not None:
        reader.expect(kind.service, kind.describe.operation, len(there))

        members = await _member_ids(reader, kind.service, kind.describe) if there else []

    async def read(thing: Thing) -> None:
        seen = await _described_if_visible(reader, kind, thing, members)
        found.append(_with_beside(kind, reader.texts.without(seen, kind), beside))

    await side_by_side(partial(read, thing) for thing in there)
    return found


async def read_several(reader: Reader, kind: ThingKind, things: Iterable[Thing]) -> list[Thing]:
    """Return things with their states, as many a call as it takes; None for what is not there."""
    reading = kind.describe
    if reading is None:
        raise TypeError(kind.name)
    there = list(things)
    most = _most(kind, reading)
    parts = [there[start : start + most] for start in range(0, len(there), most)]
    reader.expect(kind.service, reading.operation, len(parts))
    states: dict[str, Mapping[str, Any]] = {}

    async def read(part: list[Thing]) -> None:
        asked = reader.asked(
            kind.service, reading.operation, reading.asked(*(each.id for each in part))
        )
        reply = await reader.read(kind.service, reading.operation, asked)
        states.update((str(item[kind.listing.id]), item) for item in reply.data[reading.item])

    await side_by_side(partial(read, part) for part in parts)
    return [replace(each, state=states.get(each.id), described=each.id in states) for each in there]


def _most(kind: ThingKind, reading: Reading) -> int:
    """Return how many ids one call takes."""
    ids = operation(kind.service, reading.operation).member(reading.id_argument)
    return int(ids.limits.maximum or 1)
