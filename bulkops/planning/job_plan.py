"""The plan of what a job does with a sheet: each row's steps decided in turn."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from bulkops.definition.verbs import verb
from bulkops.planning.calls.arguments import own_steps, step_arguments
from bulkops.planning.decisions.on_exists import decide
from bulkops.planning.decisions.removals import removed_ids
from bulkops.planning.decisions.row_decision import asks_nothing, planned_row
from bulkops.planning.decisions.step_case import Decision, RowFindings, StepCase, TargetContext
from bulkops.planning.inventory import Inventory, Thing
from bulkops.planning.lookups import described_columns
from bulkops.planning.name_resolution import Names
from bulkops.planning.plan import Action, RowDecision
from bulkops.planning.planner import Planner
from bulkops.planning.rows.cells import Flaw
from bulkops.planning.rows.typed_rows import Order, TypedRow, problem
from bulkops.planning.target import Target
from bulkops.problems import Problem, Severity

_WEIGHT = (
    Action.NONE,
    Action.ASSOCIATE,
    Action.DISASSOCIATE,
    Action.UPDATE,
    Action.CREATE,
    Action.DELETE,
)
"""A row's action is the last of these that one of its steps takes."""
_ENDS_ROW = frozenset({Action.CONFLICT, Action.SKIP})


def job_plan(
    order: Order, targets: Mapping[str, Target], inventories: Mapping[str, Inventory]
) -> Planner:
    """Return the plan of an order, by what was read of each target; both by the target's name."""
    return Planner(order.job, _Rows(order, targets, inventories).decisions())


class _Rows:
    """The rows of an order, decided one after another."""

    def __init__(
        self, order: Order, targets: Mapping[str, Target], inventories: Mapping[str, Inventory]
    ) -> None:
        self._order = order
        self._identities = {name: target.identity for name, target in targets.items()}
        by_address = step_arguments(order.job)
        described_by = {
            address: described_columns(step, order.on_exists)
            for address, step in order.job.addresses()
        }
        self._steps = own_steps(by_address)
        self._contexts = {
            name: TargetContext(
                job=order.job,
                steps=by_address,
                described_by=described_by,
                target=targets[name],
                names=Names(inventory),
                on_exists=order.on_exists,
            )
            for name, inventory in inventories.items()
        }
        for name, ids in removed_ids(order, self._identities, self._contexts, self._steps).items():
            self._contexts[name] = replace(self._contexts[name], removed=ids)

    def decisions(self) -> Iterator[RowDecision]:
        for row in self._order.rows(self._identities):
            yield self._passed_over(row, row.problems) if row.problems else self._decided(row)

    def _decided(self, row: TypedRow) -> RowDecision:
        nothing = asks_nothing(self._order.job, self._steps, row)
        if nothing is not None:
            return self._passed_over(row, (self._problem(row, "", nothing),))
        found = RowFindings()
        steps = self._decisions(row, found)
        if found.flaws:
            problems = tuple(self._problem(row, column, flaw) for column, flaw in found.flaws)
            return self._faulty(row, problems, found.thing)
        whole = _whole(steps)
        key = next(iter(self._order.job.key), "")
        conflict = self._problem(row, key, whole.flaw) if whole.flaw else None
        warnings = tuple(
            [
                replace(self._problem(row, column, flaw), severity=Severity.WARNING)
                for column, flaw in found.warnings
            ]
        )
        said = conflict or (warnings[0] if warnings else None)
        return RowDecision(row=planned_row(row, whole, found.thing, said), problems=warnings)

    def _decisions(self, row: TypedRow, found: RowFindings) -> list[Decision]:
        """Decide a row's steps in turn; a conflict or a skip ends the row."""
        decisions: list[Decision] = []
        context = self._contexts[row.target]
        for step in self._steps:
            if step.is_due(row.values):
                case = StepCase(context=context, row=row, found=found, args=step)
                decisions.append(decide(case))
                if decisions[-1].action in _ENDS_ROW:
                    break
        return decisions

    def _passed_over(self, row: TypedRow, problems: tuple[Problem, ...]) -> RowDecision:
        """Keep what is wrong with a row that is not decided, its names looked at all the same."""
        found, context = RowFindings(), self._contexts.get(row.target)
        if context is not None:  # else nobody knows in which instance to look
            for step in self._steps:
                if step.is_due(row.values):
                    StepCase(context=context, row=row, found=found, args=step).look_at_names()
        named = tuple(self._problem(row, column, flaw) for column, flaw in found.flaws)
        return self._faulty(row, (*problems, *named), None)

    def _faulty(
        self, row: TypedRow, problems: tuple[Problem, ...], thing: Thing | None
    ) -> RowDecision:
        """Keep a row's problems; its action is what the job would have done."""
        meant = Decision(action=Action(verb(self._order.job.steps[0].operation)))
        return RowDecision(row=planned_row(row, meant, thing, problems[0]), problems=problems)

    def _problem(self, row: TypedRow, column: str, flaw: Flaw) -> Problem:
        return problem(flaw, self._order.address(row.number, column))


def _whole(steps: list[Decision]) -> Decision:
    """Return what a row's steps come to: all that they do, or the one that ended the row."""
    if steps and steps[-1].action in _ENDS_ROW:
        return steps[-1]
    if len(steps) == 1:
        return steps[0]
    return Decision(
        action=max((each.action for each in steps), key=_WEIGHT.index, default=Action.NONE),
        calls=tuple(call for each in steps for call in each.calls),
        changes=tuple(change for each in steps for change in each.changes),
    )
