"""Reading what a target itself defines, and so adds to a job as columns."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from bulkops.definition.defined_columns import Definition
from bulkops.definition.kinds.thing_kind import Defines, ThingKind
from bulkops.definition.relations import RELATIONS
from bulkops.engine.reads.instance_reader import Reader
from bulkops.engine.reads.search import entries
from bulkops.engine.reads.side_by_side import side_by_side


async def definitions_of(
    reader: Reader, kind: ThingKind, defines: Defines, is_used: Callable[[str], bool]
) -> tuple[Definition, ...]:
    """Return the definitions of a kind, with options where one of a name is used.

    Raises ReadError.
    """
    listing, found = kind.listing, dict[str, Definition]()
    async for item in reader.items(kind.service, listing):
        each = Definition(
            id=str(item[listing.id]),
            name=str(item[listing.name]),
            type=str(item[defines.type]),
        )
        found[each.id] = each
    chosen = [each for each in found.values() if each.type == defines.chosen and is_used(each.name)]

    async def read(each: Definition) -> None:
        found[each.id] = replace(each, options=await _options(reader, defines, each.id))

    await side_by_side(partial(read, each) for each in chosen)
    reader.over()
    return tuple(found.values())


async def _options(reader: Reader, defines: Defines, thing_id: str) -> tuple[tuple[str, str], ...]:
    """Return (value, name) of what may be chosen."""
    relation = RELATIONS[defines.options]
    listing = relation.listing
    options = await entries(reader, relation, thing_id)
    return tuple(
        (str(each[listing.id]), str(each[listing.name]))
        for each in options
        if each.get("active", True)
    )
