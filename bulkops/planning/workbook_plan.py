"""The plan of a whole workbook: the rows of all sheets, each decided by its sheet's job."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import chain

from bulkops.definition.workbook_job import workbook_job
from bulkops.planning.inventory import Inventory
from bulkops.planning.job_plan import JobRows, job_plan
from bulkops.planning.planner import Planner
from bulkops.planning.rows.typed_rows import Order
from bulkops.planning.target import Target


def plan_of(
    orders: Sequence[Order],
    targets: Mapping[str, Target],
    inventories: Mapping[str, Inventory],
) -> Planner:
    """Return the plan of what was asked for: of one job's sheet, or of a workbook of several."""
    if len(orders) == 1 and not orders[0].job.prefix:
        return job_plan(orders[0], targets, inventories)
    return workbook_plan(orders, targets, inventories)


def workbook_plan(
    orders: Sequence[Order],
    targets: Mapping[str, Target],
    inventories: Mapping[str, Inventory],
) -> Planner:
    """Return the plan of a workbook, by what was read of each target; both by the target's name."""
    job = workbook_job(order.job for order in orders)
    sheets = [JobRows(order, targets, inventories) for order in orders]
    decisions = chain.from_iterable(sheet.decisions() for sheet in sheets)
    return Planner(job, decisions, linked=any(sheet.linked for sheet in sheets))
