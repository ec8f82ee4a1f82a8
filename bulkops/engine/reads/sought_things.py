"""Things of a kind that has no list: each name searched for, and what is found read by its id.

A search trails behind what is there. What it shows and is gone by now the reading tells; what it
does not show may be there all the same.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace
from functools import partial

from bulkops.definition.kinds.thing_kind import Sought, ThingKind
from bulkops.engine.reads.instance_reader import Reader
from bulkops.engine.reads.search import described_all
from bulkops.engine.reads.side_by_side import side_by_side
from bulkops.planning.inventory import Thing


async def sought_things(reader: Reader, kind: ThingKind, names: Collection[str]) -> list[Thing]:
    """Return the things that have each of some names, whole, once for each of their names."""
    sought = kind.sought
    if sought is None:
        raise TypeError(kind.name)
    wanted = sorted({sought.key_of(name) for name in names})
    keys = await _keys(reader, kind, sought, wanted)
    found = {name: [value] for name, (key, value) in keys.items() if key == sought.by_id}
    searched = [name for name in wanted if name not in found]
    reader.expect(kind.service, kind.listing.operation, len(searched))

    async def search(name: str) -> None:
        key, value = keys[name]
        if not key:
            found[name] = []
            return
        items = reader.items(kind.service, kind.listing, sought.asked(key, value))
        found[name] = [str(item[kind.listing.id]) async for item in items]

    await side_by_side(partial(search, name) for name in searched)
    ids = dict.fromkeys(each for name in wanted for each in found[name])
    there = await described_all(reader, kind, (Thing(id=each, name="") for each in ids))
    whole = {each.id: each for each in there if each.state is not None}
    return [
        replace(whole[each], name=name) for name in wanted for each in found[name] if each in whole
    ]


async def _keys(
    reader: Reader, kind: ThingKind, sought: Sought, names: Iterable[str]
) -> dict[str, tuple[str, str]]:
    """Return name → key and value; an empty key for one that is none."""
    parts = {name: sought.parts(name) for name in names}
    known = {sought.otherwise, sought.by_id, *(key for _, key in sought.forms)}
    if sought.keys is None or all(key in known for key, _ in parts.values()):
        return parts
    listing = sought.keys
    ids = {
        str(item[listing.name]).casefold(): str(item[listing.id])
        async for item in reader.items(kind.service, listing)
    }
    return {
        name: (key if key in known else ids.get(key.casefold(), ""), value)
        for name, (key, value) in parts.items()
    }
