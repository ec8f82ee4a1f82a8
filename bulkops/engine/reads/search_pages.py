"""What a search shows, by pages of everything or by several names a call."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from bulkops.definition.kinds.listing import Listing
from bulkops.definition.kinds.thing_kind import ThingKind
from bulkops.definition.model.newer_members import PartlyKnown, like
from bulkops.definition.model.paging import page_size
from bulkops.engine.reads.instance_reader import Reader
from bulkops.engine.reads.items import Item, name_in
from bulkops.engine.reads.side_by_side import side_by_side

Seen = dict[str, Item]
"""Id → item of a search."""


def fewest_calls(kind: ThingKind, search: Listing, names: int, *, among: int) -> int:
    """Return how many calls tell the states of so many names among so many things."""
    pages = pages_of(kind, search, among)
    return min(pages, math.ceil(names / search.keys)) if search.keys else pages


def pages_of(kind: ThingKind, search: Listing, things: int) -> int:
    """Return how many pages of a search so many things are."""
    return math.ceil(things / (page_size(kind.service, search.operation) or 1))


async def searched(
    reader: Reader,
    kind: ThingKind,
    search: Listing,
    names: Collection[str],
    *,
    every: bool,
    least: int,
    members: Collection[str] = (),
) -> Seen:
    """Return what a search shows of things of some names, by pages or by several names a call.

    With `every`, all that it shows; `least` is the number of things that there are at the least.
    `members` are all that is kept of an item, so that items alike are one; none: it is kept whole.
    """
    wanted = {kind.key_of(name): name for name in names}
    found = _Search(reader, kind, search, wanted, every=every, members=members)
    return await found.seen(least)


@dataclass
class _Search:
    """One search: what is looked for, and what was seen of it."""

    reader: Reader
    kind: ThingKind
    search: Listing
    wanted: dict[str, str]
    """Key → name; empty once it was met: a second table of 100,000 names would be 5 MB."""
    every: bool
    members: Collection[str]
    found: Seen = field(default_factory=dict)
    missing: int = field(init=False)
    """How many of those that are wanted were not met."""
    alike: dict[tuple[object, ...], Item] = field(default_factory=dict)
    left: int = 0
    """Pages that are to come, as far as is known."""

    def __post_init__(self) -> None:
        self.missing = len(self.wanted)

    async def seen(self, least: int) -> Seen:
        by_name = not self.every and bool(self.search.keys)
        if by_name and self._calls(len(self.wanted)) <= self._pages(least):
            if await self._by_names(self.wanted.values()):
                return self.found
            by_name = False  # the service passed the names over, and will again
        await self._by_pages(by_name=by_name)
        return self.found

    def _calls(self, names: int) -> int:
        return math.ceil(names / self.search.keys)

    def _pages(self, things: int) -> int:
        return pages_of(self.kind, self.search, things)

    async def _by_pages(self, *, by_name: bool) -> None:
        """Read pages until all is met, or the rest by name once that takes fewer calls."""
        shown = 0
        self._announce(1)
        async for page in self.reader.pages(
            self.kind.service, self.search.operation, self.search.fixed
        ):
            self.left -= 1
            items = page.get(self.search.items, ())
            shown += len(items)
            self._take(items)
            left = self._pages(max(page.get("ApproximateTotalCount", 0) - shown, 0))
            if not self.every and not self.missing:
                break
            # when few names are left, asking for them takes fewer calls than the pages to come
            if by_name and self._calls(self.missing) < left:
                self._announce(0)
                if await self._by_names([name for name in self.wanted.values() if name]):
                    break
                by_name = False
            self._announce(left)
        self._announce(0)

    def _announce(self, left: int) -> None:
        """Say how many pages are to come."""
        self.reader.expect(self.kind.service, self.search.operation, left - self.left)
        self.left = left

    def _take(self, items: Collection[Item]) -> None:
        for item in items:
            key = self.kind.key_of(name_in(item, self.search))
            if self.every or key in self.wanted:
                self.found[str(item[self.search.id])] = self._kept(self.kind.as_written(item))
                if self.wanted.get(key):
                    self.wanted[key] = ""
                    self.missing -= 1

    def _kept(self, item: Item) -> Item:
        if not self.members:
            return item
        kept = {name: item[name] for name in item if name in self.members}
        if isinstance(item, PartlyKnown) or any(
            isinstance(each, dict | list) for each in kept.values()
        ):
            return like(item, kept)
        # by type too: True is equal to 1
        key = tuple((name, type(value), value) for name, value in kept.items())
        return self.alike.setdefault(key, kept)

    async def _by_names(self, names: Collection[str]) -> bool:
        """Ask for exact names, several a call; False where the service did not keep to them."""
        chunks = list(_chunks(sorted(names), self.search.keys))
        self.reader.expect(self.kind.service, self.search.operation, len(chunks))
        kept = [await self._asked_for(chunks[0])] if chunks else []
        if all(kept):

            async def ask(chunk: list[str]) -> None:
                kept.append(await self._asked_for(chunk))

            await side_by_side(partial(ask, chunk) for chunk in chunks[1:])
        return all(kept)

    async def _asked_for(self, names: list[str]) -> bool:
        """Ask for some names by one search; False where something else came too."""
        wanted = {name.casefold() for name in names}
        asked = {**self.search.fixed, "SearchCriteria": self._criteria(names)}
        async for page in self.reader.pages(self.kind.service, self.search.operation, asked):
            items = page.get(self.search.items, ())
            names_met = {name_in(item, self.search).casefold() for item in items}
            if not names_met <= wanted:
                return False
            self._take(items)
        return True

    def _criteria(self, names: list[str]) -> Mapping[str, Any]:
        return {
            "OrConditions": [
                {
                    "StringCondition": {
                        "FieldName": self.search.field_name,
                        "Value": name,
                        "ComparisonType": "EXACT",
                    }
                }
                for name in names
            ]
        }


def _chunks(names: list[str], size: int) -> Iterator[list[str]]:
    for start in range(0, len(names), size):
        yield names[start : start + size]
