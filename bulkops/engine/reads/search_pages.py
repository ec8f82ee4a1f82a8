"""What a search shows, by pages of everything or by several names a call."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator

from bulkops.definition.model.operations import page_size
from bulkops.definition.thing_kinds import Listing, ThingKind
from bulkops.engine.reads.instance_reader import Reader
from bulkops.engine.reads.items import Item, thing_in
from bulkops.planning.inventory import Thing

Seen = dict[str, Item]
"""Id → item of a search."""


def fewest_calls(kind: ThingKind, search: Listing, names: int, *, among: int) -> int:
    """Return how many calls tell the states of so many names among so many things."""
    pages = _pages(kind, search, among)
    return min(pages, math.ceil(names / search.keys)) if search.keys else pages


def _pages(kind: ThingKind, search: Listing, things: int) -> int:
    """Return how many pages of a search so many things are."""
    return math.ceil(things / (page_size(kind.service, search.operation) or 1))


async def searched(
    reader: Reader,
    kind: ThingKind,
    search: Listing,
    asked: Collection[Thing],
    *,
    every: bool,
    least: int,
) -> Seen:
    """Return what a search shows of things, by pages or by several names a call.

    With `every`, all that it shows; `least` is the number of things that there are at the least.
    """
    wanted = {thing.id: thing.name for thing in asked}
    by_key = not every and bool(search.keys)
    if by_key and math.ceil(len(wanted) / search.keys) <= _pages(kind, search, least):
        found = await _by_keys(reader, kind, search, wanted.values())
        if found is not None:
            return found
        by_key = False  # the service passed the names over, and will again
    seen: Seen = {}
    shown = 0
    async for page in reader.pages(kind.service, search.operation, search.fixed):
        items = page.get(search.items, ())
        shown += len(items)
        by_id = {thing_in(item, search).id: item for item in items}
        seen |= by_id if every else {each: by_id[each] for each in by_id if each in wanted}
        missing = [name for each, name in wanted.items() if each not in seen]
        if not every and not missing:
            break
        left = _pages(kind, search, page.get("ApproximateTotalCount", 0) - shown)
        # when few names are left, asking for them takes fewer calls than the pages to come
        if by_key and math.ceil(len(missing) / search.keys) < left:
            found = await _by_keys(reader, kind, search, missing)
            if found is not None:
                return seen | found
            by_key = False
    return seen


async def _by_keys(
    reader: Reader, kind: ThingKind, search: Listing, names: Collection[str]
) -> Seen | None:
    """Return what a search shows of exact names, None where the service did not keep to them."""
    seen: Seen = {}
    wanted = {name.casefold() for name in names}
    for chunk in _chunks(sorted(names), search.keys):
        conditions = [
            {
                "StringCondition": {
                    "FieldName": search.field_name,
                    "Value": name,
                    "ComparisonType": "EXACT",
                }
            }
            for name in chunk
        ]
        asked = {**search.fixed, "SearchCriteria": {"OrConditions": conditions}}
        async for page in reader.pages(kind.service, search.operation, asked):
            for item in page.get(search.items, ()):
                thing = thing_in(item, search)
                # something else came too: the condition was not kept
                if thing.name.casefold() not in wanted:
                    return None
                seen[thing.id] = item
    return seen


def _chunks(names: list[str], size: int) -> Iterator[list[str]]:
    for start in range(0, len(names), size):
        yield names[start : start + size]
