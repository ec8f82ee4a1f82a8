"""Things that lie in others and are listed sort by sort, such as the objects of a profile."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from bulkops.definition.kinds.found_things import WITHIN
from bulkops.definition.kinds.thing_kind import ThingKind
from bulkops.definition.model.value_texts import canonical_json
from bulkops.definition.object_keys import unique_value
from bulkops.definition.thing_kinds import KINDS
from bulkops.engine.reads.instance_reader import Reader
from bulkops.engine.reads.items import thing_in
from bulkops.engine.reads.search import described_all
from bulkops.engine.reads.side_by_side import side_by_side
from bulkops.planning.inventory import Thing


async def sorted_things(
    reader: Reader, kind: ThingKind, owners: Iterable[Thing], names: Iterable[str]
) -> tuple[list[Thing], list[Thing]]:
    """Return things of the sorts and in the owners that names tell, and these sorts."""
    asked = {tuple(kind.key_of(name).split(WITHIN)[:2]) for name in names}
    above = KINDS[kind.within]
    called = [(each, above.key_of(each.name)) for each in owners]
    pairs = [(each, sort) for each, key in called for name, sort in sorted(asked) if name == key]
    sorts = await _sorts(reader, kind, {sort for _, sort in pairs})
    there = [(owner, sorts[sort]) for owner, sort in pairs if sort in sorts]
    reader.expect(kind.service, kind.listing.operation, len(there))
    found: list[Thing] = []

    async def read(owner: Thing, sort: Thing) -> None:
        for each in await things_of_sort(reader, kind, owner.id, sort.id):
            value = unique_value(sort.state or {}, each.name)
            name = WITHIN.join((owner.name, sort.name, value))
            found.append(replace(each, name=name))

    await side_by_side(partial(read, owner, sort) for owner, sort in there)
    return found, [*sorts.values()]


async def things_of_sort(reader: Reader, kind: ThingKind, owner: str, sort: str) -> list[Thing]:
    """Return the things of one sort in one owner, each under its content in the place of a name."""
    asked = {kind.within_argument: owner, kind.sort_argument: sort}
    items = reader.items(kind.service, kind.listing, asked)
    return [_thing(item, kind, owner) async for item in items]


def _thing(item: Mapping[str, Any], kind: ThingKind, owner: str) -> Thing:
    text = canonical_json(json.loads(item[kind.content]))
    return replace(
        thing_in(item, kind.listing),
        name=text,
        state={**item, kind.content: text},
        described=True,
        within=owner,
    )


async def _sorts(reader: Reader, kind: ThingKind, names: Iterable[str]) -> Mapping[str, Thing]:
    """Return the sorts of some names that are there, whole."""
    asked = [Thing(id=name, name=name) for name in sorted(names)]
    found = await described_all(reader, KINDS[kind.sorted_by], asked)
    return {each.name: each for each in found if each.state is not None}
