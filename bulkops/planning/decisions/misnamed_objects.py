"""Whether what a row puts is what it is called by: else it would stand under another name."""

from __future__ import annotations

from bulkops.definition.expressions import Find
from bulkops.definition.object_keys import unique_value
from bulkops.definition.thing_kinds import KINDS
from bulkops.planning.decisions.step_case import StepCase
from bulkops.planning.inventory import Thing
from bulkops.planning.rows.cells import Flaw


def note_misnamed(case: StepCase, subject: Find) -> None:
    """Note that the content that a row puts has another name than the row gives it, or none."""
    content = KINDS[subject.kind].content
    given = next((each for each in case.arguments() if each.path == (content,)), None)
    if given is None or subject.sort is None:
        return
    sort = case.context.names.one(subject.sort.kind, case.name_of(subject.sort))
    if not isinstance(sort, Thing):
        return
    said, called = unique_value(sort.state or {}, given.value), case.row.values[subject.column]
    if said == called:
        return
    lacks = "lacks a field of its type's unique key"
    message = f"{given.field} says that it is {said}" if said else f"{given.field} {lacks}"
    flaw = Flaw(
        code="not-its-name",
        message=f"{message}, and {subject.column} calls it {called}",
        found=str(called),
        allowed=said,
        hint="Write the same in both." if said else "Add the field to it.",
    )
    case.found.add(subject.column if said else given.field, flaw)
