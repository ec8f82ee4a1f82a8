"""Finding out what is there: all that a plan wants to know, its kinds side by side."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial

from bulkops.definition.relations import RELATIONS, RelationKind
from bulkops.definition.thing_kinds import KINDS, ThingKind
from bulkops.engine.reads.index import find
from bulkops.engine.reads.instance_reader import Reader
from bulkops.engine.reads.search import described_all, entries
from bulkops.engine.reads.side_by_side import side_by_side
from bulkops.planning.inventory import Inventory, Thing, Want, Wants


async def look_up(reader: Reader, wants: Wants) -> Inventory:
    """Read all that a plan wants of one instance; the kinds' lanes work side by side.

    Raises ReadError where something may not be read, or can't be.
    """
    inventory = Inventory()
    await side_by_side(
        partial(_look_up_kind, reader, KINDS[name], want, inventory)
        for name, want in wants.kinds.items()
    )
    await side_by_side(
        partial(_add_list, reader, RELATIONS[name], owner, inventory)
        for name, owners in wants.relations.items()
        for owner in named(inventory, RELATIONS[name].of, owners)
    )
    return inventory


async def describe(
    reader: Reader, kind: ThingKind, things: Iterable[Thing], inventory: Inventory
) -> None:
    """Read things whole, and put them in place of what the inventory has of them.

    What was described already is not asked for again.
    """
    left = [thing for thing in things if not thing.described]
    inventory.add(kind.name, await described_all(reader, kind, left))


async def add_lists(
    reader: Reader, relation: RelationKind, owners: Iterable[Thing], inventory: Inventory
) -> None:
    """Read the lists that belong to things, and put their entries in the inventory."""
    await side_by_side(partial(_add_list, reader, relation, owner, inventory) for owner in owners)


def named(inventory: Inventory, kind: str, names: Iterable[str]) -> Iterator[Thing]:
    """Yield the things of a kind that bear one of the names, in the order of the names."""
    for name in sorted(names):
        yield from inventory.find(kind, name)


async def _add_list(
    reader: Reader, relation: RelationKind, owner: Thing, inventory: Inventory
) -> None:
    inventory.add_list(relation.name, owner.id, await entries(reader, relation, owner.id))


async def _look_up_kind(reader: Reader, kind: ThingKind, want: Want, inventory: Inventory) -> None:
    for things in (await find(reader, kind, want)).values():
        inventory.add(kind.name, things)
    await describe(reader, kind, named(inventory, kind.name, want.described), inventory)
