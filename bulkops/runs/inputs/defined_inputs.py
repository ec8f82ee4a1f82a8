"""A sheet as its job takes it once the target has added its columns."""

from __future__ import annotations

from bulkops.planning.existing_things import OnExists
from bulkops.planning.rows.headers import folded
from bulkops.runs.inputs.sheet_inputs import Inputs, understood
from bulkops.targets.connect import Connection
from bulkops.targets.defined_job import defined_there
from bulkops.targets.request import SheetChoice


async def defined_inputs(
    inputs: Inputs, choice: SheetChoice, on_exists: OnExists, connection: Connection
) -> Inputs:
    """Return what a sheet says to a job with the columns that its target adds.

    Raises RefusedError where there are several targets, and ReadError.
    """
    if inputs.job.defined is None:
        return inputs
    headers = {folded(each) for each in (*inputs.table.headers, *choice.mapping.values())}
    loaded = await defined_there(inputs.loaded, connection, lambda name: folded(name) in headers)
    return understood(loaded, inputs.table, choice, on_exists)
