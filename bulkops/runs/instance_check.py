"""Checking a sheet with an instance: names included, and nothing sent."""

from __future__ import annotations

from bulkops.engine.ports import Listener, World
from bulkops.runs.check import all_problems, can_look_up, checked_in_names
from bulkops.runs.inputs.defined_inputs import defined_inputs
from bulkops.runs.inputs.job_inputs import read_inputs
from bulkops.runs.offline_check import CheckedSheet
from bulkops.targets.connect import connect
from bulkops.targets.request import Request


async def check_there(
    request: Request, *, world: World, listener: Listener | None = None
) -> CheckedSheet:
    """Find every problem that can be known before sending, names included; sends nothing.

    `listener` is told how far the reading is.

    Raises JobError and SheetError, TargetError and ReadError.
    """
    inputs = read_inputs(request.job, request.sheet, request.on_exists)
    async with connect(request, inputs.job, world=world, tell=listener) as connection:
        inputs = await defined_inputs(inputs, request.sheet, request.on_exists, connection)
        inputs, found = await checked_in_names(inputs, connection)
        return CheckedSheet(
            rows=found.rows,
            problems=await all_problems(inputs, found, connection),
            notes=(*inputs.notes, *connection.notes),
            targets=tuple(connection.targets.values()),
            looked_up=can_look_up(found),
        )
