"""Finding many things by name with the fewest calls, and only what is so.

What there is, a list tells: the index of a search trails behind it, by a few seconds as a rule.
States come from the search, hundreds a call, and from Describe where the index can't be believed:
for what the list shows and the search does not, and for what was changed so lately that the index
may not hold it yet. When a thing was last changed, its list says. Where so much was changed lately
that describing it takes longer than the index takes to catch up, that is waited for.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property

import anyio

from bulkops.definition.kinds.listing import Listing
from bulkops.definition.kinds.thing_kind import ThingKind
from bulkops.definition.model.newer_members import PartlyKnown
from bulkops.engine.reads.few_names import Known, known_by_name
from bulkops.engine.reads.instance_reader import Reader, ReadError
from bulkops.engine.reads.items import (
    INDEX_LAG,
    Item,
    changed_at,
    is_hidden,
    keys_meant,
    members_compared,
    name_in,
    names_in,
    state_in,
    thing_in,
    under_its_names,
)
from bulkops.engine.reads.list_walk import ListWalk
from bulkops.engine.reads.search import described_all
from bulkops.engine.reads.search_pages import Seen, fewest_calls, searched
from bulkops.engine.reads.sought_things import sought_things
from bulkops.planning.inventory import Thing, Want


async def find(reader: Reader, kind: ThingKind, want: Want) -> Iterator[Thing]:
    """Return all things of the kind where every one is wanted, else those named at the least.

    Each comes under each of its names, and is let go of by then: there may be 100,000.
    Without names, what the search shows is all that is asked: an export is as old as the index.
    Where an account may not search, the list and one describe a thing bring the same.
    """
    if kind.sought is not None and (want.names or not kind.sought.listed):
        return iter(await sought_things(reader, kind, want.names))
    if kind.search is not None and want.state and not want.names:
        return await _exported(reader, kind, kind.search, want)
    walk = ListWalk(reader, kind, want)
    known = await known_by_name(reader, kind, want, walk)
    if kind.search is None and want.state:
        return await _described_of(reader, kind, want, walk)
    if kind.search is None or not (want.state or _needs_ancestors(kind, want)):
        return _all_of(walk, known)
    return await _States(reader, kind, kind.search, want, walk, known).found()


def _all_of(walk: ListWalk, known: Known) -> Iterator[Thing]:
    """Yield what is listed or described, each once."""
    # where one was gone, the list was read after all, and shows what was described as well
    described = {one.id: one for one in known.described}
    for thing in walk.listed:
        described.pop(thing.id, None)
        yield thing
    yield from described.values()


async def _described_of(
    reader: Reader, kind: ThingKind, want: Want, walk: ListWalk
) -> Iterator[Thing]:
    """Return what is listed of a kind that no search shows, each described whose state counts."""
    keys = {kind.key_of(name) for name in want.names}
    meant = [one for one in walk.listed if not keys or kind.key_of(one.name) in keys]
    states = {one.id: one for one in await described_all(reader, kind, meant)}
    return (states.get(one.id, one) for one in walk.listed)


def _needs_ancestors(kind: ThingKind, want: Want) -> bool:
    return kind.has_paths and any("/" in name for name in want.names)


@dataclass
class _States:
    """The states of what a list shows, with the fewest calls that can be believed."""

    reader: Reader
    kind: ThingKind
    search: Listing
    want: Want
    walk: ListWalk
    known: Known
    states: dict[tuple[object, ...], Item] = field(default_factory=dict)
    """Those that were met, by their members."""
    caught_up: bool = False
    """Whether the index was waited for: it holds by now what was changed before that."""

    @cached_property
    def _keys(self) -> frozenset[str]:
        keys = keys_meant(self.kind, self.want.names)
        return self.want.names if keys == self.want.names else keys  # not two tables alike

    def _meant(self) -> Iterator[Thing]:
        """Yield what the names may mean: it needs its state for certain."""
        return filter(self._is_meant, self.walk.listed)

    def _is_meant(self, thing: Thing) -> bool:
        return self.kind.key_of(thing.name) in self._keys

    async def found(self) -> Iterator[Thing]:
        """Return all that is listed, under its names, with the states that are wanted."""
        believed = await self._believed()
        for each in (*self._misplaced(believed), *self._lacking(believed)):
            del believed[each]
        described = {one.id: one for one in self.known.described}
        rest = [one for one in self._meant() if one.id not in believed and one.id not in described]
        described |= {one.id: one for one in await described_all(self.reader, self.kind, rest)}
        return self._merged(believed, described)

    def _merged(self, believed: Seen, described: dict[str, Thing]) -> Iterator[Thing]:
        """Yield what is there, under its names; the list goes as they come."""
        listed = self.walk.listed
        listed.reverse()
        while listed:
            thing = listed.pop()
            yield from self._named(described.pop(thing.id, thing), believed)
        for thing in described.values():
            yield from self._named(thing, {})

    async def _believed(self) -> Seen:
        """Return the items of the search that show their things as they are by now."""
        if not self.search.dated:
            await self._catch_up(self._meant())
        believed = self._of_now(await self._seen())
        if self.search.dated:
            left = (one for one in self._meant() if one.id not in believed)
            if await self._catch_up(left):
                believed = self._of_now(await self._seen())
        return believed

    def _of_now(self, seen: Seen) -> Seen:
        """Take what is not believed out of what was seen, and return it."""
        for each in self.walk.changed:
            if each in seen and not self._is_believed(each, seen[each]):
                del seen[each]
        if self.kind.has_paths:  # what is gone is no part of a path either
            for each in seen.keys() - {one.id for one in self.walk.listed}:
                del seen[each]
        return seen

    async def _catch_up(self, things: Iterable[Thing]) -> bool:
        """Wait for the index where that is shorter than to describe what it may not hold yet."""
        changed = self.walk.changed
        fresh = [
            changed[one.id]
            for one in things
            if self._is_fresh(one.id) and self.kind.key_of(one.name) not in self._described
        ]
        if not fresh or self.kind.describe is None:
            return False
        wait = (min(max(fresh), self._now) - self._since).total_seconds()
        self.caught_up = wait < self.reader.least_seconds(
            self.kind.service, self.kind.describe.operation, len(fresh)
        )
        if self.caught_up:
            self.reader.tell(
                f"{len(fresh):,} of what the sheet names was changed a moment ago: waiting"
                f" {wait:.0f} s for {self.search.operation} to show it"
            )
            await anyio.sleep(wait)
        return self.caught_up

    def _lacking(self, believed: Seen) -> list[str]:
        """Return the ids of those of which the search leaves out a member that is looked at."""
        member, members = self.kind.may_lack, self.want.members
        if not member or (members and member not in members):
            return []
        return [each for each, item in believed.items() if member not in item]

    def _misplaced(self, believed: Seen) -> list[str]:
        """Return the ids of what a path may mean that no path of a search is.

        An ancestor may have another name by now, and of that the list says nothing.
        """
        if not self.kind.has_paths:
            return []
        shown = {each: self._names_of(item) for each, item in believed.items()}
        known = {self.kind.key_of(name) for names in shown.values() for name in names}
        paths = [name for name in self.want.names if "/" in name.removeprefix("/")]
        lost = [name for name in paths if self.kind.key_of(name.removeprefix("/")) not in known]
        keys = keys_meant(self.kind, lost)
        return [each for each, names in shown.items() if self.kind.key_of(names[0]) in keys]

    def _names_of(self, item: Item) -> list[str]:
        return list(names_in(name_in(item, self.search), item, self.kind))

    def _named(self, thing: Thing, believed: Seen) -> Iterator[Thing]:
        """Yield a thing under each of its names, with its state where that is wanted."""
        state: Item = thing.state or {}
        if thing.id in believed and not thing.described:
            state = believed[thing.id]
            if self.want.state and (self.want.every or self._is_meant(thing)):
                thing = replace(thing, state=self._state(state))
        return under_its_names(thing, state, self.kind)

    def _state(self, item: Item) -> Item:
        """Return the state in an item; things of one state share it, where few members count."""
        state = state_in(item, self.search, self.want.members)
        is_alone = isinstance(state, PartlyKnown) or not self.want.members
        if is_alone or any(isinstance(each, dict | list) for each in state.values()):
            return state
        return self.states.setdefault(tuple(state.items()), state)

    @cached_property
    def _now(self) -> datetime:
        """When the search began that is to be believed, or is about to."""
        return self.known.searched_at or self.reader.now()

    @property
    def _since(self) -> datetime:
        return self._now - INDEX_LAG

    def _is_fresh(self, thing_id: str) -> bool:
        """Tell whether a thing was changed too lately for the index to be sure to show it."""
        changed = self.walk.changed.get(thing_id)
        return not self.caught_up and changed is not None and changed > self._since

    def _is_believed(self, thing_id: str, item: Item) -> bool:
        """Tell whether an item of a search shows a thing as it is by now."""
        if not self._is_fresh(thing_id):
            return True
        shown = changed_at(item)
        return shown is not None and shown >= self.walk.changed[thing_id]

    async def _seen(self) -> Seen:
        """Search for what can be believed of a search; empty where one may not search."""
        if self.known.seen is not None and not self.caught_up:
            return self.known.seen
        asked = [one.name for one in self._meant() if self._is_worth_asking(one)]
        every = self.want.every
        if not every and (not asked or len(asked) < self._search_calls(len(asked))):
            return {}  # as many descriptions need fewer calls, or none
        try:
            return await searched(
                self.reader, self.kind, self.search, asked,
                every=every, least=len(self.walk.listed),
                members=members_compared(self.kind, self.want),
            )  # fmt: skip
        except ReadError:
            # who may not search may still list and describe
            if self.kind.describe is None:
                raise
            return {}

    def _is_worth_asking(self, one: Thing) -> bool:
        """Tell whether a search may spare the description of a thing."""
        if self.kind.key_of(one.name) in self._described:
            return False
        return self.search.dated or not self._is_fresh(one.id)

    @cached_property
    def _described(self) -> frozenset[str]:
        return frozenset(map(self.kind.key_of, self.want.described))

    def _search_calls(self, names: int) -> int:
        return fewest_calls(self.kind, self.search, names, among=len(self.walk.listed))


async def _exported(
    reader: Reader, kind: ThingKind, search: Listing, want: Want
) -> Iterator[Thing]:
    """Return what the search shows, all of it, as old as its index is."""
    try:
        seen = await searched(reader, kind, search, (), every=True, least=0)
    except ReadError:
        # who may not search may still list and describe
        if kind.describe is None or not want.state:
            raise
        walk = ListWalk(reader, kind, want)
        await walk.to_its_end()
        return iter(walk.listed)
    items = (item for item in seen.values() if not is_hidden(item, search))
    return (thing for item in items for thing in _shown(item, kind, search, want))


def _shown(item: Item, kind: ThingKind, search: Listing, want: Want) -> Iterator[Thing]:
    state = state_in(item, search, want.members) if want.state else None
    return under_its_names(replace(thing_in(item, search), state=state), item, kind)
