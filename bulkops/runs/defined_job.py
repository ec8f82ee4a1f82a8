"""A job with the columns that its target adds, before a sheet is understood by it."""

from __future__ import annotations

from collections.abc import Callable

from bulkops.definition.catalogue import LoadedJob
from bulkops.definition.defined_columns import as_defined
from bulkops.definition.thing_kinds import KINDS
from bulkops.engine.reads.definitions import definitions_of
from bulkops.errors import RefusedError
from bulkops.planning.existing_things import OnExists
from bulkops.planning.rows.headers import folded
from bulkops.runs.inputs import Inputs, understood
from bulkops.targets.connect import Connection
from bulkops.targets.request import SheetChoice


async def defined_inputs(
    inputs: Inputs, choice: SheetChoice, on_exists: OnExists, connection: Connection
) -> Inputs:
    """Return a sheet as its job takes it once the target has added its columns.

    Raises RefusedError where there are several targets, and ReadError.
    """
    if inputs.job.defined is None:
        return inputs
    headers = {folded(each) for each in (*inputs.table.headers, *choice.mapping.values())}
    loaded = await defined_there(inputs.loaded, connection, lambda name: folded(name) in headers)
    return understood(loaded, inputs.table, choice, on_exists)


async def defined_there(
    loaded: LoadedJob, connection: Connection, is_used: Callable[[str], bool]
) -> LoadedJob:
    """Return a job with the columns that its target adds; any other job as it is."""
    words = loaded.job.defined
    defines = KINDS[words.kind].defines if words is not None else None
    if words is None or defines is None:
        return loaded
    if len(connection.targets) > 1:
        said = f"{loaded.job.name} works on one target at a time: its columns are the target's own."
        raise RefusedError(f"{said} Run it once for each of {', '.join(connection.targets)}.")
    (name,) = connection.targets
    found = await definitions_of(connection.reader(name), KINDS[words.kind], defines, is_used)
    return as_defined(loaded, found)
