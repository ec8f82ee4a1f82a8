"""A walk through the list of a kind, page by page, as far as it is needed."""

from __future__ import annotations

from datetime import datetime
from math import ceil

from bulkops.definition.kinds.thing_kind import ThingKind
from bulkops.definition.model.member_paths import value_at_dotted
from bulkops.definition.model.paging import page_size, paging
from bulkops.engine.reads.instance_reader import Reader, ReadError
from bulkops.engine.reads.items import changed_at, is_hidden, items_on, thing_in
from bulkops.planning.inventory import Thing, Want


class ListWalk:
    """The pages of a list: `listed` is what those showed that were read, `changed` is id → when.

    `is_enough` once every name that is wanted was met, or there is no other page. Names of things
    with ancestors repeat: only the whole list tells that one is alone.
    """

    def __init__(self, reader: Reader, kind: ThingKind, want: Want) -> None:
        self.listed: list[Thing] = []
        self.changed: dict[str, datetime] = {}
        self.pages = 0
        self.missing = {kind.key_of(name) for name in want.names}
        """Keys of the names that were not met yet."""
        self._reader = reader
        self._kind = kind
        self._whole = want.every or kind.has_paths
        self._is_over = False
        self._pages = reader.pages(kind.service, kind.listing.operation, kind.listing.fixed)
        self._announced = 0
        self._things: int | None = None
        self._announce(1)

    @property
    def is_enough(self) -> bool:
        """Whether another page would bring nothing."""
        return self._is_over or (self.pages > 0 and not self._whole and not self.missing)

    @property
    def next_is_free(self) -> bool:
        """Whether one more page costs no time."""
        return not self.seconds(self.pages + 1)

    def seconds(self, pages: int) -> float:
        """Return the least time that so many pages take."""
        kind = self._kind
        return self._reader.least_seconds(kind.service, kind.listing.operation, pages)

    def pages_of(self, things: int) -> int:
        """Return how many pages so many things fill."""
        return ceil(things / (page_size(self._kind.service, self._kind.listing.operation) or 1))

    async def count(self) -> int:
        """Return how many things there are, as a search has it: a list does not say.

        It is asked once; 0 where nobody says, or one may not search.
        """
        if self._things is None:
            self._things = await self._counted()
            self._announce(self.pages_of(self._things))
        return self._things

    async def _counted(self) -> int:
        search = self._kind.search
        if search is None:
            return 0
        few = {paging(self._kind.service, search.operation).size_member: 1}
        asked = self._reader.asked(self._kind.service, search.operation, {**few, **search.fixed})
        try:
            reply = await self._reader.read(self._kind.service, search.operation, asked)
        except ReadError:
            return 0  # who may not search may still list
        return int(reply.data.get("ApproximateTotalCount", 0))

    def _announce(self, pages: int) -> None:
        more = max(pages - self._announced, 0)
        self._announced += more
        self._reader.expect(self._kind.service, self._kind.listing.operation, more)

    async def turn(self) -> None:
        """Read the next page."""
        page = await anext(self._pages)
        self.pages += 1
        for item in items_on(page, self._kind.listing.items):
            if is_hidden(item, self._kind.listing):
                continue
            thing = thing_in(item, self._kind.listing)
            self.listed.append(thing)
            changed = changed_at(item)
            if changed is not None:
                self.changed[thing.id] = changed
            self.missing.discard(self._kind.key_of(thing.name))
        tells = paging(self._kind.service, self._kind.listing.operation).tells
        self._is_over = not (tells and value_at_dotted(page, tells))
        if not self.is_enough:
            self._announce(self.pages + 1)

    async def to_its_end(self) -> None:
        """Read on until it is enough; how long that will be is asked once it takes time."""
        while not self.is_enough:
            if self.pages and not self.next_is_free:
                await self.count()
            await self.turn()
        self.stop()

    def stop(self) -> None:
        """Read no further: take back what was announced of pages that nobody will ask for."""
        if not self.missing:
            self.missing = set()  # an emptied set takes as much memory as a full one
        unread = self._announced - self.pages
        self._announced -= unread
        self._reader.expect(self._kind.service, self._kind.listing.operation, -unread)
