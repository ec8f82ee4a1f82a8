"""Finding out what is there: all that a plan wants to know, its kinds side by side."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial

from bulkops.definition.kinds.thing_kind import ThingKind
from bulkops.definition.relations import RELATIONS, RelationKind
from bulkops.definition.thing_kinds import KINDS
from bulkops.engine.reads.addressed_things import addressed_things
from bulkops.engine.reads.index import find
from bulkops.engine.reads.instance_reader import Reader
from bulkops.engine.reads.items import under_its_names
from bulkops.engine.reads.kept_items import KeptItems
from bulkops.engine.reads.search import described_all, entries_of
from bulkops.engine.reads.side_by_side import side_by_side
from bulkops.engine.reads.sorted_things import sorted_things
from bulkops.engine.reads.things_within import things_within
from bulkops.planning.inventory import Inventory, Thing, Want, Wants
from bulkops.planning.spoken_names import things_of


async def look_up(reader: Reader, wants: Wants) -> Inventory:
    """Read all that a plan wants of one instance; the kinds' lanes work side by side.

    Raises ReadError where something may not be read, or can't be.
    """
    inventory = Inventory()
    owning = {RELATIONS[name].of for name in wants.relations}
    # the kinds whose lists are wanted come first: their lists go on while others are read
    kinds = sorted(wants.kinds, key=lambda name: name not in owning)
    for inside in (False, True):  # what lies in others is listed by those
        await side_by_side(
            partial(_look_up_kind, reader, name, wants, inventory)
            for name in kinds
            if bool(KINDS[name].within) is inside
        )
    reader.over()
    return inventory


async def describe(
    reader: Reader, kind: ThingKind, things: Iterable[Thing], inventory: Inventory
) -> None:
    """Read things whole, and put them in place of what the inventory has of them.

    What was described already is not asked for again.
    """
    left = [thing for thing in things if not thing.described]
    for thing in await described_all(reader, kind, left):
        inventory.add(kind.name, under_its_names(thing, thing.state or {}, kind))
    reader.over()


async def add_lists(
    reader: Reader, relation: RelationKind, owners: Iterable[Thing], inventory: Inventory
) -> None:
    """Read the lists that belong to things, and put their entries in the inventory."""
    there = list(owners)
    if relation.by_name:
        add_known_entries(relation, there, inventory)
        return
    reader.expect(relation.service, relation.listing.operation, len(there))
    await side_by_side(partial(_add_list, reader, relation, owner, inventory) for owner in there)
    reader.over()


def add_known_entries(
    relation: RelationKind, owners: Iterable[Thing], inventory: Inventory
) -> None:
    """Take the names by which things were found as the entries of lists that nothing tells."""
    known: dict[str, list[str]] = {}
    for each in inventory.each(relation.of):
        known.setdefault(each.key, []).append(each.name)
    for owner in owners:
        names = known.get(owner.key, ())
        inventory.add_list(relation.name, owner.key, [*map(relation.entry_named, names)])


def named(inventory: Inventory, kind: str, names: Iterable[str]) -> Iterator[Thing]:
    """Yield the things of a kind that bear one of the names, in the order of the names."""
    for name in sorted(names):
        yield from inventory.find(kind, name)


async def _add_list(
    reader: Reader, relation: RelationKind, owner: Thing, inventory: Inventory
) -> None:
    inventory.add_list(relation.name, owner.key, await entries_of(reader, relation, owner))


async def _look_up_kind(reader: Reader, name: str, wants: Wants, inventory: Inventory) -> None:
    """Read what is wanted of one kind, and then the lists that belong to its things."""
    kind, want = KINDS[name], wants.kinds[name]
    if kind.address is not None:
        inventory.add(name, await addressed_things(reader, kind, want.names))
    elif kind.within:
        owners = list(_owners(kind, want, wants, inventory))
        if kind.sorted_by:
            lying, sorts = await sorted_things(reader, kind, owners, want.names)
            inventory.add(name, lying)
            inventory.add(kind.sorted_by, sorts)
        else:
            inventory.add(name, await things_within(reader, kind, owners))
    else:
        kept = KeptItems(kind, want, reader.now())
        found = await find(reader.keeping(kept), kind, want)
        kept.clear()
        inventory.add(name, found)
        await describe(reader, kind, named(inventory, name, want.described), inventory)
    await side_by_side(
        partial(_add_lists_of, reader, RELATIONS[relation], owners, inventory)
        for relation, owners in wants.relations.items()
        if RELATIONS[relation].of == name
    )


def _owners(kind: ThingKind, want: Want, wants: Wants, inventory: Inventory) -> Iterator[Thing]:
    """Yield the things in which those lie that are wanted."""
    if want.every and not want.names:
        yield from things_of(inventory, kind.within)
    else:
        yield from named(inventory, kind.within, wants.kinds[kind.within].names)


async def _add_lists_of(
    reader: Reader, relation: RelationKind, owners: Iterable[str], inventory: Inventory
) -> None:
    await add_lists(reader, relation, list(named(inventory, relation.of, owners)), inventory)
