"""What is decided about a whole row: its place in the plan, and what is wrong with it."""

from __future__ import annotations

from bulkops.planning.calls.row_call import PlanRow
from bulkops.planning.decisions.decision import Decision
from bulkops.planning.inventory import Thing
from bulkops.planning.plan import PlannedRow
from bulkops.problems import Problem


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
