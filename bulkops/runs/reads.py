"""Looking at what is there, for each target of an order: as much as planning needs, no more."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from bulkops.definition.thing_kinds import KINDS
from bulkops.engine.reads.inventory_reader import describe, look_up, named
from bulkops.planning.inventory import Inventory, Wants
from bulkops.planning.job_plan import job_plan
from bulkops.planning.plan import Action, PlannedRow
from bulkops.planning.rows.typed_rows import Order
from bulkops.targets.connect import Connection


async def look(
    order: Order, wants: Mapping[str, Wants], connection: Connection
) -> dict[str, Inventory]:
    """Read what planning an order wants of each target, by the target's name.

    Describing costs a call for each thing, searching one for hundreds. So all are searched first,
    and only those are described whose rows would change something of them as far as that tells.
    Raises ReadError.
    """
    found = await look_at_names(wants, connection)
    if any(want.described for each in wants.values() for want in each.kinds.values()):
        unchanged = _unchanged(order, connection, found)
        for name, each in wants.items():
            for kind, want in each.kinds.items():
                things = [
                    thing
                    for thing in named(found[name], kind, want.described)
                    if (name, thing.id) not in unchanged
                ]
                await describe(connection.reader(name), KINDS[kind], things, found[name])
    return found


async def look_at_names(wants: Mapping[str, Wants], connection: Connection) -> dict[str, Inventory]:
    """Read the same without describing anything: what is wrong with names needs no more."""
    return {
        name: await look_up(connection.reader(name), _undescribed(each))
        for name, each in wants.items()
    }


def _undescribed(wants: Wants) -> Wants:
    kinds = {kind: replace(want, described=frozenset()) for kind, want in wants.kinds.items()}
    return replace(wants, kinds=kinds)


def _unchanged(
    order: Order, connection: Connection, found: Mapping[str, Inventory]
) -> frozenset[tuple[str, str]]:
    """Return (target, id) of things that no row changes, as far as searching tells.

    A search that does not tell what a row gives makes the row look different, so it is kept.
    """
    planner = job_plan(order, connection.targets, found)
    same: set[tuple[str, str]] = set()
    other: set[tuple[str, str]] = set()
    for entry in planner.entries():
        if isinstance(entry, PlannedRow):
            thing_id, _ = entry.thing
            (same if entry.action is Action.NONE else other).add((entry.target, thing_id))
    return frozenset(same - other)
