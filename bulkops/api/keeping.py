"""What is about to be deleted, kept as a sheet from which it can be made again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from bulkops.api.connecting import Connection
from bulkops.api.intake import Intake, checked
from bulkops.definition.catalogue import load, names
from bulkops.definition.kinds import KINDS
from bulkops.definition.words import Find, Job, verb
from bulkops.engine.survey import survey
from bulkops.planning.directory import Want, Wants
from bulkops.planning.exporting import Exporter, owner_kind, wants_of
from bulkops.planning.headers import TARGET
from bulkops.sheets.writing import WorkbookWriter, write_csv

BEFORE = "before"
"""Name of the sheet in a run's folder that holds what was there before it was deleted."""


async def keep_before(folder: Path, intake: Intake, connection: Connection) -> Path | None:
    """Write what a deleting job will delete into before.csv and .xlsx; None where it has no use.

    The columns are those of the catalogue's job that makes such things, names in place of ids,
    so that it can make them again; secrets stay blank. To be called before the first is deleted.
    Raises ReadError where it can't be read.
    """
    maker = maker_of(intake.loaded.job)
    if maker is None:
        return None
    rows: list[tuple[str, ...]] = []
    several = len(connection.targets) > 1
    kind = owner_kind(maker)
    found = checked(intake, dict(connection.targets)).wants
    for name, wanted in found.items():
        doomed = wanted.kinds[kind.name].names
        reader = connection.reader(name)
        directory = await survey(reader, _wants(maker, doomed))
        exporter = Exporter(maker, directory, reader.target.identity, described=True)
        where = (reader.target.name,) if several else ()
        rows += [(*where, *row) for row in exporter.rows()]
    headers = [*([TARGET] if several else []), *(column.name for column in maker.columns)]
    return _written(folder, headers, rows)


def maker_of(job: Job) -> Job | None:
    """Return the catalogue's job that makes what a job deletes; None where there is none."""
    doomed = {
        step.subject.kind
        for step in job.steps
        if verb(step.operation) == "delete" and isinstance(step.subject, Find)
    }
    return next((maker for maker, kind in _makers() if kind in doomed), None) if doomed else None


def _makers() -> Iterator[tuple[Job, str]]:
    """Yield the catalogue's jobs that make things, each with the kind of thing."""
    for name in names():
        job = load(name).job
        first = job.steps[0]
        if verb(first.operation) == "create" and isinstance(first.subject, Find):
            yield job, first.subject.kind


def _wants(maker: Job, doomed: frozenset[str]) -> Wants:
    """Want the doomed things with all their state, and the names of what they refer to."""
    kind = owner_kind(maker).name
    described = doomed if KINDS[kind].describe else frozenset[str]()
    things = Want(names=doomed, image=True, described=described)
    return Wants(kinds={**wants_of(maker).kinds, kind: things})


def _written(folder: Path, headers: Sequence[str], rows: Sequence[Sequence[str]]) -> Path:
    path = folder / f"{BEFORE}.csv"
    write_csv(path, headers, rows)
    with WorkbookWriter(path.with_suffix(".xlsx")) as book:
        sheet = book.sheet("Before", headers)
        for row in rows:
            sheet.row(cell or None for cell in row)
    return path
