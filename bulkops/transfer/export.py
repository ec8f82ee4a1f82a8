"""What an instance holds, as a job's own sheet: to be edited, planned and run back."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from bulkops import __version__
from bulkops.definition.catalogue import load
from bulkops.definition.job import Job
from bulkops.engine.ports import Listener, World
from bulkops.engine.reads.side_by_side import side_by_side
from bulkops.errors import SheetError, UsageError
from bulkops.planning.centre_scope import ExportPart, parts_of
from bulkops.planning.export_rows import Exporter
from bulkops.planning.export_scope import export_headers, export_parts, wants_of
from bulkops.planning.rows.selection import row_test
from bulkops.planning.target import Target
from bulkops.sheets.output.table_writer import WorkbookWriter, write_csv
from bulkops.targets.connect import Connection, connect
from bulkops.targets.defined_job import defined_there
from bulkops.targets.request import PaceChoice, Request, SheetChoice, TargetChoice
from bulkops.transfer.centre_reading import CentreReading, read_centre
from bulkops.transfer.flow_files import (
    FlowFiles,
    content_member,
    folders_for,
    place_contents,
)

EXPORT_PROPERTY = "bulkops.export"
"""Custom document property: `job/version of bulkops`."""
FORMS = (".xlsx", ".csv")
_NARROWEST, _WIDEST = 12, 48


@dataclass(frozen=True, slots=True, kw_only=True)
class Exported:
    """What an export came to."""

    path: Path
    rows: int
    calls: int
    targets: tuple[Target, ...]
    notes: tuple[str, ...]


async def export(
    reference: str,
    path: Path,
    *,
    target: TargetChoice,
    pace: PaceChoice,
    world: World,
    full: bool = False,
    force: bool = False,
    where: Sequence[str] = (),
    listener: Listener | None = None,
) -> Exported:
    """Write what each target holds into one sheet with a job's columns, .xlsx or .csv.

    Several targets add the column `target`. `full` reads also what only a Describe operation
    tells, one thing a call: always read where rows are elements of such a list. `where` are
    conditions on the columns, such as `status=DISABLED`, that a row must meet to be written.
    Contents of flows become files beside the sheet; `force` lets them take the place of others.
    `listener` is told how far the reading is.
    Raises JobError, SheetError, SelectionError, TargetError and ReadError.
    """
    loaded = load(reference)
    job = loaded.job
    require_form(path, FORMS)
    wants_of(export_parts(job)[0][0])  # whether there is anything is known before anyone is asked
    if job.defined is None:
        row_test(where, export_headers(job, several=True))
    folders = folders_for(path, [job], force=force)
    request = Request(job=reference, sheet=SheetChoice(path=None), target=target, pace=pace)
    async with connect(request, job, world=world, tell=listener) as connection:
        job = (await defined_there(loaded, connection, lambda _: True)).job
        parts = parts_of([job])
        notes, several = [*connection.notes], len(connection.targets) > 1
        is_meant = row_test(where, export_headers(job, several=several))
        read_all = partial(_read_all, connection, folders=folders, full=full)
        with _contents(path, job, several=several) as folder:
            rows = [
                row
                for part in parts
                for row in _rows(part, await read_all(part, folder), notes)
                if is_meant(row)
            ]
            _write(path, job, rows, several=several)
        return Exported(
            path=path,
            rows=len(rows),
            calls=sum(lane.admitted for lane in connection.lanes),
            targets=tuple(connection.targets.values()),
            notes=tuple(dict.fromkeys(notes)),
        )


@contextmanager
def _contents(path: Path, job: Job, *, several: bool) -> Iterator[Path | None]:
    """Give a folder for contents of flows, which are put beside the sheet; None for other jobs.

    Raises UsageError where flows of several targets would have the same files, and SheetError.
    """
    if not content_member(job):
        yield None
        return
    if several:
        raise UsageError(
            "Flows of several targets have files of the same names: export each alone."
        )
    with TemporaryDirectory(prefix=f".{path.stem}-", dir=path.parent) as folder:
        yield Path(folder)
        place_contents(Path(folder), path.parent)


def require_form(path: Path, forms: Collection[str]) -> None:
    """Raise SheetError where a file's name has none of the endings that can be written."""
    if path.suffix.casefold() not in forms:
        raise SheetError("not-written", f"{path}: name the file {' or '.join(forms)}")


async def _read_all(
    connection: Connection,
    part: ExportPart,
    contents: Path | None,
    *,
    folders: Mapping[str, str],
    full: bool,
) -> list[tuple[Target, CentreReading]]:
    """Read every target: the lanes of different accounts and Regions work side by side."""
    readings: dict[str, tuple[Target, CentreReading]] = {}

    async def read(name: str) -> None:
        reader = connection.reader(name)
        files = FlowFiles.of(contents, reader.target, folders) if contents is not None else None
        reading = await read_centre(reader, [part], full=full, contents=files)
        readings[name] = reader.target, reading

    await side_by_side([partial(read, name) for name in connection.targets])
    return [readings[name] for name in connection.targets]


def _rows(
    part: ExportPart, readings: Sequence[tuple[Target, CentreReading]], notes: list[str]
) -> Iterator[tuple[str, ...]]:
    """Yield the rows of all targets, and add to `notes` what they leave out."""
    for target, reading in readings:
        exporter = Exporter(
            part.job,
            reading.inventory,
            target.identity,
            described=part.kind.name in reading.described,
            fixed=part.fixed,
        )
        where = (target.name,) if len(readings) > 1 else ()
        for row in exporter.rows():
            yield (*where, *row)
        notes += [f"{target.name}: {note}" if where else note for note in exporter.notes]


def _write(path: Path, job: Job, rows: Sequence[Sequence[str]], *, several: bool) -> None:
    headers = export_headers(job, several=several)
    if path.suffix.casefold() == ".csv":
        write_csv(path, headers, rows)
        return
    widths = [
        min(max(len(header) + 4, *(len(row[index]) + 2 for row in rows), _NARROWEST), _WIDEST)
        for index, header in enumerate(headers)
    ]
    properties = {EXPORT_PROPERTY: f"{job.name}/{__version__}"}
    with WorkbookWriter(path, properties=properties) as book:
        sheet = book.sheet(job.name, headers, widths=widths)
        for row in rows:
            sheet.row(row)  # blank cells as text too: what is typed there stays as typed
