"""Things of a kind that has no list: each name searched for, and what is found read by its id.

A search trails behind what is there. What it shows and is gone by now the reading tells; what it
does not show may be there all the same.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from bulkops.definition.kinds.thing_kind import Sought, ThingKind
from bulkops.engine.reads.instance_reader import Reader
from bulkops.engine.reads.search import read_several
from bulkops.engine.reads.side_by_side import side_by_side
from bulkops.planning.inventory import Thing


async def sought_things(reader: Reader, kind: ThingKind, names: Collection[str]) -> list[Thing]:
    """Return the things that have each of some names, whole, once for each of their names."""
    sought = kind.sought
    if sought is None:
        raise TypeError(kind.name)
    wanted = sorted({sought.key_of(name) for name in names})
    reader.expect(kind.service, kind.listing.operation, len(wanted))
    found: dict[str, list[str]] = {}

    async def search(name: str) -> None:
        asked = _asked(sought, name)
        items = reader.items(kind.service, kind.listing, asked)
        found[name] = [str(item[kind.listing.id]) async for item in items]

    await side_by_side(partial(search, name) for name in wanted)
    ids = dict.fromkeys(each for name in wanted for each in found[name])
    there = await read_several(reader, kind, (Thing(id=each, name="") for each in ids))
    whole = {each.id: each for each in there if each.state is not None}
    return [
        replace(whole[each], name=name) for name in wanted for each in found[name] if each in whole
    ]


def _asked(sought: Sought, name: str) -> Mapping[str, Any]:
    key, value = sought.parts(name)
    return {sought.key: key, sought.values: [value]}
