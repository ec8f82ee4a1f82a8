"""Whether what a row puts is what it is called by: else it would stand under another name."""

from __future__ import annotations

from itertools import product

from bulkops.definition.expressions import Find
from bulkops.definition.object_keys import unique_value
from bulkops.definition.thing_kinds import KINDS
from bulkops.planning.calls.argument import Argument
from bulkops.planning.decisions.step_case import StepCase
from bulkops.planning.rows.cells import Flaw


def note_misnamed(case: StepCase, subject: Find) -> None:
    """Note that the content that a row puts has another name than the row gives it, or none."""
    content = (KINDS[subject.kind].content,)
    sorts = [] if subject.sort is None else case.things(subject.sort)
    given = [each for each in case.arguments() if each.path == content]
    called = str(case.row.values[subject.column])
    for sort, each in product(sorts, given):
        said = unique_value(sort.state or {}, each.value)
        if said != called:
            case.found.add(
                subject.column if said else each.field, _flaw(subject, each, said, called)
            )


def _flaw(subject: Find, given: Argument, said: str, called: str) -> Flaw:
    lacks = "lacks a field of its type's unique key"
    message = f"{given.field} says that it is {said}" if said else f"{given.field} {lacks}"
    return Flaw(
        code="not-its-name",
        message=f"{message}, and {subject.column} calls it {called}",
        found=called,
        allowed=said,
        hint="Write the same in both." if said else "Add the field to it.",
    )
