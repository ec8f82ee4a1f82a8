"""A whole instance as one workbook: a sheet for each kind of thing, and one of what is left out."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
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
from bulkops.planning.left_out import LeftOut
from bulkops.planning.spoken_names import distinct_names
from bulkops.planning.target import Target
from bulkops.sheets.output.table_writer import WorkbookWriter
from bulkops.targets.connect import Connection, connect
from bulkops.targets.request import PaceChoice, Request, SheetChoice, TargetChoice
from bulkops.transfer.centre_book import CentreBook, kinds_of_lists
from bulkops.transfer.centre_reading import CentreReading, read_centre
from bulkops.transfer.centre_sheets import SheetRows, SheetScope, scopes_of
from bulkops.transfer.export import EXPORT_PROPERTY, require_form
from bulkops.transfer.partial_export import PartialExport, partial_export
from bulkops.transfer.sheet_choice import chosen_sheets
from bulkops.transfer.unheld_things import unheld

LEFT_OUT = "Left out"
"""The sheet of what an export does not hold."""
LEFT_OUT_HEADERS = ("sheet", "thing", "what", "why")
FORM = (".xlsx",)


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
    left_out: list[tuple[str, LeftOut]] = field(default_factory=list)
    """(sheet, what), of the sheets that were walked through."""

    def sheets(self) -> Iterator[tuple[SheetScope, Iterator[tuple[str, ...]]]]:
        """Yield each sheet with its rows, which must be walked through before the next one."""
        for scope in self.scopes:
            rows = SheetRows(scope, self.reading, self.target)
            yield scope, iter(rows)
            self.left_out += [(scope.sheet.name, each) for each in rows.left_out]


async def export_centre(
    path: Path,
    *,
    target: TargetChoice,
    pace: PaceChoice,
    world: World,
    only: Sequence[str] = (),
    full: bool = True,
    listener: Listener | None = None,
) -> ExportedCentre:
    """Write what an instance holds into one workbook; `only` are sheets, kinds or jobs.

    What was read is kept beside the file until it is whole, so that the same command goes on after
    it was cut off. `full` reads what only a Describe operation tells too, one thing a call.
    Raises JobError, SheetError, TargetError, UsageError and ReadError.
    """
    require_form(path, FORM)
    async with _connected(only, target, pace, world, listener) as (connection, scopes):
        (there,) = connection.targets.values()
        with partial_export(path, world.now(), _subject(there)) as partial:
            reader = connection.reader(there.name).remembering(partial.replies)
            centre = await _read(reader, scopes, partial, full=full)
            more = unheld([scope.job for scope in scopes]) if not only else ()
            rows = _write(path, centre, more)
            partial.is_done = True
        return ExportedCentre(
            path=path,
            rows=rows,
            left_out=len(centre.left_out) + len(more),
            calls=calls_made(connection),
            target=there,
            notes=tuple(dict.fromkeys((*connection.notes, *partial.notes))),
        )


@asynccontextmanager
async def centre_of(
    target: TargetChoice,
    pace: PaceChoice,
    world: World,
    *,
    only: Sequence[str] = (),
    full: bool = True,
    listener: Listener | None = None,
) -> AsyncIterator[Centre]:
    """Read an instance without a file. Raises as `export_centre` does."""
    async with _connected(only, target, pace, world, listener) as (connection, scopes):
        (name,) = connection.targets
        parts = [part for scope in scopes for part in scope.parts]
        reading = await read_centre(connection.reader(name), parts, full=full)
        yield Centre(target=connection.targets[name], scopes=scopes, reading=reading)


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
    reader: Reader, scopes: Sequence[SheetScope], partial: PartialExport, *, full: bool
) -> Centre:
    """Read an instance; anew where the service takes no more what was read of it before."""
    parts = [part for scope in scopes for part in scope.parts]
    try:
        reading = await read_centre(reader, parts, full=full)
    except StaleTokenError as error:
        partial.begin_anew(str(error))
        reading = await read_centre(reader, parts, full=full)
    return Centre(target=reader.target, scopes=scopes, reading=reading)


def _write(path: Path, centre: Centre, more: Sequence[tuple[str, LeftOut]]) -> Mapping[str, int]:
    """Write the workbook, row by row; return how many rows each sheet has."""
    counts: dict[str, int] = {}
    properties = {EXPORT_PROPERTY: f"workbook/{__version__}"}
    with WorkbookWriter(path, properties=properties) as book:
        lists = kinds_of_lists(centre.scopes)
        inventory = centre.reading.inventory
        looks = CentreBook(
            book, centre.scopes, {kind: [*distinct_names(inventory, kind)] for kind in lists}
        )
        for scope, rows in centre.sheets():
            sheet, count = looks.begin(scope), 0
            for count, row in enumerate(rows, 1):  # noqa: B007  # the last is how many there are
                sheet.row(row)
            counts[scope.sheet.name] = count
        last = book.sheet(LEFT_OUT, LEFT_OUT_HEADERS)
        for name, each in (*centre.left_out, *more):
            last.row((name, each.thing, each.what, each.why))
        looks.close()
    return counts


def calls_made(connection: Connection) -> Mapping[str, int]:
    """Return operation → how many calls of it were made, those of most calls first."""
    made = {lane.id.operation: lane.admitted for lane in connection.lanes if lane.admitted}
    return dict(sorted(made.items(), key=lambda each: (-each[1], each[0])))


def _subject(target: Target) -> Mapping[str, Any]:
    return {"account": target.account, "region": target.region, "instance": target.instance_id}
