"""Looking for what bears a name now, past all indexes: with List and Describe."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from bulkops.definition.kinds.thing_kind import ThingKind
from bulkops.engine.reads.addressed_things import addressed_things
from bulkops.engine.reads.few_names import can_find
from bulkops.engine.reads.instance_reader import Reader, ReadError
from bulkops.engine.reads.items import keys_meant, names_in, path_in, thing_in
from bulkops.engine.reads.list_walk import ListWalk
from bulkops.engine.reads.search import described_all
from bulkops.engine.reads.search_pages import searched
from bulkops.engine.reads.sought_things import sought_things
from bulkops.planning.inventory import Thing, Want

ByName = Mapping[str, list[Thing]]


async def things_named(reader: Reader, kind: ThingKind, name: str) -> list[Thing]:
    """Return the things that bear a name now, each with the state that Describe gives."""
    return (await things_of_names(reader, kind, {name}))[name]


async def things_of_names(
    reader: Reader,
    kind: ThingKind,
    names: Collection[str],
    *,
    for_certain: bool = True,
    unique: bool = True,
) -> ByName:
    """Return the things that bear each of some names now, with the state that Describe gives.

    What the list shows and Describe does not know yet has None as its state. Where the list has
    several pages, what a search finds is described first. What it does not find may be there all
    the same, for its index trails behind: only `for_certain` the list is read to its end then.
    Unless names are `unique`, that is so too where it finds one: there may be another.
    """
    if kind.address is not None:
        there = await addressed_things(reader, kind, names)
        return {name: [each for each in there if each.name == name] for name in names}
    if kind.sought is not None:
        return await _sought(reader, kind, names)
    walk = ListWalk(reader, kind, Want(names=frozenset(names), every=True))
    await walk.turn()
    if not walk.is_enough and can_find(kind) and (unique or not for_certain):
        found = await _found_by_search(reader, kind, names)
        if all(found.values()) or not for_certain:
            walk.stop()
            return found
    await walk.to_its_end()
    meant = {name: keys_meant(kind, (name,)) for name in names}
    return await _bearing(
        reader,
        kind,
        [
            each
            for each in walk.listed
            if any(kind.key_of(each.name) in keys for keys in meant.values())
        ],
        meant,
    )


async def _sought(reader: Reader, kind: ThingKind, names: Collection[str]) -> ByName:
    """Return what a search finds of names of a kind that has no list."""
    things = await sought_things(reader, kind, names)
    return {name: [each for each in things if each.name == kind.key_of(name)] for name in names}


async def _found_by_search(reader: Reader, kind: ThingKind, names: Collection[str]) -> ByName:
    """Return what a search finds of names and Describe knows; none where one may not search."""
    search = kind.search
    meant = {name: keys_meant(kind, (name,)) for name in names}
    if search is None:
        return {name: [] for name in names}
    try:
        seen = await searched(reader, kind, search, names, every=False, least=len(names))
    except ReadError as error:
        if error.operation != search.operation:
            raise
        seen = {}
    things = [thing_in(item, search) for item in seen.values()]
    found = await _bearing(reader, kind, things, meant)
    # what only the index shows is gone, or is to be seen in the list
    return {name: [each for each in found[name] if each.state is not None] for name in names}


async def _bearing(
    reader: Reader,
    kind: ThingKind,
    things: Collection[Thing],
    meant: Mapping[str, Collection[str]],
) -> ByName:
    """Describe things, and return those that bear each name."""
    found = await described_all(reader, kind, things)
    return {
        name: [
            each for each in found if kind.key_of(each.name) in keys and _bears(kind, each, name)
        ]
        for name, keys in meant.items()
    }


def _bears(kind: ThingKind, thing: Thing, name: str) -> bool:
    """Tell whether a described thing bears a name; `/Sales` is the group at the top alone."""
    if thing.state is None:
        return True
    if kind.has_paths and name.startswith("/"):
        return path_in(thing.state, kind) == name.removeprefix("/")
    return kind.key_of(name) in map(kind.key_of, names_in(thing.name, thing.state, kind))
