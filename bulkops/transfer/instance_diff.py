"""Two instances read side by side and held against one another, sheet by sheet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path
from tempfile import TemporaryDirectory

from bulkops.definition.catalogue import load
from bulkops.definition.workbook_job import workbook_job
from bulkops.engine.ports import Listener, World
from bulkops.engine.reads.side_by_side import side_by_side
from bulkops.errors import RefusedError, UsageError
from bulkops.planning.left_out import ALL, LeftOut
from bulkops.planning.promotion.compared_instances import BOTH, InstanceDiff, NotCompared
from bulkops.planning.promotion.instance_differences import SheetDifferences, sheet_differences
from bulkops.planning.target import Target
from bulkops.targets.connect import Connection, connect
from bulkops.targets.request import PaceChoice, Request, SheetChoice, TargetChoice
from bulkops.transfer.centre_export import calls_made
from bulkops.transfer.centre_reading import CentreReading, read_centre
from bulkops.transfer.centre_sheets import Row, SheetRows, SheetScope, scopes_of
from bulkops.transfer.compared_contents import (
    ComparedContents,
    SideContents,
    has_drafts,
    named_references,
    read_beside,
)
from bulkops.transfer.flow_files import content_member
from bulkops.transfer.mapping_rows import MappingRow, mapping_rows, unknown_of
from bulkops.transfer.sheet_choice import chosen_sheets

_NO_DRAFTS = LeftOut(ALL, "draft", "what is saved and not published was not read (--drafts)")


async def diff_instances(
    *,
    target: TargetChoice,
    pace: PaceChoice,
    world: World,
    only: Sequence[str] = (),
    full: bool = True,
    drafts: bool = False,
    listener: Listener | None = None,
) -> InstanceDiff:
    """Read two instances side by side and compare them; sends nothing that changes anything.

    `target` says both: what it holds the first one `against` is the second. `only` are sheets,
    kinds or jobs. `full` reads what only a Describe operation tells too, one thing a call, and
    `drafts` what of published flows is saved and not published, one more call a flow.
    Raises UsageError, JobError, TargetError, RefusedError and ReadError.
    """
    sheets = chosen_sheets(only)
    jobs = {sheet.job: load(sheet.job).job for sheet in sheets}
    scopes = scopes_of(sheets, jobs)
    if len(target.names) > 1:
        raise UsageError(f"diff compares two instances: {target.names[0]}, and one --against it.")
    request = Request(job="", sheet=SheetChoice(path=None), target=target, pace=pace)
    job = workbook_job(jobs.values())
    async with connect(request, job, world=world, tell=listener) as connection:
        here, there = _two(connection)
        with TemporaryDirectory(prefix="bulkops-diff-") as folder:
            reading = _Reading(connection, scopes, Path(folder), full=full, drafts=drafts)
            mine, theirs = await reading.both(here.name, there.name)
            comparison = _Comparison(scopes, mine, theirs)
            compared = tuple(comparison.sheets())
        return InstanceDiff(
            here=here,
            there=there,
            sheets=compared,
            left_out=tuple(comparison.left_out(drafts=reading.drafts)),
            calls=calls_made(connection),
            notes=connection.notes,
        )


def _two(connection: Connection) -> tuple[Target, Target]:
    """Return the two instances. Raises UsageError and RefusedError where they are but one."""
    if len(connection.targets) < 2:  # noqa: PLR2004  # both bear one name
        raise UsageError("diff compares two instances: name another one with --against.")
    here, there = connection.targets.values()
    if (here.account, here.instance_id) == (there.account, there.instance_id):
        raise RefusedError(f"{here.label} is held against itself: name two instances.")
    return here, there


@dataclass(slots=True)
class _Side:
    """One instance that was read, with its flows' contents in files."""

    target: Target
    reading: CentreReading
    contents: SideContents

    @property
    def mapping(self) -> list[MappingRow]:
        """What the flows refer to, by name."""
        return [*mapping_rows(self.contents.files, self.reading.inventory, self.target)]


@dataclass(frozen=True, slots=True)
class _Reading:
    """How both instances are read: those of one account and Region share its quotas."""

    connection: Connection
    scopes: Sequence[SheetScope]
    folder: Path
    full: bool
    drafts: bool

    async def both(self, here: str, there: str) -> tuple[_Side, _Side]:
        """Read both at the same time. Raises ReadError."""
        found: dict[str, _Side] = {}

        async def read(name: str, folder: str) -> None:
            found[name] = await self._side(name, self.folder / folder)

        await side_by_side([partial(read, here, "here"), partial(read, there, "there")])
        return found[here], found[there]

    async def _side(self, name: str, folder: Path) -> _Side:
        target, reader = self.connection.targets[name], self.connection.reader(name)
        contents = SideContents.of(folder, target)
        parts = [part for scope in self.scopes for part in scope.parts]
        reading = await read_centre(reader, parts, full=self.full, contents=contents.files)
        await read_beside(reader, contents, parts, reading.inventory, drafts=self.drafts)
        return _Side(target, reading, contents)


class _Comparison:
    """The sheets of two instances, compared one after another, and what of them was left out."""

    def __init__(self, scopes: Sequence[SheetScope], here: _Side, there: _Side) -> None:
        self._scopes = scopes
        self._sides = (here, there)
        self._left_out: tuple[list[tuple[str, LeftOut]], ...] = ([], [])

    def sheets(self) -> Iterator[SheetDifferences]:
        """Yield what differs of each sheet."""
        for scope in self._scopes:
            walks = [SheetRows(scope, side.reading, side.target) for side in self._sides]
            here, there = (_cells(walk) for walk in walks)
            for found, walk in zip(self._left_out, walks, strict=True):
                found += [(scope.sheet.name, each) for each in walk.left_out]
            yield sheet_differences(
                scope.sheet.name,
                scope.job,
                here,
                there,
                special=self._special(scope),
                left_out=[each for walk in walks for each in walk.left_out],
            )

    def _special(self, scope: SheetScope) -> Mapping[str, ComparedContents]:
        """Return how the contents of flows are compared, by their column."""
        columns = [each.name for each in scope.job.columns if each.kind == "flow"]
        return dict.fromkeys(columns, self._contents) if columns else {}

    @cached_property
    def _contents(self) -> ComparedContents:
        here, there = self._sides
        names = [named_references(side.mapping, side.contents) for side in self._sides]
        return ComparedContents(here.contents, there.contents, (names[0], names[1]))

    def left_out(self, *, drafts: bool) -> Iterator[NotCompared]:
        """Yield what was not compared, of the sheets that were; what both lack but once."""
        here, there = (dict.fromkeys(self._of(n, drafts=drafts)) for n in range(2))
        for place, each in dict.fromkeys((*here, *there)):
            sides = [side for side, found in zip(self._sides, (here, there), strict=True)
                     if (place, each) in found]  # fmt: skip
            target = sides[0].target
            where = BOTH if len(sides) == 2 else target.name or target.label  # noqa: PLR2004
            yield NotCompared(place, each.thing, each.what, each.why, where)

    def _of(self, number: int, *, drafts: bool) -> Iterator[tuple[str, LeftOut]]:
        side = self._sides[number]
        yield from self._left_out[number]
        with_content = [scope for scope in self._scopes if content_member(scope.job)]
        if with_content:
            yield from unknown_of(side.mapping)
        if not drafts:
            yield from (
                (each.sheet.name, _NO_DRAFTS)
                for each in with_content
                if has_drafts(each.parts[0].kind.name)
            )


def _cells(rows: SheetRows) -> list[Row]:
    """Return rows without the cell that says what is to be done with them."""
    return [row[:-1] for row in rows]
