"""The plan of what the jobs of a workbook do with its sheets, which may need one another's rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bulkops.definition.workbook_job import workbook_job
from bulkops.planning.inventory import Inventory
from bulkops.planning.job_plan import job_plan
from bulkops.planning.orders.orders_plan import orders_plan
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
    orders: Sequence[Order], targets: Mapping[str, Target], inventories: Mapping[str, Inventory]
) -> Planner:
    """Return one plan of several orders, by what was read of each target for all of them.

    Each order's job is a part of a workbook's, and its table numbers its rows as a workbook does.
    """
    job = workbook_job(order.job for order in orders)
    return orders_plan(job, orders, targets, inventories)
