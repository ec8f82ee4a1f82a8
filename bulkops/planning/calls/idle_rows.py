"""Rows that ask for nothing: told without anything of what decides about rows that do."""

from __future__ import annotations

from collections.abc import Iterable

from bulkops.definition.job import Job
from bulkops.planning.calls.arguments import StepArguments, asks_for_nothing
from bulkops.planning.rows.cells import Flaw
from bulkops.planning.rows.typed_rows import TypedRow

_SAID = 5
"""Columns named in a sentence."""


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
