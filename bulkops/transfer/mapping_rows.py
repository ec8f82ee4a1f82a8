"""The rows of the sheet `Mapping`: what flows refer to and which numbers, by the source's names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial

from bulkops.definition.thing_kinds import KINDS
from bulkops.engine.reads.instance_reader import Reader, ReadError
from bulkops.engine.reads.inventory_reader import look_up
from bulkops.engine.reads.side_by_side import side_by_side
from bulkops.planning.inventory import Inventory, Want, Wants
from bulkops.planning.left_out import LeftOut
from bulkops.planning.name_resolution import Names
from bulkops.planning.promotion.carried_flows import ASSOCIATED, is_listed
from bulkops.planning.promotion.mapping_sheet import HEADERS, NAME
from bulkops.planning.rows.mapped_names import PHONE_NUMBER
from bulkops.planning.spoken_names import SpokenNames
from bulkops.planning.target import Target
from bulkops.transfer.flow_files import FlowFiles

MAPPING, MAPPING_HEADERS = NAME, HEADERS
MAPPING_NOTES = {
    0: "What flows refer to: a kind of thing, or the account, Region or instance of the source.",
    1: "Its id or ARN as the flows have it.",
    2: "What the source calls it: looked for by this name where target is blank.",
    3: "What stands for it in the target: a name, an id or an ARN; keep leaves it as it is.",
    4: "The one flow in which the row counts; blank: in all.",
}
MappingRow = tuple[str, str, str, str, str]


async def read_names(reader: Reader, files: FlowFiles, inventory: Inventory) -> None:
    """Read the names of what flows refer to, of kinds that were not read yet.

    A kind that may not be listed has none.
    """
    kinds = {kind for kind, _ in files.found if is_listed(kind) and kind not in ASSOCIATED}

    async def read(kind: str) -> None:
        want = Want(every=True, state=KINDS[kind].has_paths)
        try:
            found = await look_up(reader, Wants(kinds={kind: want}))
        except ReadError:
            return
        inventory.add(kind, found.each(kind))

    await side_by_side(
        partial(read, kind)
        for kind in sorted(kinds)
        if not inventory.names(kind) and not KINDS[kind].within
    )


def mapping_rows(files: FlowFiles, inventory: Inventory, target: Target) -> Iterator[MappingRow]:
    """Yield whose flows they are, and then what they refer to, by kind and name.

    Numbers are among it whatever names them, since another instance has others.
    """
    yield ("instance", target.instance_id, target.alias, "", "")
    yield ("account", target.account, "", "", "")
    yield ("region", target.region, "", "", "")
    spoken = SpokenNames(Names(inventory))
    numbers = {(PHONE_NUMBER, each): each for each in inventory.names(PHONE_NUMBER)}
    found = (
        (kind, source, _name(kind, thing_id, source, inventory, spoken), "", "")
        for (kind, thing_id), source in {**numbers, **files.found}.items()
    )
    yield from sorted(found, key=lambda row: (row[0], row[2].casefold(), row[1]))


def unknown_of(rows: Iterable[MappingRow]) -> Iterator[tuple[str, LeftOut]]:
    """Yield (sheet, what) of what flows refer to and the source itself does not have."""
    for kind, source, name, _, _ in rows:
        if not name and is_listed(kind) and kind not in ASSOCIATED:
            noun = KINDS[kind].noun
            yield (
                MAPPING,
                LeftOut(source, "name", f"no {noun} of the source is that: it may be gone"),
            )


def _name(kind: str, thing_id: str, source: str, inventory: Inventory, spoken: SpokenNames) -> str:
    """Return what the source calls a thing; empty where it has no such."""
    if kind in ASSOCIATED:
        return thing_id
    if not is_listed(kind):
        return ""
    if inventory.find(kind, source):
        return source  # flows name it by its name
    name = inventory.name_of(kind, thing_id)
    return "" if name == thing_id else spoken(kind, thing_id) or name
