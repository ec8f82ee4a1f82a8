"""Finding things by name with the fewest calls: by pages, or several names a call."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from typing import Any

from bulkops.definition.model.operations import page_size
from bulkops.definition.relations import RelationKind
from bulkops.definition.thing_kinds import Listing, ThingKind
from bulkops.engine.reads.instance_reader import Reader, ReadError
from bulkops.pacing.error_codes import NOT_VISIBLE_YET
from bulkops.planning.inventory import Thing, Want

Found = dict[str, list[Thing]]


async def entries(reader: Reader, relation: RelationKind, of: str) -> list[Mapping[str, Any]]:
    """Return the entries of one thing's list."""
    asked = {relation.of_argument: of, **relation.listing.fixed}
    pages = reader.pages(relation.service, relation.listing.operation, asked)
    return [item async for page in pages for item in page.get(relation.listing.items, ())]


async def find(reader: Reader, kind: ThingKind, want: Want) -> Found:
    """Return things by name: all of the kind where every one is wanted, else those named.

    States and ancestors come from the search operation. Where an account may not search, the
    list and one describe a thing bring the same.
    """
    if kind.search is not None and (want.state or _needs_ancestors(kind, want)):
        try:
            return await _search(reader, kind.search, kind, want)
        except ReadError:
            # who may not search may still list and describe
            if kind.describe is None or not want.state:
                raise
        return await _listed_and_described(reader, kind, want)
    return await _paged(reader, kind.listing, kind, want)


def _needs_ancestors(kind: ThingKind, want: Want) -> bool:
    return kind.has_paths and any("/" in name for name in want.names)


async def _search(reader: Reader, listing: Listing, kind: ThingKind, want: Want) -> Found:
    by_key = not want.every and bool(listing.keys)
    if by_key and len(want.names) <= listing.keys:
        asked = await _by_keys(reader, listing, kind, want, want.names)
        if asked is not None:
            return asked
        by_key = False  # the service passed the names over, and will again
    found: Found = {}
    missing = set(want.names)
    seen = 0
    async for page in reader.pages(kind.service, listing.operation, listing.fixed):
        items = page.get(listing.items, ())
        seen += len(items)
        missing -= _take(found, listing, items, want)
        # names of things with ancestors repeat: only the whole list tells that one is alone
        if not want.every and not missing and not kind.has_paths:
            break
        left = page.get("ApproximateTotalCount", 0) - seen
        pages_left = math.ceil(left / (page_size(kind.service, listing.operation) or 1))
        # when few names are left, asking for them takes fewer calls than the pages to come
        if by_key and math.ceil(len(missing) / listing.keys) < pages_left:
            asked = await _by_keys(reader, listing, kind, want, missing)
            if asked is not None:
                return found | asked
            by_key = False
    return found


async def _paged(reader: Reader, listing: Listing, kind: ThingKind, want: Want) -> Found:
    found: Found = {}
    missing = set(want.names)
    # names of things with ancestors repeat: only the whole list tells that one is alone
    whole = want.every or kind.has_paths
    async for page in reader.pages(kind.service, listing.operation, listing.fixed):
        missing -= _take(found, listing, page.get(listing.items, ()), want)
        if not whole and not missing:
            break
    return found


async def _by_keys(
    reader: Reader, listing: Listing, kind: ThingKind, want: Want, names: Collection[str]
) -> Found | None:
    """Return the things of exact names, or None where the service did not keep to them."""
    found: Found = {}
    wanted = {name.casefold() for name in names}
    for chunk in _chunks(sorted(names), listing.keys):
        conditions = [
            {
                "StringCondition": {
                    "FieldName": listing.field_name,
                    "Value": name,
                    "ComparisonType": "EXACT",
                }
            }
            for name in chunk
        ]
        asked = {**listing.fixed, "SearchCriteria": {"OrConditions": conditions}}
        async for page in reader.pages(kind.service, listing.operation, asked):
            items = page.get(listing.items, ())
            # something else came too: the condition was not kept
            if any(str(_at(item, listing.name)).casefold() not in wanted for item in items):
                return None
            _take(found, listing, items, want)
    return found


async def _listed_and_described(reader: Reader, kind: ThingKind, want: Want) -> Found:
    found = await _paged(reader, kind.listing, kind, want)
    named = want.names & found.keys()
    for name in sorted(named):
        found[name] = [await described(reader, kind, thing) for thing in found[name]]
    return found


