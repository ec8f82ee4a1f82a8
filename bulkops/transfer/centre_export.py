"""A whole instance as one workbook: a sheet for each kind of thing, and one of what is left out."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bulkops import __version__
from bulkops.definition.catalogue import load
from bulkops.definition.workbook_job import workbook_job
from bulkops.engine.ports import Listener, World
from bulkops.engine.reads.instance_reader import Reader, StaleTokenError
from bulkops.errors import UsageError
from bulkops.planning.left_out import ALL, LeftOut
from bulkops.planning.left_out import SHEET as LEFT_OUT
from bulkops.planning.spoken_names import distinct_names
from bulkops.planning.target import Target
from bulkops.sheets.output.table_writer import WorkbookWriter
from bulkops.targets.connect import Connection, connect
from bulkops.targets.request import PaceChoice, Request, SheetChoice, TargetChoice
from bulkops.transfer.centre_book import CentreBook, kinds_of_lists
from bulkops.transfer.centre_reading import CentreReading, read_centre
from bulkops.transfer.centre_sheets import SheetRows, SheetScope, scopes_of
from bulkops.transfer.export import EXPORT_PROPERTY, require_form
from bulkops.transfer.flow_files import (
    FlowFiles,
    content_member,
    folders_for,
    place_contents,
)
from bulkops.transfer.mapping_rows import (
    MAPPING,
    MAPPING_HEADERS,
    MAPPING_NOTES,
    MappingRow,
    mapping_rows,
    read_names,
    unknown_of,
)
from bulkops.transfer.partial_export import PartialExport, partial_export, partial_folder
from bulkops.transfer.sheet_choice import chosen_sheets
from bulkops.transfer.unheld_things import unheld

LEFT_OUT_HEADERS = ("sheet", "thing", "what", "why")
FORM = (".xlsx",)
_ODD = "it is no flow that can be read: its file has it as the service does"


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportedCentre:
    """What an export came to: rows by sheet, and the calls that were made, by operation."""

    path: Path
    rows: Mapping[str, int]
    left_out: int
    """How many rows the sheet has that says what the others don't hold."""
    calls: Mapping[str, int]
    target: Target
    notes: tuple[str, ...]
    left_out_sheet: str = LEFT_OUT


@dataclass(slots=True, kw_only=True)
class Centre:
    """One instance that was read: the sheets of it, to be walked through one after another."""

    target: Target
    scopes: Sequence[SheetScope]
    reading: CentreReading
    files: FlowFiles | None = None
    """The contents of flows and modules, in a folder; None: their rows hold them."""
    left_out: list[tuple[str, LeftOut]] = field(default_factory=list)
    """(sheet, what), of the sheets that were walked through."""

    def why_not(self, scope: SheetScope) -> str:
        """Return why a sheet was not read; empty where it was."""
        found = (self.reading.why_not(part) for part in scope.parts)
        return next(filter(None, found), "")

    @property
    def has_flows(self) -> bool:
        """Whether contents of flows or modules are among the sheets."""
        return any(content_member(scope.job) for scope in self.scopes)

    def mapping(self) -> list[MappingRow]:
        """Return the rows of the sheet `Mapping`; none where no flows are among the sheets."""
        if not self.has_flows or self.files is None:
            return []
        return [*mapping_rows(self.files, self.reading.inventory, self.target)]

    def sheets(self) -> Iterator[tuple[SheetScope, Iterator[tuple[str, ...]]]]:
        """Yield each sheet with its rows, which must be walked through before the next one."""
        for scope in self.scopes:
            why = self.why_not(scope)
            if why:
                self.left_out.append((scope.sheet.name, LeftOut(ALL, ALL, f"not read: {why}")))
                continue
            rows = SheetRows(scope, self.reading, self.target)
            yield scope, iter(rows)
            kind = scope.parts[0].kind.name
            found = self.files.odd if self.files is not None else ()
            odd = [LeftOut(name, "content", _ODD) for of, name in found if of == kind]
            self.left_out += [(scope.sheet.name, each) for each in (*rows.left_out, *odd)]


async def export_centre(
    path: Path,
    *,
    target: TargetChoice,
    pace: PaceChoice,
    world: World,
    only: Sequence[str] = (),
    full: bool = True,
    force: bool = False,
    listener: Listener | None = None,
) -> ExportedCentre:
    """Write what an instance holds into one workbook; `only` are sheets, kinds or jobs.

    Contents of flows become files beside it; `force` lets them take the place of others.
    What was read is kept beside the file until it is whole, so that the same command goes on after
    it was cut off. `full` reads what only a Describe operation tells too, one thing a call.
    Raises JobError, SheetError, TargetError, UsageError and ReadError.
    """
    require_form(path, FORM)
    async with _connected(only, target, pace, world, listener) as (connection, scopes):
        jobs = [scope.job for scope in scopes]
        # an attempt that was cut off may have put them there
        folders = folders_for(path, jobs, force=force or partial_folder(path).exists())
        (there,) = connection.targets.values()
        with partial_export(path, world.now(), _subject(there)) as partial:
            reader = connection.reader(there.name).remembering(partial.replies)
            centre = await _read(reader, scopes, partial, folders, full=full, goes_on=not only)
            rows = _write(path, centre, unheld(jobs) if not only else ())
            partial.is_done = True
        return ExportedCentre(
            path=path,
            rows=rows,
            left_out=len(centre.left_out),
            calls=calls_made(connection),
            target=there,
            notes=tuple(
                dict.fromkeys((*connection.notes, *partial.notes, *_sheets_refused(centre)))
            ),
        )


