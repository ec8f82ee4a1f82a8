"""What flows and modules of two instances do, held against one another from their files."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from bulkops.definition.homes import filled
from bulkops.definition.thing_kinds import KINDS
from bulkops.engine.reads.instance_reader import Reader, ReadError
from bulkops.engine.reads.side_by_side import side_by_side
from bulkops.pacing.error_codes import RESOURCE_NOT_FOUND
from bulkops.planning.centre_scope import ExportPart
from bulkops.planning.diff.flow_texts import do_the_same, flow_in
from bulkops.planning.inventory import Inventory, Thing
from bulkops.planning.promotion.flow_differences import (
    THERE,
    NamedReferences,
    flow_differences,
)
from bulkops.planning.promotion.flow_mapping import thing_in
from bulkops.planning.promotion.instance_differences import FieldDifference
from bulkops.planning.rows.readers.cell_files import names_file, unmarked_text
from bulkops.planning.spoken_names import things_of
from bulkops.planning.target import Target
from bulkops.transfer.flow_files import FlowFiles, content_member
from bulkops.transfer.mapping_rows import MappingRow, read_names

PUBLISHED = "PUBLISHED"


@dataclass(frozen=True, slots=True)
class SideContents:
    """The contents of one instance's flows, in files; `drafts` are those that are not published."""

    files: FlowFiles
    drafts: FlowFiles

    @staticmethod
    def of(folder: Path, target: Target) -> SideContents:
        """Return the contents that a folder of one's own is to hold."""
        files = FlowFiles.of(folder, target)
        drafts = FlowFiles.of(folder / "drafts", target)
        return SideContents(files, replace(drafts, found=files.found))

    def text(self, cell: str) -> str:
        """Return the content that a cell names, or is."""
        held = _read(self.files.folder, cell) if names_file(cell) else None
        return unmarked_text(cell) if held is None else held

    def draft(self, cell: str) -> str | None:
        """Return what is saved beside the published content; None where there is no such."""
        return _read(self.drafts.folder, cell) if names_file(cell) else None


async def read_beside(
    reader: Reader,
    contents: SideContents,
    parts: Sequence[ExportPart],
    inventory: Inventory,
    *,
    drafts: bool,
) -> None:
    """Read what the contents refer to by its name, and with `drafts` what is only saved.

    Raises ReadError.
    """
    if drafts:
        kinds = {part.kind.name: content_member(part.job) for part in parts}
        for kind, member in kinds.items():
            if member:
                await _read_drafts(reader, contents, kind, member, inventory)
    await read_names(reader, contents.files, inventory)


async def _read_drafts(
    reader: Reader, contents: SideContents, kind: str, member: str, inventory: Inventory
) -> None:
    """Read the drafts of what is published, and keep those that do something else."""
    describe = KINDS[kind].describe
    if describe is None or describe.otherwise is None:  # see has_drafts
        return
    qualifier = describe.otherwise[1]
    things = list(things_of(inventory, kind))
    contents.drafts.expect(kind, things)

    async def read(thing: Thing) -> None:
        asked = filled(KINDS[kind].service, describe.operation, reader.target.places)
        asked |= describe.asked(f"{thing.id}{qualifier}")
        try:
            reply = await reader.read(KINDS[kind].service, describe.operation, asked)
        except ReadError as error:
            if error.fault.code != RESOURCE_NOT_FOUND:
                raise
            return
        state = thing.state or {}
        content = describe.told(reply.data).get(member)
        if isinstance(content, str) and not _is_same(contents.text(_cell(state, member)), content):
            contents.drafts.kept(kind, member, replace(thing, state={**state, member: content}))

    published = (each for each in things if (each.state or {}).get("Status") == PUBLISHED)
    await side_by_side(partial(read, thing) for thing in published)


@dataclass(frozen=True, slots=True)
class ComparedContents:
    """Tells what differs between the contents that two cells name; one pair at a time is read."""

    here: SideContents
    there: SideContents
    naming: tuple[NamedReferences, NamedReferences]

    def __call__(self, here: str, there: str) -> Iterator[FieldDifference]:
        """Yield what differs between two contents, and then between their drafts."""
        yield from flow_differences(self.here.text(here), self.there.text(there), self.naming)
        mine, theirs = self.here.draft(here), self.there.draft(there)
        if mine is not None and theirs is not None:
            yield from flow_differences(mine, theirs, self.naming, of="draft, ")
        elif mine is not theirs:
            said = [THERE if each is not None else "" for each in (mine, theirs)]
            yield FieldDifference(field="draft", here=said[0], there=said[1])


def named_references(rows: Sequence[MappingRow], contents: SideContents) -> NamedReferences:
    """Return the names of all that an instance's flows refer to, of the rows of its mapping."""
    names = {(kind, thing_in(source)): name for kind, source, name, _, _ in rows if name}
    return NamedReferences(contents.files.source, names)


def has_drafts(kind: str) -> bool:
    """Tell whether things of a kind may be published and have a draft beside."""
    describe = KINDS[kind].describe
    return describe is not None and describe.otherwise is not None


def _read(folder: Path, cell: str) -> str | None:
    path = folder / unmarked_text(cell)
    if not path.is_file():
        return None
    return path.read_text(encoding="utf-8", errors="surrogatepass")


def _cell(state: object, member: str) -> str:
    held = state.get(member) if isinstance(state, dict) else ""
    return getattr(held, "cell", "") or (held if isinstance(held, str) else "")


def _is_same(published: str, draft: str) -> bool:
    one, other = flow_in(published), flow_in(draft)
    if one is None or other is None:
        return published == draft
    return do_the_same(one, other)
