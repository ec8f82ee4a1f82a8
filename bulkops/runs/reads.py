"""Looking at what is there, for each target of an order: as much as planning needs, no more."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial

from bulkops.definition.thing_kinds import KINDS
from bulkops.engine.reads.inventory_reader import describe, look_up, named
from bulkops.engine.reads.side_by_side import side_by_side
from bulkops.engine.reads.usage_reader import add_usages
from bulkops.planning.described_columns import described_args
from bulkops.planning.inventory import Inventory, Thing, Wants
from bulkops.planning.plan import PlannedRow
from bulkops.planning.rows.typed_rows import Order
from bulkops.planning.workbook_plan import plan_of
from bulkops.targets.connect import Connection


async def look(
    orders: Sequence[Order], wants: Mapping[str, Wants], connection: Connection
) -> dict[str, Inventory]:
    """Read what planning orders wants of each target, by the target's name.

    Describing costs a call for each thing, searching one for hundreds. So described at once is
    only what rows set that no search tells. What else is to be known whole, before a part of it
    is set, is described where a search shows that the row would set a part.
    Raises ReadError.
    """
    found = await _look_up_all(wants, connection)
    there = {
        (name, kind): things
        for name, each in wants.items()
        for kind, want in each.kinds.items()
        if (things := list(named(found[name], kind, want.whole)))
    }
    if there:
        parted = _set_in_part(orders, connection, found)
        await side_by_side(
            partial(describe, connection.reader(name), KINDS[kind], meant, found[name])
            for (name, kind), things in there.items()
            if (meant := _of(parted[name], things))
        )
    await _add_usages(wants, connection, found)
    return found


async def _add_usages(
    wants: Mapping[str, Wants], connection: Connection, found: Mapping[str, Inventory]
) -> None:
    """Read what uses the things that are to be deleted, the targets side by side."""
    await side_by_side(
        partial(add_usages, connection.reader(name), found[name], removed)
        for name, each in wants.items()
        if (removed := _removed(each, found[name]))
    )


def _removed(wants: Wants, inventory: Inventory) -> dict[str, set[str]]:
    """Return kind → ids of what is to be deleted."""
    return {
        kind: {thing.id for thing in named(inventory, kind, want.removed)}
        for kind, want in wants.kinds.items()
        if want.removed
    }


async def look_at_names(wants: Mapping[str, Wants], connection: Connection) -> dict[str, Inventory]:
    """Read the same without describing anything: what is wrong with names needs no more."""
    return await _look_up_all(
        {name: _undescribed(each) for name, each in wants.items()}, connection
    )


async def _look_up_all(wants: Mapping[str, Wants], connection: Connection) -> dict[str, Inventory]:
    """Read all targets side by side: accounts and Regions have lanes of their own."""
    found: dict[str, Inventory] = {}

    async def read(name: str) -> None:
        found[name] = await look_up(connection.reader(name), wants[name])

    await side_by_side(partial(read, name) for name in wants)
    return {name: found[name] for name in wants}


def _undescribed(wants: Wants) -> Wants:
    kinds = {kind: replace(want, described=frozenset()) for kind, want in wants.kinds.items()}
    return replace(wants, kinds=kinds)


def _of(ids: set[str], things: Iterable[Thing]) -> list[Thing]:
    return [thing for thing in things if thing.id in ids]


def _set_in_part(
    orders: Sequence[Order], connection: Connection, found: Mapping[str, Inventory]
) -> Mapping[str, set[str]]:
    """Return by target the ids of what rows set a part of that is whole in a description alone."""
    parting = {
        address
        for order in orders
        for address, step in order.job.addresses()
        if described_args(step)
    }
    planner = plan_of(orders, connection.targets, found)
    things: dict[int, tuple[str, str]] = {}
    parted = defaultdict[str, set[str]](set)
    for entry in planner.entries():
        calls = entry.calls if isinstance(entry, PlannedRow) else (entry,)
        if isinstance(entry, PlannedRow):
            things[entry.number] = entry.target, entry.thing[0]
        for row in {row for call in calls if call.step in parting for row in call.rows}:
            target, thing_id = things[row]
            parted[target].add(thing_id)
    return parted
