"""An empty sheet for a job, with the live names of an instance where there is one to ask."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from bulkops.definition.catalogue import load
from bulkops.definition.column_facts import facts_of
from bulkops.definition.job import Job
from bulkops.definition.thing_kinds import KINDS
from bulkops.engine.ports import World
from bulkops.engine.reads.inventory_reader import look_up
from bulkops.planning.inventory import Want, Wants
from bulkops.planning.spoken_names import distinct_names
from bulkops.planning.target import Target
from bulkops.sheets.output.template_workbook import write_template
from bulkops.targets.connect import connect
from bulkops.targets.defined_job import defined_there
from bulkops.targets.request import PaceChoice, Request, SheetChoice, TargetChoice
from bulkops.transfer.export import FORMS, require_form

FLEETING = frozenset({"user"})
"""Kinds of which no list is made: a list that is days old would refuse who came since."""


async def template(
    reference: str, path: Path, *, target: TargetChoice | None, pace: PaceChoice, world: World
) -> tuple[Target, ...]:
    """Write an empty sheet for a job, .xlsx or .csv; with a target, its names as drop-downs.

    Returns the targets that were asked. Raises JobError, SheetError, TargetError and ReadError.
    """
    loaded = load(reference)
    job = loaded.job
    require_form(path, FORMS)
    if target is None:
        write_template(job, path)
        return ()
    request = Request(job=reference, sheet=SheetChoice(path=None), target=target, pace=pace)
    async with connect(request, job, world=world) as connection:
        job = (await defined_there(loaded, connection, lambda _: True)).job
        wants = template_wants(job)
        names: dict[str, set[str]] = {kind: set() for kind in wants.kinds}
        for name in connection.targets:
            inventory = await look_up(connection.reader(name), wants)
            for kind, known in names.items():
                known.update(distinct_names(inventory, kind))
        write_template(job, path, _sorted(names))
        return tuple(connection.targets.values())


def template_wants(job: Job) -> Wants:
    """Return the kinds that columns do nothing but name, all of each."""
    found = {facts_of(job, column.name).finds for column in job.columns} - {"", *FLEETING}
    found = {kind for kind in found if not KINDS[kind].within}  # its names are not its own alone
    return Wants(
        kinds={kind: Want(every=True, state=KINDS[kind].has_paths) for kind in sorted(found)}
    )


def _sorted(names: Mapping[str, set[str]]) -> dict[str, list[str]]:
    return {kind: sorted(known, key=str.casefold) for kind, known in names.items()}
