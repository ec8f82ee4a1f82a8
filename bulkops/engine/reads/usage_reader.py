"""Finding out what uses the things that are to be removed: one pass over each kind of user.

What is there now, the list of a kind says, and so what its search shows and its list does not is
passed over; what was changed so lately that the search may not show it is described. Pages are
let go of as they come: flows are long texts. Users are searched alone: for what they use, Amazon
Connect itself refuses to delete it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Coroutine, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from bulkops.definition.kinds.listing import Listing
from bulkops.definition.kinds.thing_kind import ThingKind
from bulkops.definition.model.member_paths import id_in_arn
from bulkops.definition.relations import RELATIONS, RelationKind
from bulkops.definition.thing_kinds import KINDS, nouns
from bulkops.definition.uses import USES, InAssociations, InContent, InList, InState
from bulkops.engine.reads.instance_reader import Reader, ReadError
from bulkops.engine.reads.items import INDEX_LAG, Item, changed_at, is_hidden, thing_in
from bulkops.engine.reads.search import described_all, entries
from bulkops.engine.reads.side_by_side import side_by_side
from bulkops.pacing.error_codes import CodeGroup, group_of
from bulkops.planning.inventory import Inventory, Thing
from bulkops.planning.usage import Usage, usages_in

_Read = Callable[[], Coroutine[Any, Any, None]]


async def add_usages(
    reader: Reader, inventory: Inventory, removed: Mapping[str, Collection[str]]
) -> None:
    """Read what uses things, given as kind → ids, into the inventory.

    What may not be read is noted there too. Raises ReadError where something can't be read.
    """
    wanted = {kind: frozenset(ids) for kind, ids in removed.items() if ids and kind in USES}
    await side_by_side(
        partial(_unless_denied, read, what, inventory)
        for what, read in _reads(reader, inventory, wanted)
    )
    reader.over()


async def _unless_denied(read: _Read, what: str, inventory: Inventory) -> None:
    try:
        await read()
    except ReadError as error:
        if group_of(error.fault.code) is not CodeGroup.DENIED:
            raise
        inventory.not_looked_at.append(f"{what} ({error.operation} is not allowed)")


def _reads(
    reader: Reader, inventory: Inventory, wanted: Mapping[str, frozenset[str]]
) -> Iterator[tuple[str, _Read]]:
    """Yield (what is looked at, how), once for each kind of user."""
    passes = defaultdict[str, list[tuple[str, InState | InContent]]](list)
    for kind in wanted:
        for place in USES[kind].places:
            match place:
                case InList():
                    relation = RELATIONS[place.relation]
                    look = _Lists(reader, inventory, relation, kind, wanted[kind])
                    yield f"{nouns(KINDS[kind].noun)} of {nouns(KINDS[place.by].noun)}", look.read
                case InAssociations():
                    for value, noun in place.nouns.items():
                        how = _Associations(reader, inventory, place, kind, wanted[kind])
                        yield nouns(noun), partial(how.read, value, noun)
                case _:
                    passes[place.by].append((kind, place))
    for by, places in passes.items():
        yield nouns(KINDS[by].noun), _Pass(reader, inventory, KINDS[by], places, wanted).read


@dataclass
class _Pass:
    """One walk over a kind of user, for all that its things may use."""

    reader: Reader
    inventory: Inventory
    kind: ThingKind
    places: list[tuple[str, InState | InContent]]
    wanted: Mapping[str, frozenset[str]]
    there: dict[str, Thing] = field(default_factory=dict)
    fresh: dict[str, Thing] = field(default_factory=dict)
    """What was changed so lately, or shown so sparely, that it must be described."""

    async def read(self) -> None:
        """Go through all things of the kind."""
        search, listed = self.kind.search, self.kind.name != "user"
        if search is None:
            return
        if listed:
            await self._list(self.kind.listing)
        try:
            await self._search(search, listed=listed)
        except ReadError as error:
            # who may not search may still describe what is listed
            if not listed or group_of(error.fault.code) is not CodeGroup.DENIED:
                raise
            self.fresh = dict(self.there)
        for thing in await described_all(self.reader, self.kind, self.fresh.values()):
            if thing.state is not None:
                self._take(thing, thing.state)

    async def _search(self, search: Listing, *, listed: bool) -> None:
        async for item in self.reader.items(self.kind.service, search):
            if not is_hidden(item, search):
                self._take_shown(thing_in(item, search), item, listed=listed)

    async def _list(self, listing: Listing) -> None:
        since = self.reader.now() - INDEX_LAG
        async for item in self.reader.items(self.kind.service, listing):
            changed, thing = changed_at(item), thing_in(item, listing)
            self.there[thing.id] = thing
            if changed is not None and changed > since:
                self.fresh[thing.id] = thing

    def _take_shown(self, thing: Thing, item: Item, *, listed: bool) -> None:
        if thing.id in self.fresh or (listed and thing.id not in self.there):
            return
        texts = {place.member for _, place in self.places if isinstance(place, InContent)}
        if any(item.get(member) is None for member in texts):
            self.fresh[thing.id] = thing  # the search leaves the text out
            return
        self._take(thing, item)

    def _take(self, thing: Thing, state: Item) -> None:
        for used, place in self.places:
            try:
                found = list(usages_in(place, state, self.wanted[used]))
            except (ValueError, KeyError):
                self.inventory.not_looked_at.append(
                    f'the {self.kind.noun} "{thing.name}" (its content is not a flow\'s)'
                )
                continue
            for used_id, said in found:
                if (used, used_id) != (self.kind.name, thing.id):
                    usage = Usage(self.kind.noun, thing.name, thing.id, said)
                    self.inventory.add_usage(used, used_id, usage)


@dataclass
class _Lists:
    """The lists of a relation, one call a thing."""

    reader: Reader
    inventory: Inventory
    relation: RelationKind
    used: str
    wanted: frozenset[str]

    async def read(self) -> None:
        """Go through the lists of all things that have one."""
        kind = KINDS[self.relation.of]
        items = self.reader.items(kind.service, kind.listing)
        owners = [thing_in(item, kind.listing) async for item in items]
        self.reader.expect(kind.service, self.relation.listing.operation, len(owners))
        await side_by_side(partial(self._read_of, kind, owner) for owner in owners)

    async def _read_of(self, kind: ThingKind, owner: Thing) -> None:
        for entry in await entries(self.reader, self.relation, owner.id):
            used_id = str(entry[self.relation.listing.id])
            if used_id in self.wanted:
                usage = Usage(kind.noun, owner.name, owner.id)
                self.inventory.add_usage(self.used, used_id, usage)


@dataclass
class _Associations:
    """What leads to a thing without being a kind of its own, such as a phone number to a flow."""

    reader: Reader
    inventory: Inventory
    place: InAssociations
    used: str
    wanted: frozenset[str]

    async def read(self, value: str, noun: str) -> None:
        """Go through all associations of one type."""
        listing = self.place.listing
        asked = {self.place.argument: value}
        async for item in self.reader.items("connect", listing, asked):
            used_id = id_in_arn(str(item.get(self.place.member, "")))
            if used_id in self.wanted:
                user = id_in_arn(str(item.get(listing.id, "")))
                self.inventory.add_usage(self.used, used_id, Usage(noun, user, user))
