"""Few names among many things: found by name and looked at one by one, without the whole list.

What a search shows may be gone or changed by now, and what it does not show may be there. So each
thing that it finds is described, which tells as much as its place in the list would; and where it
does not find a name, the list is read to its end.
"""

from __future__ import annotations

import math
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial

from bulkops.definition.kinds.listing import Listing
from bulkops.definition.kinds.reading import Reading
from bulkops.definition.kinds.thing_kind import ThingKind
from bulkops.engine.reads.instance_reader import Reader, ReadError
from bulkops.engine.reads.items import members_compared, thing_in
from bulkops.engine.reads.list_walk import ListWalk
from bulkops.engine.reads.search import described_all
from bulkops.engine.reads.search_pages import Seen, pages_of, searched
from bulkops.engine.reads.side_by_side import side_by_side
from bulkops.planning.inventory import Thing, Want


@dataclass(slots=True)
class Known:
    """What is known beside the list: what a search showed, and things that were described.

    `seen` is None where nothing was searched for yet; `searched_at` is when that began.
    """

    seen: Seen | None = None
    searched_at: datetime | None = None
    described: list[Thing] = field(default_factory=list)


async def known_by_name(reader: Reader, kind: ThingKind, want: Want, walk: ListWalk) -> Known:
    """Read a list as far as it is needed, and what stands for the rest of it.

    A list is gone through as long as its pages cost no more than to look at each thing would:
    mostly that is all of it. A kind that can't be searched for exact names is listed.
    """
    few = None
    if kind.search is not None and kind.describe is not None and _is_findable(kind, want):
        few = _FewNames(reader, kind, kind.search, kind.describe, want, walk)
    if few is None:
        await walk.to_its_end()
        return Known()
    return await few.known()


def can_find(kind: ThingKind) -> bool:
    """Tell whether a search may find all that a name of the kind may mean, and nothing else."""
    search = kind.search
    # what a search is narrowed by can't be asked for together with names
    return search is not None and search.keys > 0 and not search.fixed and not kind.has_paths


def _is_findable(kind: ThingKind, want: Want) -> bool:
    """Tell whether names are worth a search: some are wanted, and they may be there."""
    return can_find(kind) and bool(want.names) and not want.every and not want.new


@dataclass
class _FewNames:
    reader: Reader
    kind: ThingKind
    search: Listing
    describe: Reading
    want: Want
    walk: ListWalk

    async def known(self) -> Known:
        walk = self.walk
        while not walk.is_enough and self._list_is_cheap():
            await walk.turn()
        if walk.is_enough:
            walk.stop()
            return Known()
        return await self._beside_the_list()

    def _list_is_cheap(self) -> bool:
        """Tell whether the list so far and its next page cost less than what would stand for it."""
        walk = self.walk
        is_searched = self.want.state and len(self._to_describe) < len(self.want.names)
        searches = 0 if is_searched else self._calls(len(walk.missing))
        others = self._looks + searches
        return not walk.pages or (walk.pages < others and walk.next_is_free)

    @property
    def _looks(self) -> int:
        """How many more things were to be described, in place of the rest of the list."""
        return len(self.walk.missing - self._to_describe)

    def _calls(self, names: int) -> int:
        return math.ceil(names / self.search.keys)

    @property
    def _to_describe(self) -> frozenset[str]:
        return frozenset(map(self.kind.key_of, self.want.described))

    async def _beside_the_list(self) -> Known:
        names, least = self._to_search(), len(self.walk.listed) + 1
        known = Known(searched_at=self.reader.now())

        async def search(members: Collection[str] = ()) -> None:
            known.seen = await self._searched(names, least, members)

        if self._looks and self._calls(len(names)) > pages_of(self.kind, self.search, least):
            # they are so many that to look at each is out of the question
            members = members_compared(self.kind, self.want)
            await side_by_side((partial(search, members), self.walk.to_its_end))
            return known
        await search()
        found = self._unlisted(known.seen or {})
        if found is not None and await self._is_less():
            known.described = await self._looked_at(found)
        if self.walk.missing - {self.kind.key_of(each.name) for each in known.described}:
            await self.walk.to_its_end()
        self.walk.stop()
        return known

    async def _searched(self, names: Collection[str], least: int, members: Collection[str]) -> Seen:
        """Return what a search shows; nothing where one may not search, but list and describe."""
        try:
            return await searched(
                self.reader, self.kind, self.search, names,
                every=False, least=least, members=members,
            )  # fmt: skip
        except ReadError as error:
            # not raised: it would cut off the list that is read beside it
            if error.operation != self.search.operation:
                raise
            return {}

    def _to_search(self) -> list[str]:
        """Return the names that the list has not shown yet, and those whose state is wanted."""
        key_of, described = self.kind.key_of, self._to_describe
        return [
            name
            for name in self.want.names
            if key_of(name) in self.walk.missing
            or (self.want.state and key_of(name) not in described)
        ]

    def _unlisted(self, seen: Seen) -> list[Thing] | None:
        """Return what the search found of the names that are missing; None: not all of them."""
        found = [thing_in(item, self.search) for item in seen.values()]
        found = [each for each in found if self.kind.key_of(each.name) in self.walk.missing]
        met = {self.kind.key_of(each.name) for each in found}
        return found if met == self.walk.missing else None

    async def _is_less(self) -> bool:
        """Tell whether to look at each takes less than the rest of the list."""
        asked = len(self._to_describe)
        if self._looks <= 1 or not self._seconds(asked + self._looks):
            return True
        listed = self.walk.seconds(self.walk.pages_of(await self.walk.count()))
        return self._seconds(asked + self._looks) < self._seconds(asked) + listed

    def _seconds(self, looks: int) -> float:
        return self.reader.least_seconds(self.kind.service, self.describe.operation, looks)

    async def _looked_at(self, found: Collection[Thing]) -> list[Thing]:
        """Return what is there now of what a search found, under the names that it has now."""
        looked = await described_all(self.reader, self.kind, found)
        names = {each.id: each.name for each in found}
        return [
            each
            for each in looked
            if each.state is not None
            and self.kind.key_of(_name_in(each, self.search)) == self.kind.key_of(names[each.id])
        ]


def _name_in(thing: Thing, search: Listing) -> str:
    """Return the name that a described thing has; Describe calls it as the search does."""
    return str((thing.state or {}).get(search.name, ""))
