"""What the things are called whose ids a sheet gives, with the fewest calls."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from bulkops.definition.kinds.thing_kind import ThingKind
from bulkops.engine.reads.index import find
from bulkops.engine.reads.instance_reader import Reader, ReadError
from bulkops.engine.reads.items import path_in
from bulkops.engine.reads.search import described_all
from bulkops.planning.inventory import Thing, Want

FEW = 5
"""Ids that are looked at one by one: for more of them a page of the list is less."""


async def names_of_ids(
    reader: Reader, kind: ThingKind, ids: Collection[str], *, listed: bool
) -> Mapping[str, str]:
    """Return the name of each id that is there: of things with ancestors, the whole path.

    `listed`: the list of the kind is read anyway. What bears an id as its name is left out: it is
    meant by its name. Raises ReadError.
    """
    if kind.listing.id == kind.listing.name:
        return {}  # its name is all that it has
    if kind.sought is not None:
        return {}  # its id is one of the names by which it is looked for
    things = None
    if len(ids) <= FEW and not listed and kind.describe is not None:
        things = await _described(reader, kind, ids)
    if things is None:
        things = list(await find(reader, kind, Want(every=True, state=kind.has_paths)))
    taken = {thing.name for thing in things}
    wanted = set(ids) - taken
    return dict(_named(kind, (thing for thing in things if thing.id in wanted)))


async def _described(reader: Reader, kind: ThingKind, ids: Collection[str]) -> list[Thing] | None:
    """Return what is there of some ids, under their names; None where one may not look."""
    try:
        found = await described_all(reader, kind, [Thing(id=each, name="") for each in sorted(ids)])
    except ReadError:
        return None  # who may not describe may still list
    named = [(thing, _name_in(kind, thing)) for thing in found if thing.state is not None]
    if not all(name for _, name in named):
        return None
    return [Thing(id=thing.id, name=name, state=thing.state) for thing, name in named]


def _name_in(kind: ThingKind, thing: Thing) -> str:
    """Return the name that a described thing has; Describe calls it as a search does."""
    member = kind.search.name if kind.search is not None else kind.listing.name
    return str((thing.state or {}).get(member, ""))


def _named(kind: ThingKind, things: Iterator[Thing]) -> Iterator[tuple[str, str]]:
    for thing in things:
        path = path_in(thing.state or {}, kind) if kind.has_paths else ""
        yield thing.id, path if "/" in path else f"/{path}" if path else thing.name
