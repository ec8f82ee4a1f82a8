"""Things of a kind that has no list: each name searched for, and what is found read by its id.

A search trails behind what is there. What it shows and is gone by now the reading tells; what it
does not show may be there all the same.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from itertools import islice
from typing import Any

from bulkops.definition.kinds.sought import AnyOf, Sought
from bulkops.definition.kinds.thing_kind import ThingKind
from bulkops.engine.reads.instance_reader import Reader, ReadError
from bulkops.engine.reads.items import is_hidden, item_value
from bulkops.engine.reads.search import described_all
from bulkops.engine.reads.side_by_side import side_by_side
from bulkops.planning.inventory import Thing

_NO_SUCH_KEY = "BadRequestException"
"""What Customer Profiles says to every fault of a request; of a search only its key may be one."""


async def sought_things(reader: Reader, kind: ThingKind, names: Collection[str]) -> list[Thing]:
    """Return the things that have each of some names, whole, once for each of their names."""
    sought = kind.sought
    if sought is None:
        raise TypeError(kind.name)
    wanted = sorted({sought.key_of(name) for name in names})
    keys = await _keys(reader, kind, sought, wanted)
    found = {name: [value] for name, (key, value) in keys.items() if key == sought.by_id}
    parts = list(_together(sought, {name: keys[name] for name in wanted if name not in found}))
    reader.expect(kind.service, kind.listing.operation, len(parts))

    async def search(key: str, names: Mapping[str, Sequence[str]]) -> None:
        asked = sought.asked(key, [*names])
        async for item in _items(reader, kind, asked):
            value = next(iter(names)) if sought.any_of is None else _told(sought.any_of, key, item)
            for name in names.get(value, ()):
                found.setdefault(name, []).append(str(item[kind.listing.id]))

    await side_by_side(partial(search, key, names) for key, names in parts)
    ids = dict.fromkeys(each for name in wanted for each in found.get(name, ()))
    there = await described_all(reader, kind, (Thing(id=each, name="") for each in ids))
    whole = {each.id: each for each in there if each.state is not None}
    return [
        replace(whole[each], name=name)
        for name in wanted
        for each in found.get(name, ())
        if each in whole
    ]


async def _items(
    reader: Reader, kind: ThingKind, asked: Mapping[str, Any]
) -> AsyncIterator[Mapping[str, Any]]:
    """Yield what a search shows; nothing where the service knows no such key."""
    try:
        async for item in reader.items(kind.service, kind.listing, asked):
            yield item
    except ReadError as error:
        if error.fault.code != _NO_SUCH_KEY:
            raise


def _together(
    sought: Sought, keys: Mapping[str, tuple[str, str]]
) -> Iterator[tuple[str, Mapping[str, Sequence[str]]]]:
    """Yield (key, value → its names) of what one search is asked for; what is no key is not."""
    by_key: dict[str, dict[str, list[str]]] = {}
    for name, (key, value) in keys.items():
        if key:
            by_key.setdefault(key, {}).setdefault(value, []).append(name)
    for key, names in by_key.items():
        rest = iter(names.items())
        while part := dict(islice(rest, sought.most)):
            yield key, part


def _told(any_of: AnyOf, key: str, item: Mapping[str, Any]) -> str:
    return str(item_value(item, any_of.told.replace("{key}", key)))


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
        if not is_hidden(item, listing)
    }
    return {
        name: (key if key in known else ids.get(key.casefold(), ""), value)
        for name, (key, value) in parts.items()
    }
