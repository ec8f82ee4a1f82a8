"""Looking at single things and their lists: by name or by id, with List and Describe."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from bulkops.definition.relations import RelationKind
from bulkops.definition.thing_kinds import ThingKind
from bulkops.engine.reads.instance_reader import Reader, ReadError
from bulkops.engine.reads.items import keys_meant, names_in, path_in, thing_in
from bulkops.engine.reads.side_by_side import side_by_side
from bulkops.pacing.error_codes import NOT_VISIBLE_YET
from bulkops.planning.inventory import Thing


async def entries(reader: Reader, relation: RelationKind, of: str) -> list[Mapping[str, Any]]:
    """Return the entries of one thing's list."""
    asked = {relation.of_argument: of, **relation.listing.fixed}
    pages = reader.pages(relation.service, relation.listing.operation, asked)
    return [item async for page in pages for item in page.get(relation.listing.items, ())]


async def things_named(reader: Reader, kind: ThingKind, name: str) -> list[Thing]:
    """Return the things that bear a name now, each with the state that Describe gives."""
    return (await things_of_names(reader, kind, {name}))[name]


async def things_of_names(
    reader: Reader, kind: ThingKind, names: Collection[str]
) -> dict[str, list[Thing]]:
    """Return the things that bear each of some names now, by one walk through the list.

    Each has the state that Describe gives. Search takes no part in this: its index trails behind
    the others. What the list shows and Describe does not know yet has None as its state.
    """
    pages = reader.pages(kind.service, kind.listing.operation, kind.listing.fixed)
    items = [item async for page in pages for item in page.get(kind.listing.items, ())]
    listed = [thing_in(item, kind.listing) for item in items]
    meant = {name: keys_meant(kind, (name,)) for name in names}
    found = await described_all(
        reader,
        kind,
        [each for each in listed if any(kind.key_of(each.name) in keys for keys in meant.values())],
    )
    return {
        name: [
            each
            for each in found
            if kind.key_of(each.name) in meant[name] and _bears(kind, each, name)
        ]
        for name in names
    }


def _bears(kind: ThingKind, thing: Thing, name: str) -> bool:
    """Tell whether a described thing bears a name; `/Sales` is the group at the top alone."""
    if thing.state is None:
        return True
    if kind.has_paths and name.startswith("/"):
        return path_in(thing.state, kind) == name.removeprefix("/")
    return kind.key_of(name) in map(kind.key_of, names_in(thing.name, thing.state, kind))


async def described(reader: Reader, kind: ThingKind, thing: Thing) -> Thing:
    """Return a thing with the state that its describe operation gives."""
    if kind.describe is None:
        return thing
    asked = {"InstanceId": reader.target.instance_id, kind.describe.id_argument: thing.id}
    reply = await reader.read(kind.service, kind.describe.operation, asked)
    state = reply.data.get(kind.describe.item, {})
    return replace(thing, state=state, described=True)


async def described_if_visible(reader: Reader, kind: ThingKind, thing: Thing) -> Thing:
    """Return a listed thing with the state that Describe gives, None where it has none yet."""
    try:
        return await described(reader, kind, thing)
    except ReadError as error:
        if error.fault.code in NOT_VISIBLE_YET:
            return replace(thing, state=None)
        raise


async def described_all(reader: Reader, kind: ThingKind, things: Iterable[Thing]) -> list[Thing]:
    """Return things as `described_if_visible` does, read side by side."""
    there, found = list(things), list[Thing]()
    if kind.describe is not None:
        reader.expect(kind.service, kind.describe.operation, len(there))

    async def read(thing: Thing) -> None:
        found.append(await described_if_visible(reader, kind, thing))

    await side_by_side(partial(read, thing) for thing in there)
    return found