async def described(reader: Reader, kind: ThingKind, thing: Thing) -> Thing:
    """Return a thing with the state that its describe operation gives."""
    if kind.describe is None:
        return thing
    asked = {"InstanceId": reader.target.instance_id, kind.describe.id_argument: thing.id}
    reply = await reader.read(kind.service, kind.describe.operation, asked)
    state = reply.data.get(kind.describe.item, {})
    return Thing(id=thing.id, name=thing.name, arn=thing.arn, state=state)


def _take(
    found: Found, listing: Listing, items: Collection[Mapping[str, Any]], want: Want
) -> set[str]:
    """Add a page's things and return their names; of others than wanted, no state is kept."""
    taken: set[str] = set()
    for item in items:
        thing_id, arn = str(item[listing.id]), str(item.get(listing.arn, ""))
        names = tuple(_names(item, listing))
        state = None
        if want.state and (want.every or not want.names.isdisjoint(names)):
            state = _looked_at(_scaled(item, listing.scale), want.members)
        for name in names:
            found.setdefault(name, []).append(Thing(id=thing_id, name=name, arn=arn, state=state))
        taken.update(names)
    return taken


def _looked_at(state: Mapping[str, Any], members: frozenset[str]) -> Mapping[str, Any]:
    if not members:
        return state
    return {name: value for name, value in state.items() if name in members}


def _names(item: Mapping[str, Any], listing: Listing) -> Iterator[str]:
    """Yield a thing's own name and, where it has ancestors, its path."""
    name = str(_at(item, listing.name))
    yield name
    if listing.names_path:
        chain = item.get(listing.names_path, {})
        path = _path(chain)
        if path and path != name:
            yield path


def _path(chain: Mapping[str, Any]) -> str:
    return "/".join(chain[level]["Name"] for level in _LEVELS if level in chain)


_LEVELS = ("LevelOne", "LevelTwo", "LevelThree", "LevelFour", "LevelFive")


def _at(item: Mapping[str, Any], path: str) -> Any:  # noqa: ANN401  # what the service sent
    value: Any = item
    for member in path.split("."):
        value = value.get(member, {})
    return value


def _scaled(item: Mapping[str, Any], scale: Mapping[str, int]) -> Mapping[str, Any]:
    """Return an item with its smaller units divided, so that it compares with what is written."""
    for path, divisor in scale.items():
        item = _divided(item, path.split("."), divisor)
    return item


def _divided(item: Mapping[str, Any], path: list[str], divisor: int) -> Mapping[str, Any]:
    head, *rest = path
    if head not in item:
        return item
    value = item[head]
    return {**item, head: _divided(value, rest, divisor) if rest else value // divisor}


def _chunks(names: list[str], size: int) -> Iterator[list[str]]:
    for start in range(0, len(names), size):
        yield names[start : start + size]


async def things_named(reader: Reader, kind: ThingKind, name: str) -> list[Thing]:
    """Return the things that bear a name now, each with the state that Describe gives.

    Search takes no part in this: its index trails behind the others. What the list shows and
    Describe does not know yet is returned with None as its state.
    """
    pages = reader.pages(kind.service, kind.listing.operation, kind.listing.fixed)
    items = [item async for page in pages for item in page.get(kind.listing.items, ())]
    listed = [_thing(item, kind.listing) for item in items]
    named = [thing for thing in listed if _may_bear(kind, thing.name, name)]
    found = [await described_if_visible(reader, kind, thing) for thing in named]
    return [thing for thing in found if _bears(kind, thing, name)]


def _thing(item: Mapping[str, Any], listing: Listing) -> Thing:
    name = str(_at(item, listing.name))
    return Thing(id=str(item[listing.id]), name=name, arn=str(item.get(listing.arn, "")))


def _may_bear(kind: ThingKind, own: str, name: str) -> bool:
    """Tell whether a thing of that own name may be meant: by the name, or at the end of a path."""
    if kind.key_of(own) == kind.key_of(name):
        return True
    return kind.has_paths and kind.key_of(name).endswith(f"/{kind.key_of(own)}")


def _bears(kind: ThingKind, thing: Thing, name: str) -> bool:
    """Tell the same by the thing's state, which knows its path."""
    wanted = kind.key_of(name.removeprefix("/") if kind.has_paths else name)
    if thing.state is None or kind.search is None:
        return True
    names = [thing.name] if not name.startswith("/") else []
    if kind.search.names_path:
        chain = thing.state.get(kind.search.names_path, {})
        names.append(_path(chain))
    return wanted in map(kind.key_of, names)


async def described_if_visible(reader: Reader, kind: ThingKind, thing: Thing) -> Thing:
    """Return a listed thing with the state that Describe gives, None where it has none yet."""
    try:
        return await described(reader, kind, thing)
    except ReadError as error:
        if error.fault.code in NOT_VISIBLE_YET:
            return replace(thing, state=None)
        raise
