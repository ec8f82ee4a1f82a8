"""A plan without a run: what would change, kept for reading or approved for later."""

from __future__ import annotations

from pathlib import Path

from bulkops.api.checking import sheet_before_target
from bulkops.api.choices import Request
from bulkops.api.connecting import connect
from bulkops.api.exporting import FORMS, require_form
from bulkops.api.intake import Intake, take_in
from bulkops.api.proposing import Proposal, Summary, propose
from bulkops.api.saved_plans import SUFFIX, save_plan
from bulkops.engine.ports import World
from bulkops.planning.target import Target
from bulkops.planning.values import PlannedRow
from bulkops.reports.plans import write_plan


async def plan(
    request: Request, *, world: World, save: Path | None = None
) -> tuple[Summary, tuple[Target, ...]]:
    """Read the instance and return what a run would do; sends nothing that changes anything.

    With `save`, the whole plan is also written there: as a table, .csv or .xlsx, or as a
    .bulkplan that can be run. Raises SheetError for another ending.
    """
    if save is not None:
        require_form(save, (*FORMS, SUFFIX))
    intake = take_in(request.job, request.sheet, request.on_exists)
    with sheet_before_target(intake):
        return await _plan(request, intake, world, save)


async def _plan(
    request: Request, intake: Intake, world: World, save: Path | None
) -> tuple[Summary, tuple[Target, ...]]:
    async with connect(request, world=world) as connection:
        proposal = await propose(intake, connection)
        if save is None:
            for _ in proposal.entries():
                pass
        elif save.suffix.casefold() == SUFFIX:
            await save_plan(proposal, save, request, world)
        else:
            _write(proposal, save)
        return proposal.summary(), tuple(connection.targets.values())


def _write(proposal: Proposal, path: Path) -> None:
    rows = (entry for entry in proposal.entries() if isinstance(entry, PlannedRow))
    write_plan(path, proposal.intake.table.headers, rows)
