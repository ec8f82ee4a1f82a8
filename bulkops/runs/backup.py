"""What is about to be deleted, kept as a sheet from which it can be made again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from bulkops.definition.catalogue import maker_of
from bulkops.definition.job import Job
from bulkops.definition.thing_kinds import KINDS
from bulkops.engine.reads.inventory_reader import look_up
from bulkops.errors import RefusedError
from bulkops.planning.export_rows import Exporter
from bulkops.planning.export_scope import export_headers, owner_kind, wanted_for
from bulkops.planning.inventory import Want, Wants
from bulkops.runs.check import checked_in_names
from bulkops.runs.inputs.sheet_inputs import Inputs
from bulkops.sheets.output.table_writer import WorkbookWriter, write_csv
from bulkops.targets.connect import Connection

BEFORE = "before"
"""Name of the sheet in a run's folder that holds what was there before it was deleted."""


async def keep_before(folder: Path, inputs: Inputs, connection: Connection) -> None:
    """Write what a deleting job will delete into before.csv and .xlsx; nothing of other jobs.

    The columns are those of the catalogue's job that makes such things, names in place of ids,
    so that it can make them again; secrets stay blank. To be called before the first is deleted.
    Raises ReadError where it can't be read, and RefusedError where it is not described yet.
    """
    for loaded, table, order in inputs.parts():
        part = replace(inputs, loaded=loaded, tables=(table,), orders=(order,))
        name = f"{BEFORE}-{loaded.job.name}" if inputs.is_workbook else BEFORE
        await _keep(folder, name, part, connection)


async def _keep(folder: Path, file: str, inputs: Inputs, connection: Connection) -> None:
    maker = maker_of(inputs.job)
    if maker is None:
        return
    rows: list[tuple[str, ...]] = []
    several = len(connection.targets) > 1
    kind = owner_kind(maker)
    found = (await checked_in_names(inputs, connection))[1].wants
    for name, wanted in found.items():
        doomed = wanted.kinds[kind.name].names
        reader = connection.reader(name)
        inventory = await look_up(reader, _wants(maker, doomed))
        exporter = Exporter(maker, inventory, reader.target.identity, described=True)
        where = (reader.target.name,) if several else ()
        rows += [(*where, *row) for row in exporter.rows(doomed)]
        if exporter.left_out.unread:
            raise RefusedError(
                f"{', '.join(exporter.left_out.unread[:5])}: listed, and not described yet, so that"
                " what is to be deleted can't be kept; run it again in a minute"
            )
    _write(folder / f"{file}.csv", export_headers(maker, several=several), rows)


def _wants(maker: Job, doomed: frozenset[str]) -> Wants:
    """Want the doomed things with all their state, and the names of what they refer to."""
    kind = owner_kind(maker).name
    described = doomed if KINDS[kind].describe else frozenset[str]()
    things = Want(names=doomed, state=True, described=described)
    return Wants(kinds={**wanted_for(maker).kinds, kind: things})


def _write(path: Path, headers: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    write_csv(path, headers, rows)
    with WorkbookWriter(path.with_suffix(".xlsx")) as book:
        sheet = book.sheet("Before", headers)
        for row in rows:
            sheet.row(cell or None for cell in row)
