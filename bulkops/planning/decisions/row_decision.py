"""What is decided about a whole row: its place in the plan, and what is wrong with it."""

from __future__ import annotations

from dataclasses import dataclass

from bulkops.planning.calls.row_call import PlanRow
from bulkops.planning.decisions.step_case import Decision
from bulkops.planning.inventory import Thing
from bulkops.planning.plan import PlannedRow
from bulkops.planning.problems import Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class RowDecision:
    """A row of the plan, with all the calls that it needs: those that rows may share too.

    `problems` keep the plan from being carried out; a conflict is a matter of its row alone.
    """

    row: PlannedRow
    problems: tuple[Problem, ...] = ()


def planned_row(
    row: PlanRow, decision: Decision, thing: Thing | None, problem: Problem | None
) -> PlannedRow:
    """Return a row as the plan holds it, by what was decided about all of its steps."""
    return PlannedRow(
        number=row.number,
        key=row.key,
        target=row.target,
        action=decision.action,
        cells=row.cells,
        changes=decision.changes,
        calls=decision.calls,
        problem=problem,
        thing=(thing.id, thing.arn) if thing else ("", ""),
    )
