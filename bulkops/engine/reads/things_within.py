"""Things that lie in others, such as the overrides of hours: listed one of those at a time."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from bulkops.definition.kinds.found_things import WITHIN
from bulkops.definition.kinds.thing_kind import ThingKind
from bulkops.engine.reads.instance_reader import Reader
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


async def things_in_one(reader: Reader, kind: ThingKind, owner: Thing) -> list[Thing]:
    """Return the things of a kind that lie in one other."""
    items = reader.items(kind.service, kind.listing, {kind.within_argument: owner.id})
    return [
        Thing(
            id=each.id,
            name=f"{owner.name}{WITHIN}{each.name}",
            state=item,
            described=True,
            within=owner.id,
        )
        async for item in items
        for each in (thing_in(item, kind.listing),)
    ]
