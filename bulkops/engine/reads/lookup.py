"""Finding out what is there: all that a plan wants to know, its kinds side by side."""

from __future__ import annotations

from collections.abc import Collection, Iterator

import anyio

from bulkops.definition.kinds import KINDS, ThingKind
from bulkops.definition.relations import RELATIONS, RelationKind
from bulkops.engine.reads.instance_reader import Reader
from bulkops.engine.reads.search import described, entries, find
from bulkops.planning.inventory import Inventory, Thing, Want, Wants


async def look_up(reader: Reader, wants: Wants) -> Inventory:
    """Read all that a plan wants of one instance; the kinds' lanes work side by side.

    Raises ReadError where something may not be read, or can't be.
    """
    inventory = Inventory()
    try:
        async with anyio.create_task_group() as tasks:
            for name, want in wants.kinds.items():
                tasks.start_soon(_look_up_kind, reader, KINDS[name], want, inventory)
        async with anyio.create_task_group() as tasks:
            for relation, of in _lists(wants, inventory):
                tasks.start_soon(_look_up_list, reader, relation, of, inventory)
    except ExceptionGroup as group:
        # lanes fail side by side: one reason is enough to say
        raise group.exceptions[0] from group
    return inventory


async def describe(reader: Reader, kind: str, names: Collection[str], inventory: Inventory) -> None:
    """Read whole what an inventory has of things by name, as fast as the lane allows."""

    async def read(thing: Thing) -> None:
        inventory.add(kind, [await described(reader, KINDS[kind], thing)])

    things = [thing for name in sorted(names) for thing in inventory.find(kind, name)]
    try:
        async with anyio.create_task_group() as tasks:
            for thing in things:
                tasks.start_soon(read, thing)
    except ExceptionGroup as group:
        raise group.exceptions[0] from group


def _lists(wants: Wants, inventory: Inventory) -> Iterator[tuple[RelationKind, str]]:
    """Yield every list that is wanted, by its relation and the id of the thing it belongs to."""
    for name, parents in wants.relations.items():
        relation = RELATIONS[name]
        for parent in sorted(parents):
            for thing in inventory.find(relation.of, parent):
                yield relation, thing.id


async def _look_up_kind(reader: Reader, kind: ThingKind, want: Want, inventory: Inventory) -> None:
    for things in (await find(reader, kind, want)).values():
        inventory.add(kind.name, things)
    await describe(reader, kind.name, want.described, inventory)


async def _look_up_list(
    reader: Reader, relation: RelationKind, of: str, inventory: Inventory
) -> None:
    inventory.add_list(relation.name, of, await entries(reader, relation, of))
