"""Finding many things by name with the fewest calls, and only what is so.

What there is, a list tells: the index of a search trails behind it, by a few seconds as a rule.
States come from the search, hundreds a call, and from Describe where the index can't be believed:
for what the list shows and the search does not, and for what was changed so lately that the index
may not hold it yet. When a thing was last changed, its list says. Where so much was changed lately
that describing it takes longer than the index takes to catch up, that is waited for.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import cached_property

import anyio

from bulkops.definition.thing_kinds import Listing, ThingKind
from bulkops.engine.reads.few_names import Known, known_by_name
from bulkops.engine.reads.instance_reader import Reader, ReadError
from bulkops.engine.reads.items import (
    Item,
    changed_at,
    is_hidden,
    keys_meant,
    names_in,
    state_in,
    thing_in,
)
from bulkops.engine.reads.list_walk import Listed, ListWalk
from bulkops.engine.reads.search import described_all
from bulkops.engine.reads.search_pages import Seen, fewest_calls, searched
from bulkops.planning.inventory import Thing, Want

INDEX_LAG = timedelta(minutes=1)
"""How long a search may go on showing what was there before a change.

Amazon Connect says of its searches that they take "a few seconds" to show changes (model text of
SearchEvaluationForms). A minute is many times that, with room for clocks that differ; an index that
is farther behind is believed, and so is one whose list does not say when things were changed.
"""

Found = dict[str, list[Thing]]


async def find(reader: Reader, kind: ThingKind, want: Want) -> Found:
    """Return things by name: all of the kind where every one is wanted, else those named.

    Without names, what the search shows is all that is asked: an export is as old as the index.
    Where an account may not search, the list and one describe a thing bring the same.
    """
    if kind.search is not None and want.state and not want.names:
        return await _exported(reader, kind, kind.search, want)
    walk = ListWalk(reader, kind, want)
    known = await known_by_name(reader, kind, want, walk)
    if kind.search is None or not (want.state or _needs_ancestors(kind, want)):
        # where one was gone, the list was read after all, and shows what was described as well
        there = {one.id: one for one in (*known.described, *_things(walk))}
        return _by_name((one, one.name) for one in there.values())
    return await _States(reader, kind, kind.search, want, walk.listed, known).found()


def _things(walk: ListWalk) -> Iterator[Thing]:
    return (one.thing for one in walk.listed)


def _needs_ancestors(kind: ThingKind, want: Want) -> bool:
    return kind.has_paths and any("/" in name for name in want.names)


def _by_name(pairs: Iterable[tuple[Thing, str]]) -> Found:
    found: Found = {}
    for thing, name in pairs:
        named = thing if thing.name == name else replace(thing, name=name)
        found.setdefault(name, []).append(named)
    return found


@dataclass
class _States:
    """The states of what a list shows, with the fewest calls that can be believed."""

    reader: Reader
    kind: ThingKind
    search: Listing
    want: Want
    listed: list[Listed]
    known: Known
    states: dict[tuple[object, ...], Item] = field(default_factory=dict)
    """Those that were met, by their members."""
    caught_up: bool = False
    """Whether the index was waited for: it holds by now what was changed before that."""

    @cached_property
    def _meant(self) -> Mapping[str, Listed]:
        """What the names may mean, by id: it needs its state for certain."""
        keys = keys_meant(self.kind, self.want.names)
        meant = (one for one in self.listed if self.kind.key_of(one.thing.name) in keys)
        return {one.thing.id: one for one in meant}

    async def found(self) -> Found:
        """Return all that is listed, by name, with the states that are wanted."""
        believed = await self._believed()
        for each in self._misplaced(believed):
            del believed[each]
        described = {one.id: one for one in self.known.described}
        there = {**described, **{one.thing.id: one.thing for one in self.listed}}
        rest = [
            one.thing
            for each, one in self._meant.items()
            if each not in believed and each not in described
        ]
        described |= {one.id: one for one in await described_all(self.reader, self.kind, rest)}
        return _by_name(
            pair for one in there.values() for pair in self._named(one, believed, described)
        )

    async def _believed(self) -> Seen:
        """Return the items of the search that show their things as they are by now."""
        if not self.search.dated:
            await self._catch_up(self._meant.values())
        believed = self._of_now(await self._seen())
        if self.search.dated:
            left = (one for each, one in self._meant.items() if each not in believed)
            if await self._catch_up(left):
                believed = self._of_now(await self._seen())
        return believed

    def _of_now(self, seen: Seen) -> Seen:
        return {
            one.thing.id: seen[one.thing.id]
            for one in self.listed
            if one.thing.id in seen and self._is_believed(one, seen[one.thing.id])
        }

    async def _catch_up(self, things: Iterable[Listed]) -> bool:
        """Wait for the index where that is shorter than to describe what it may not hold yet."""
        fresh = [
            one.changed
            for one in things
            if self._is_fresh(one)
            and one.changed is not None
            and self.kind.key_of(one.thing.name) not in self._described
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
        return list(names_in(thing_in(item, self.search).name, item, self.kind))

    def _named(
        self, thing: Thing, believed: Seen, described: Mapping[str, Thing]
    ) -> Iterator[tuple[Thing, str]]:
        """Yield a listed thing under each of its names, with its state where that is wanted."""
        thing = described.get(thing.id, thing)
        state: Item = thing.state or {}
        if thing.id in believed:
            state = believed[thing.id]
            if self.want.state and (self.want.every or thing.id in self._meant):
                thing = replace(thing, state=self._state(state))
        for name in names_in(thing.name, state, self.kind):
            yield thing, name

    def _state(self, item: Item) -> Item:
        """Return the state in an item; things of one state share it, where few members count."""
        state = state_in(item, self.search, self.want.members)
        if not self.want.members or any(isinstance(each, dict | list) for each in state.values()):
            return state
        return self.states.setdefault(tuple(state.items()), state)

    @cached_property
    def _now(self) -> datetime:
        """When the search began that is to be believed, or is about to."""
        return self.known.searched_at or self.reader.now()

    @property
    def _since(self) -> datetime:
        return self._now - INDEX_LAG

    def _is_fresh(self, one: Listed) -> bool:
        """Tell whether a thing was changed too lately for the index to be sure to show it."""
        return not self.caught_up and one.changed is not None and one.changed > self._since

    def _is_believed(self, one: Listed, item: Item) -> bool:
        """Tell whether an item of a search shows a thing as it is by now."""
        if not self._is_fresh(one):
            return True
        shown = changed_at(item)
        return shown is not None and one.changed is not None and shown >= one.changed

    async def _seen(self) -> Seen:
        """Search for what can be believed of a search; empty where one may not search."""
        if self.known.seen is not None and not self.caught_up:
            return self.known.seen
        asked = [one.thing.name for one in self._meant.values() if self._is_worth_asking(one)]
        every = self.want.every
        if not every and (not asked or len(asked) < self._search_calls(len(asked))):
            return {}  # as many descriptions need fewer calls, or none
        try:
            return await searched(
                self.reader, self.kind, self.search, asked, every=every, least=len(self.listed)
            )
        except ReadError:
            # who may not search may still list and describe
            if self.kind.describe is None:
                raise
            return {}

    def _is_worth_asking(self, one: Listed) -> bool:
        """Tell whether a search may spare the description of a thing."""
        if self.kind.key_of(one.thing.name) in self._described:
            return False
        return self.search.dated or not self._is_fresh(one)

    @cached_property
    def _described(self) -> frozenset[str]:
        return frozenset(map(self.kind.key_of, self.want.described))

    def _search_calls(self, names: int) -> int:
        return fewest_calls(self.kind, self.search, names, among=len(self.listed))


async def _exported(reader: Reader, kind: ThingKind, search: Listing, want: Want) -> Found:
    """Return what the search shows, all of it, as old as its index is."""
    try:
        seen = await searched(reader, kind, search, (), every=True, least=0)
    except ReadError:
        # who may not search may still list and describe
        if kind.describe is None or not want.state:
            raise
        walk = ListWalk(reader, kind, want)
        await walk.to_its_end()
        return _by_name((one, one.name) for one in _things(walk))
    items = (item for item in seen.values() if not is_hidden(item, search))
    return _by_name(pair for item in items for pair in _shown(item, kind, search, want))


def _shown(item: Item, kind: ThingKind, search: Listing, want: Want) -> Iterator[tuple[Thing, str]]:
    thing = thing_in(item, search)
    state = state_in(item, search, want.members) if want.state else None
    for name in names_in(thing.name, item, kind):
        yield replace(thing, state=state), name
