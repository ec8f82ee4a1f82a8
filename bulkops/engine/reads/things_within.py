"""Things that lie in others, such as the overrides of hours: listed one of those at a time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial
from typing import Any

from bulkops.definition.kinds.found_things import WITHIN
from bulkops.definition.kinds.listing import Listing
from bulkops.definition.kinds.thing_kind import ThingKind
from bulkops.engine.reads.instance_reader import Reader, ReadError
from bulkops.engine.reads.items import thing_in
from bulkops.engine.reads.side_by_side import side_by_side
from bulkops.planning.inventory import Thing


async def things_within(reader: Reader, kind: ThingKind, owners: Iterable[Thing]) -> list[Thing]:
    """Return the things of a kind that lie in some others, whole, with those one's names first."""
    there, found = list(owners), list[Thing]()
    reader.expect(kind.service, kind.listing.operation, len(there))

    async def read(owner: Thing) -> None:
        found.extend(await things_in_one(reader, kind, owner))

    await side_by_side(partial(read, owner) for owner in there)
    return found


async def things_across(reader: Reader, kind: ThingKind, owners: Iterable[Thing]) -> list[Thing]:
    """Return the things of a kind that lie in some others, as old as the index of their search.

    One search shows the things of all; without one, or where one may not search, each is listed.
    """
    there = {owner.id: owner for owner in owners}
    if kind.across is None or len(there) <= 1:
        return await things_within(reader, kind, there.values())
    across, found = kind.across, list[Thing]()
    try:
        async for item in reader.items(kind.service, across):
            owner = there.get(str(item.get(across.parent, "")))
            if owner is not None:
                found.append(_thing(owner, item, across))
    except ReadError:
        return await things_within(reader, kind, there.values())
    return found


async def things_in_one(reader: Reader, kind: ThingKind, owner: Thing) -> list[Thing]:
    """Return the things of a kind that lie in one other."""
    items = reader.items(kind.service, kind.listing, {kind.within_argument: owner.id})
    return [_thing(owner, item, kind.listing) async for item in items]


def _thing(owner: Thing, item: Mapping[str, Any], listing: Listing) -> Thing:
    """Return the thing that an item shows whole, under its owner's name and its own."""
    each = thing_in(item, listing)
    name = f"{owner.name}{WITHIN}{each.name}"
    return Thing(id=each.id, name=name, state=item, described=True, within=owner.id)
