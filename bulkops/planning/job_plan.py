"""The plan of what a job does with a sheet."""

from __future__ import annotations

from collections.abc import Mapping

from bulkops.planning.inventory import Inventory
from bulkops.planning.orders.orders_plan import orders_plan
from bulkops.planning.planner import Planner
from bulkops.planning.rows.typed_rows import Order
from bulkops.planning.target import Target


def job_plan(
    order: Order, targets: Mapping[str, Target], inventories: Mapping[str, Inventory]
) -> Planner:
    """Return the plan of an order, by what was read of each target; both by the target's name."""
    return orders_plan(order.job, (order,), targets, inventories)
