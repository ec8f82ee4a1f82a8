"""What a run would do, without a run: read, shown, and saved where it is asked for."""

from __future__ import annotations

from pathlib import Path

from bulkops.engine.ports import Listener, World
from bulkops.ledger.records import RecordedSheet
from bulkops.planning.plan import PlannedRow
from bulkops.planning.target import Target
from bulkops.reports.plan_table import write_plan
from bulkops.reports.result_columns import SheetColumns
from bulkops.runs.check import sheet_before_target
from bulkops.runs.inputs.defined_inputs import defined_inputs
from bulkops.runs.inputs.job_inputs import read_inputs
from bulkops.runs.inputs.sheet_inputs import Inputs
from bulkops.runs.proposal import Proposal, propose
from bulkops.runs.run_record import record_of
from bulkops.runs.saved_plan import PLAN_SUFFIX, require_readable_again, save_plan
from bulkops.runs.summary import Summary
from bulkops.targets.connect import connect
from bulkops.targets.request import Request
from bulkops.transfer.export import FORMS, require_form


async def plan(
    request: Request, *, world: World, save: Path | None = None, listener: Listener | None = None
) -> tuple[Summary, tuple[Target, ...]]:
    """Read the instance and return what a run would do; sends nothing that changes anything.

    `listener` is told how far the reading is.

    With `save`, the whole plan is also written there: as a table, .csv or .xlsx, or as a
    .bulkplan that can be run. Raises SheetError for another ending, and RefusedError for a
    .bulkplan of a sheet that can't be read again.
    """
    if save is not None:
        require_form(save, (*FORMS, PLAN_SUFFIX))
        if _to_run(save):
            require_readable_again(request.sheet)
    inputs = read_inputs(request.job, request.sheet, request.on_exists)
    with sheet_before_target(inputs):
        return await _plan(request, inputs, world, save, listener)


async def _plan(
    request: Request, inputs: Inputs, world: World, save: Path | None, listener: Listener | None
) -> tuple[Summary, tuple[Target, ...]]:
    async with connect(request, inputs.job, world=world, tell=listener) as connection:
        inputs = await defined_inputs(inputs, request.sheet, request.on_exists, connection)
        proposal = await propose(inputs, connection)
        if save is None:
            for _ in proposal.entries():
                pass
        elif _to_run(save):
            await save_plan(proposal, save, record_of(request, inputs, world))
        else:
            _write(proposal, inputs, save)
        return proposal.summary(), tuple(connection.targets.values())


def _to_run(save: Path) -> bool:
    return save.suffix.casefold() == PLAN_SUFFIX


def _write(proposal: Proposal, inputs: Inputs, path: Path) -> None:
    rows = (entry for entry in proposal.entries() if isinstance(entry, PlannedRow))
    write_plan(path, _columns(inputs), rows)


def _columns(inputs: Inputs) -> SheetColumns:
    if not inputs.is_workbook:
        return SheetColumns.alone(inputs.table.headers)
    return SheetColumns.of_sheets(
        RecordedSheet(table.place, table.sheet, table.headers) for table in inputs.tables
    )