@asynccontextmanager
async def centre_of(
    target: TargetChoice,
    pace: PaceChoice,
    world: World,
    *,
    contents: Path,
    only: Sequence[str] = (),
    full: bool = True,
    listener: Listener | None = None,
) -> AsyncIterator[Centre]:
    """Read an instance without a workbook; the contents of flows become files in a folder.

    Raises as `export_centre` does.
    """
    async with _connected(only, target, pace, world, listener) as (connection, scopes):
        (name,) = connection.targets
        files = FlowFiles.of(contents, connection.targets[name])
        yield await _read_with(connection.reader(name), scopes, files, full=full)


@asynccontextmanager
async def _connected(
    only: Sequence[str],
    target: TargetChoice,
    pace: PaceChoice,
    world: World,
    listener: Listener | None,
) -> AsyncIterator[tuple[Connection, list[SheetScope]]]:
    """Reach the one instance that is meant, for the sheets that are."""
    sheets = chosen_sheets(only)
    jobs = {sheet.job: load(sheet.job).job for sheet in sheets}
    scopes = scopes_of(sheets, jobs)
    if len(target.names) > 1:
        raise UsageError(
            f"A workbook holds one instance: export {' and '.join(target.names)} to a file each."
        )
    request = Request(job="", sheet=SheetChoice(path=None), target=target, pace=pace)
    job = workbook_job(jobs.values())
    async with connect(request, job, world=world, tell=listener) as connection:
        yield connection, scopes


async def _read(
    reader: Reader,
    scopes: Sequence[SheetScope],
    partial: PartialExport,
    folders: Mapping[str, str],
    *,
    full: bool,
    goes_on: bool,
) -> Centre:
    """Read an instance; anew where the service takes no more what was read of it before."""
    try:
        files = FlowFiles.of(partial.files, reader.target, folders)
        return await _read_with(reader, scopes, files, full=full, goes_on=goes_on)
    except StaleTokenError as error:
        partial.begin_anew(str(error))
        files = FlowFiles.of(partial.files, reader.target, folders)
        return await _read_with(reader, scopes, files, full=full, goes_on=goes_on)


async def _read_with(
    reader: Reader,
    scopes: Sequence[SheetScope],
    files: FlowFiles,
    *,
    full: bool,
    goes_on: bool = False,
) -> Centre:
    parts = [part for scope in scopes for part in scope.parts]
    reading = await read_centre(reader, parts, full=full, contents=files, goes_on=goes_on)
    await read_names(reader, files, reading.inventory)
    return Centre(target=reader.target, scopes=scopes, reading=reading, files=files)


def _write(
    path: Path, centre: Centre, unheld_there: Iterable[tuple[str, LeftOut]]
) -> Mapping[str, int]:
    """Write the workbook, row by row; return how many rows each sheet has."""
    counts: dict[str, int] = {}
    properties = {EXPORT_PROPERTY: f"workbook/{__version__}"}
    inventory, lists = centre.reading.inventory, kinds_of_lists(centre.scopes)
    names = {kind: [*distinct_names(inventory, kind)] for kind in lists}
    with WorkbookWriter(path, properties=properties) as book:
        looks = CentreBook(book, centre.scopes, names)
        for scope, rows in centre.sheets():
            sheet, count = looks.begin(scope), 0
            for count, row in enumerate(rows, 1):  # noqa: B007  # the last is how many there are
                sheet.row(row)
            counts[scope.sheet.name] = count
        if centre.has_flows:
            mapping = centre.mapping()
            looks.plain(MAPPING, MAPPING_HEADERS, mapping, notes=MAPPING_NOTES)
            centre.left_out += unknown_of(mapping)
        centre.left_out += unheld_there
        left_out = ((name, each.thing, each.what, each.why) for name, each in centre.left_out)
        looks.plain(LEFT_OUT, LEFT_OUT_HEADERS, left_out)
        looks.close()
        if centre.files is not None:
            place_contents(centre.files.folder, path.parent)
    return counts


def _sheets_refused(centre: Centre) -> Iterator[str]:
    for scope in centre.scopes:
        why = centre.why_not(scope)
        if why:
            yield f"The sheet {scope.sheet.name} is left out: {why}"


def calls_made(connection: Connection) -> Mapping[str, int]:
    """Return operation → how many calls of it were made, those of most calls first."""
    made = {lane.id.operation: lane.admitted for lane in connection.lanes if lane.admitted}
    return dict(sorted(made.items(), key=lambda each: (-each[1], each[0])))


def _subject(target: Target) -> Mapping[str, Any]:
    return {"account": target.account, "region": target.region, "instance": target.instance_id}
