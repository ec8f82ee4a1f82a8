"""What an instance holds, as a job's own sheet: to be edited, planned and run back."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from bulkops import __version__
from bulkops.definition.catalogue import load
from bulkops.definition.job import Job
from bulkops.engine.ports import Listener, World
from bulkops.engine.reads.instance_reader import Reader
from bulkops.engine.reads.inventory_reader import add_lists, describe, look_up
from bulkops.engine.reads.side_by_side import side_by_side
from bulkops.errors import SheetError
from bulkops.planning.export_rows import Exporter
from bulkops.planning.export_scope import (
    export_headers,
    export_parts,
    is_told,
    needs_states,
    owner_kind,
    relation_of,
    rows_are_hidden,
    wants_of,
)
from bulkops.planning.inventory import Inventory
from bulkops.planning.rows.selection import row_test
from bulkops.planning.spoken_names import things_of
from bulkops.planning.target import Target
from bulkops.sheets.output.table_writer import WorkbookWriter, write_csv
from bulkops.targets.connect import Connection, connect
from bulkops.targets.defined_job import defined_there
from bulkops.targets.request import PaceChoice, Request, SheetChoice, TargetChoice

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


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reading:
    """What was read of one target; `described`: each thing was described, not only found."""

    target: Target
    inventory: Inventory
    described: bool


async def export(
    reference: str,
    path: Path,
    *,
    target: TargetChoice,
    pace: PaceChoice,
    world: World,
    full: bool = False,
    where: Sequence[str] = (),
    listener: Listener | None = None,
) -> Exported:
    """Write what each target holds into one sheet with a job's columns, .xlsx or .csv.

    Several targets add the column `target`. `full` reads also what only a Describe operation
    tells, one thing a call: always read where rows are elements of such a list. `where` are
    conditions on the columns, such as `status=DISABLED`, that a row must meet to be written.
    `listener` is told how far the reading is.
    Raises JobError, SheetError, SelectionError, TargetError and ReadError.
    """
    loaded = load(reference)
    job = loaded.job
    require_form(path, FORMS)
    wants_of(export_parts(job)[0][0])  # whether there is anything is known before anyone is asked
    if job.defined is None:
        row_test(where, export_headers(job, several=True))
    request = Request(job=reference, sheet=SheetChoice(path=None), target=target, pace=pace)
    async with connect(request, job, world=world, tell=listener) as connection:
        job = (await defined_there(loaded, connection, lambda _: True)).job
        parts = export_parts(job)
        notes, several = [*connection.notes], len(connection.targets) > 1
        is_meant = row_test(where, export_headers(job, several=several))
        rows = [
            row
            for part, fixed in parts
            for row in _rows(part, fixed, await _read_all(connection, part, full=full), notes)
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


def require_form(path: Path, forms: Collection[str]) -> None:
    """Raise SheetError where a file's name has none of the endings that can be written."""
    if path.suffix.casefold() not in forms:
        raise SheetError("not-written", f"{path}: name the file {' or '.join(forms)}")


async def _read_all(connection: Connection, job: Job, *, full: bool) -> list[_Reading]:
    """Read every target: the lanes of different accounts and Regions work side by side."""
    readings: dict[str, _Reading] = {}

    async def read(name: str) -> None:
        reader = connection.reader(name)
        inventory, was_described = await _read(reader, job, full=full)
        readings[name] = _Reading(
            target=reader.target, inventory=inventory, described=was_described
        )

    await side_by_side([partial(read, name) for name in connection.targets])
    return [readings[name] for name in connection.targets]


async def _read(reader: Reader, job: Job, *, full: bool) -> tuple[Inventory, bool]:
    """Return what a job's rows are made of, and whether each thing was described."""
    inventory = await look_up(reader, wants_of(job))
    kind, relation = owner_kind(job), relation_of(job)
    things = list(things_of(inventory, kind.name))
    if relation is not None:
        await add_lists(reader, relation, things, inventory)
        return inventory, False
    told = all(is_told(kind, thing) for thing in things)  # not where searching is not allowed
    if not needs_states(job) or (told and not full and not rows_are_hidden(job)):
        return inventory, False
    await describe(reader, kind, things, inventory)
    return inventory, True


def _rows(
    job: Job, fixed: Mapping[str, str], readings: Sequence[_Reading], notes: list[str]
) -> Iterator[tuple[str, ...]]:
    """Yield the rows of all targets, and add to `notes` what they leave out."""
    for reading in readings:
        target = reading.target
        exporter = Exporter(
            job,
            reading.inventory,
            target.identity,
            described=reading.described,
            fixed=fixed,
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
