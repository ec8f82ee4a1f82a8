"""One plan of several orders, their rows decided by what others of them make and remove."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice

from bulkops.definition.job import Job
from bulkops.planning.calls.arguments import own_steps, step_arguments
from bulkops.planning.coming.coming_things import (
    ComingThings,
    add_coming,
    making_steps,
    needed_kinds,
)
from bulkops.planning.decisions.removals import removed_by
from bulkops.planning.decisions.target_context import TargetContext
from bulkops.planning.described_columns import described_columns
from bulkops.planning.inventory import Inventory
from bulkops.planning.knots import Knot, loosened
from bulkops.planning.name_resolution import Names
from bulkops.planning.needed_values import needed_values
from bulkops.planning.needs import circles
from bulkops.planning.orders.listed_rows import listed_by
from bulkops.planning.orders.order_rows import OrderRows
from bulkops.planning.orders.row_waits import RowWaits
from bulkops.planning.plan import Need, RowDecision
from bulkops.planning.planner import Planner
from bulkops.planning.rows.cells import Flaw
from bulkops.planning.rows.row_names import RowNames
from bulkops.planning.rows.sheet_numbers import sheet_place
from bulkops.planning.rows.typed_rows import Order
from bulkops.planning.target import Target


def orders_plan(
    job: Job,
    orders: Sequence[Order],
    targets: Mapping[str, Target],
    inventories: Mapping[str, Inventory],
) -> Planner:
    """Return the plan of some orders, in their order; `job` is made of those of all of them."""
    plan = _Orders(orders, targets, inventories)
    return Planner(job, plan.decisions(), linked=plan.linked)


class _Orders:
    """Some orders about to be decided, with what their rows make and remove for one another."""

    def __init__(
        self,
        orders: Sequence[Order],
        targets: Mapping[str, Target],
        inventories: Mapping[str, Inventory],
    ) -> None:
        self._orders = orders
        self._row_names = _row_names(orders)
        self._identities = {name: target.identity for name, target in targets.items()}
        self._names = {
            name: Names(inventory, targets[name]) for name, inventory in inventories.items()
        }
        self._targets = targets
        self._arguments = [step_arguments(order.job) for order in orders]
        self._steps = [own_steps(each) for each in self._arguments]
        self._kinds = needed_kinds(order.job for order in orders)
        self._makers = [making_steps(each, self._kinds) for each in self._steps]
        self._coming = self._all_coming()
        self._listed = listed_by(orders, self._identities, self._arguments)
        self._removed: dict[str, Mapping[str, Mapping[str, Need]]] = {}
        self._contexts = [self._contexts_of(place) for place in range(len(orders))]
        self._removed = removed_by(orders, self._identities, self._contexts, self._steps)
        if self._removed:
            self._contexts = [self._with_removed(each) for each in self._contexts]
        self.linked = any((*self._coming.values(), self._listed, self._removed))

    def _all_coming(self) -> dict[str, ComingThings]:
        if not self._kinds:
            return {}
        found = {name: ComingThings(self._kinds) for name in self._names}
        for order, makers in zip(self._orders, self._makers, strict=True):
            add_coming(found, makers, order.rows(self._identities), self._names)
        return found

    def _contexts_of(self, place: int) -> dict[str, TargetContext]:
        order, arguments = self._orders[place], self._arguments[place]
        described_by = {
            address: described_columns(step, order.reach) for address, step in order.job.addresses()
        }
        needed = needed_values(order.job)
        return {
            name: TargetContext(
                job=order.job,
                steps=arguments,
                described_by=described_by,
                needed=needed,
                target=self._targets[name],
                names=names,
                on_exists=order.on_exists,
                mapping=order.mapping,
                coming=self._coming.get(name),
                listed=self._listed.get(name, {}),
                said=self._row_names.said,
            )
            for name, names in self._names.items()
        }

    def _with_removed(self, contexts: Mapping[str, TargetContext]) -> dict[str, TargetContext]:
        return {
            name: replace(each, removed=self._removed.get(name, {}))
            for name, each in contexts.items()
        }

    def decisions(self) -> Iterator[RowDecision]:
        """Yield what is decided about the rows of all orders, each in the order of its sheet."""
        knots, circled = self._circled()
        for order, plain, steps in zip(self._orders, self._contexts, self._steps, strict=True):
            contexts = {name: replace(each, knots=knots) for name, each in plain.items()}
            rows = OrderRows(order, self._identities, contexts, steps, circled)
            yield from rows.decisions()

    def _circled(self) -> tuple[Mapping[int, Knot], dict[int, Flaw]]:
        """Return by row the circles that are cut, and what is wrong with rows in the others."""
        if not any(self._coming.values()):
            return {}, {}
        waits = RowWaits(self._coming)
        for order, makers, steps in zip(self._orders, self._makers, self._steps, strict=True):
            waits.add(steps, makers, order.rows(self._identities), order.mapping)
        knots, left = loosened(waits.found, waits.fills)
        flaws = ((circle, self._circle_flaw(circle)) for circle in circles(left))
        return knots, {row: flaw for circle, flaw in flaws for row in circle}

    def _circle_flaw(self, circle: Sequence[int]) -> Flaw:
        is_one = not self._row_names.of_workbook
        *rest, last = map(str, circle) if is_one else map(self._row_names.said, circle)
        who = f"{', '.join(rest)} and {last} wait" if rest else f"{last} waits"
        which = f"row{'s' * bool(rest)} {who}" if is_one else who
        return Flaw(
            code="waits-for-itself",
            message=f"{which} for {'one another' if rest else 'itself'}: none could ever be sent",
            hint="Let one of them name what is there already, or leave its cell blank.",
        )


def _row_names(orders: Sequence[Order]) -> RowNames:
    """Return what the rows of some orders are called: outside of a workbook by their numbers."""
    firsts = [(first.number, order) for order in orders for first in islice(order.records(), 1)]
    if not any(order.job.prefix for order in orders):
        return RowNames()
    return RowNames.of((sheet_place(row), order.address(row).sheet) for row, order in firsts)
