"""Which plan is made of what was asked for: of one job, or of a workbook of several."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bulkops.planning.inventory import Inventory
from bulkops.planning.job_plan import job_plan
from bulkops.planning.planner import Planner
from bulkops.planning.rows.typed_rows import Order
from bulkops.planning.target import Target
from bulkops.planning.workbook_plan import workbook_plan


def planned(
    orders: Sequence[Order],
    targets: Mapping[str, Target],
    inventories: Mapping[str, Inventory],
) -> Planner:
    """Return the plan of orders, by what was read of each target; both by the target's name."""
    if len(orders) == 1 and not orders[0].job.prefix:
        return job_plan(orders[0], targets, inventories)
    return workbook_plan(orders, targets, inventories)
