"""Reading all that the sheets of a workbook hold of one instance: each kind and list but once."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Sequence
from dataclasses import KW_ONLY, dataclass, field
from functools import partial
from typing import Any

from bulkops.definition.kinds.thing_kind import ThingKind
from bulkops.definition.relations import RELATIONS
from bulkops.definition.thing_kinds import KINDS
from bulkops.engine.reads.instance_reader import Reader, ReadError
from bulkops.engine.reads.inventory_reader import add_lists, describe, look_up
from bulkops.engine.reads.items import under_its_names
from bulkops.engine.reads.search import described_all
from bulkops.engine.reads.side_by_side import side_by_side
from bulkops.engine.reads.things_within import things_across
from bulkops.pacing.error_codes import CodeGroup, group_of
from bulkops.pacing.replies import FaultClass
from bulkops.planning.centre_scope import (
    ExportPart,
    is_described,
    kinds_within,
    owners_listed,
    wants_of_all,
)
from bulkops.planning.inventory import Inventory, Thing, Wants
from bulkops.planning.spoken_names import things_of
from bulkops.transfer.flow_files import FlowFiles, content_member

_REFUSALS = (CodeGroup.DENIED, CodeGroup.BARRED, CodeGroup.UNKNOWN_OPERATION)


@dataclass(slots=True)
class CentreReading:
    """What was read of an instance; `described` are the kinds of which each thing was described.

    Where it `goes_on`, what may not be read is left out, and `refused` says why, by kind or
    relation.
    """

    inventory: Inventory = field(default_factory=Inventory)
    described: set[str] = field(default_factory=set)
    goes_on: bool = False
    refused: dict[str, str] = field(default_factory=dict)

    def why_not(self, part: ExportPart) -> str:
        """Return why the rows of a part were not read; empty where they were."""
        relation = _list_key(part.relation.name) if part.relation is not None else ""
        keys = (part.kind.name, part.kind.within, relation)
        return next((self.refused[key] for key in keys if key in self.refused), "")

    async def unless_refused(self, key: str, read: Callable[[], Coroutine[Any, Any, None]]) -> None:
        """Do a read; where it is refused and the reading goes on, say so under a key."""
        try:
            await read()
        except ReadError as error:
            is_refused = error.fault.fault_class is FaultClass.REJECTED
            is_refused |= group_of(error.fault.code) in _REFUSALS
            if not self.goes_on or not is_refused:
                raise
            self.refused[key] = str(error)


def _list_key(relation: str) -> str:
    return f"list of {relation}"


async def read_centre(
    reader: Reader,
    parts: Sequence[ExportPart],
    *,
    full: bool,
    contents: FlowFiles | None = None,
    goes_on: bool = False,
) -> CentreReading:
    """Read what all parts want of one instance. Raises JobError and ReadError.

    Contents of flows go into files where `contents` has some, and are not kept in memory;
    `goes_on` leaves out what may not be read. First comes what lies in nothing else; then, side
    by side, what lies in that, its lists, and what only a Describe operation tells.
    """
    wants = wants_of_all(parts)
    inside = kinds_within(wants)
    outside = {name: want for name, want in wants.kinds.items() if name not in inside}
    outside |= {KINDS[name].within: wants.kinds[KINDS[name].within] for name in inside}
    reading = CentreReading(goes_on=goes_on)

    async def look(name: str) -> None:
        found = await look_up(reader, Wants(kinds={name: outside[name]}))
        reading.inventory.add(name, found.each(name))

    await side_by_side(
        partial(reading.unless_refused, name, partial(look, name)) for name in outside
    )
    further = _Further(reader, parts, reading, contents, full=full)
    await side_by_side(partial(further.read, kind) for kind in (*outside, *inside))
    reader.over()
    return reading


@dataclass(frozen=True, slots=True)
class _Further:
    """What is read once names are known: what lies in things, lists, and whole states."""

    reader: Reader
    parts: Sequence[ExportPart]
    reading: CentreReading
    contents: FlowFiles | None
    _: KW_ONLY
    full: bool

    async def read(self, name: str) -> None:
        """Read what lies in others, where a kind is such; then lists and whole states."""
        kind, reading = KINDS[name], self.reading
        if kind.within:
            await reading.unless_refused(name, partial(self._read_within, kind))
        mine = [part for part in self.parts if part.kind.name == name]
        lists: dict[str, list[Thing]] = {}
        for part in mine:
            if part.relation is not None:
                lists[part.relation.name] = list(owners_listed(part, reading.inventory))
        reads = [
            partial(
                reading.unless_refused,
                _list_key(relation),
                partial(add_lists, self.reader, RELATIONS[relation], owners, reading.inventory),
            )
            for relation, owners in lists.items()
        ]
        await side_by_side([*reads, partial(self._describe_if_allowed, kind, mine)])

    async def _read_within(self, kind: ThingKind) -> None:
        owners = things_of(self.reading.inventory, kind.within)
        found = await things_across(self.reader, kind, owners)
        self.reading.inventory.add(kind.name, found)

    async def _describe_if_allowed(self, kind: ThingKind, mine: Sequence[ExportPart]) -> None:
        """Describe things; where one may not, what a search has told of them must do."""
        key, reading = f"whole {kind.name}", self.reading
        await reading.unless_refused(key, partial(self._describe, kind, mine))
        if key in reading.refused:
            reading.described.discard(kind.name)
            if kind.search is None or kind.may_lack:
                reading.refused[kind.name] = reading.refused[key]

    async def _describe(self, kind: ThingKind, mine: Sequence[ExportPart]) -> None:
        """Describe the things of a kind where that is needed, and put contents into files."""
        inventory = self.reading.inventory
        is_needed = any(is_described(part, inventory, full=self.full) for part in mine)
        things = list(things_of(inventory, kind.name))
        member = next(filter(None, (content_member(part.job) for part in mine)), "")
        if is_needed:
            self.reading.described.add(kind.name)
        if self.contents is None or not member:
            if is_needed:
                await describe(self.reader, kind, things, inventory)
            return
        self.contents.expect(kind.name, things)
        keep = partial(self._keep, kind, member, is_needed=is_needed)
        await side_by_side(partial(keep, thing) for thing in things)

    async def _keep(self, kind: ThingKind, member: str, thing: Thing, *, is_needed: bool) -> None:
        """Put the content of one thing into its file, described where that is needed."""
        if self.contents is None:
            return
        told = thing
        if is_needed and not thing.described:
            (told,) = await described_all(self.reader, kind, [thing])
        kept = self.contents.kept(kind.name, member, told)
        self.reading.inventory.add(kind.name, under_its_names(kept, kept.state or {}, kind))
