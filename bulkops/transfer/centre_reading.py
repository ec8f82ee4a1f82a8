"""Reading all that the sheets of a workbook hold of one instance: each kind and list but once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import partial

from bulkops.definition.relations import RELATIONS
from bulkops.definition.thing_kinds import KINDS
from bulkops.engine.reads.instance_reader import Reader
from bulkops.engine.reads.inventory_reader import add_lists, describe, look_up
from bulkops.engine.reads.side_by_side import side_by_side
from bulkops.engine.reads.things_within import things_within
from bulkops.planning.centre_scope import (
    ExportPart,
    is_described,
    kinds_within,
    owners_listed,
    wants_of_all,
)
from bulkops.planning.inventory import Inventory, Thing, Wants
from bulkops.planning.spoken_names import things_of


@dataclass(slots=True)
class CentreReading:
    """What was read of an instance; `described` are the kinds of which each thing was described."""

    inventory: Inventory
    described: set[str] = field(default_factory=set)


async def read_centre(reader: Reader, parts: Sequence[ExportPart], *, full: bool) -> CentreReading:
    """Read what all parts want of one instance. Raises JobError and ReadError.

    First what lies in nothing else; then, side by side, what lies in that, its lists, and what
    only a Describe operation tells.
    """
    wants = wants_of_all(parts)
    inside = kinds_within(wants)
    outside = {name: want for name, want in wants.kinds.items() if name not in inside}
    outside |= {KINDS[name].within: wants.kinds[KINDS[name].within] for name in inside}
    reading = CentreReading(await look_up(reader, Wants(kinds=outside)))
    await side_by_side(
        partial(_read_further, reader, kind, parts, reading, full=full)
        for kind in (*outside, *inside)
    )
    reader.over()
    return reading


async def _read_further(
    reader: Reader, name: str, parts: Iterable[ExportPart], reading: CentreReading, *, full: bool
) -> None:
    """Read what lies in others, where a kind is such; then lists and what a search leaves out."""
    kind, inventory = KINDS[name], reading.inventory
    if kind.within:
        inventory.add(name, await things_within(reader, kind, things_of(inventory, kind.within)))
    mine = [part for part in parts if part.kind.name == name]
    lists: dict[str, list[Thing]] = {}
    for part in mine:
        if part.relation is not None:
            lists[part.relation.name] = list(owners_listed(part, inventory))
    reads = [
        partial(add_lists, reader, RELATIONS[relation], owners, inventory)
        for relation, owners in lists.items()
    ]
    if any(is_described(part, inventory, full=full) for part in mine):
        reading.described.add(name)
        things = list(things_of(inventory, name))
        reads.append(partial(describe, reader, kind, things, inventory))
    await side_by_side(reads)
