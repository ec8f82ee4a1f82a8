"""What is decided about a whole row: its place in the plan, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterable

from bulkops.definition.job import Job
from bulkops.planning.calls.arguments import StepArguments, asks_for_nothing
from bulkops.planning.calls.row_call import PlanRow
from bulkops.planning.decisions.step_case import Decision
from bulkops.planning.inventory import Thing
from bulkops.planning.plan import PlannedRow
from bulkops.planning.rows.cells import Flaw
from bulkops.planning.rows.typed_rows import TypedRow
from bulkops.problems import Problem

_SAID = 5
"""Columns named in a sentence."""


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


def asks_nothing(job: Job, steps: Iterable[StepArguments], row: TypedRow) -> Flaw | None:
    """Say that a row asks for nothing: what was not looked at must not be called unchanged.

    While it is not known which columns a target adds, a row may ask for something by them.
    """
    if job.defined is not None or not asks_for_nothing(steps, row.values):
        return None
    blank = [each.name for each in job.columns if each.name not in {*job.key, *row.values}]
    return Flaw(
        code="asks-nothing",
        message=f"the row asks for nothing: blank {'is' if len(blank) == 1 else 'are'}"
        f" {', '.join(blank[:_SAID])}{', …' * (len(blank) > _SAID)}",
        hint="Fill one of them, or take the row out.",
    )
