"""Things of a kind that has no list: each name searched for, and what is found read by its id.

A search trails behind what is there. What it shows and is gone by now the reading tells; what it
does not show may be there all the same.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from bulkops.definition.kinds.thing_kind import Reading, Sought, ThingKind
from bulkops.definition.model.operations import operation
from bulkops.engine.reads.instance_reader import Reader
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


async def read_several(reader: Reader, kind: ThingKind, things: Iterable[Thing]) -> list[Thing]:
    """Return things with their states, as many a call as it takes; None for what is not there."""
    reading = kind.describe
    if reading is None:
        raise TypeError(kind.name)
    there = list(things)
    most = _most(kind, reading)
    parts = [there[start : start + most] for start in range(0, len(there), most)]
    reader.expect(kind.service, reading.operation, len(parts))
    states: dict[str, Mapping[str, Any]] = {}

    async def read(part: list[Thing]) -> None:
        asked = reader.asked(
            kind.service, reading.operation, reading.asked(*(each.id for each in part))
        )
        reply = await reader.read(kind.service, reading.operation, asked)
        states.update((str(item[kind.listing.id]), item) for item in reply.data[reading.item])

    await side_by_side(partial(read, part) for part in parts)
    return [replace(each, state=states.get(each.id), described=each.id in states) for each in there]


def _most(kind: ThingKind, reading: Reading) -> int:
    """Return how many ids one call takes."""
    ids = operation(kind.service, reading.operation).member(reading.id_argument)
    return int(ids.limits.maximum or 1)
