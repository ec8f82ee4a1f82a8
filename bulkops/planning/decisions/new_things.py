"""What is decided about a thing that is still to be made, by the row itself or by another one."""

from __future__ import annotations

from collections.abc import Sequence

from bulkops.definition.job import Step
from bulkops.planning.calls.argument import Argument
from bulkops.planning.decisions.decision import NOTHING, Decision
from bulkops.planning.decisions.step_case import StepCase
from bulkops.planning.diff.spoken_changes import changes_to_new
from bulkops.planning.plan import Change, Placeholder


def about_coming(case: StepCase) -> Decision:
    """Set values of a thing that another row makes: there is nothing yet to compare with."""
    arguments = case.arguments()
    if case.is_blank or case.does == "disassociate":
        return NOTHING
    return case.send(arguments, changes=from_nothing(case, arguments))


def about_made(case: StepCase, maker: Step) -> Decision:
    """Decide about what the row itself makes: there is nothing there yet to compare with.

    Of what all new things begin with it is known beforehand, and put back by undo.
    """
    begins = maker.begins_as
    given = case.arguments() if begins else []
    told = [each for each in given if not each.addresses]
    if not told or any(each.dotted not in begins for each in told):
        return sent_unless_blank(case)
    if all(begins[each.dotted] == each.value for each in told):
        return NOTHING
    back = [each._replace(value=begins.get(each.dotted, each.value)) for each in given]
    return case.send(given, undo=back)


def from_nothing(case: StepCase, arguments: Sequence[Argument]) -> tuple[Change, ...]:
    """Return what a new thing is made with, as the sheet says it; key, defaults, secrets apart."""
    said = [
        each
        for each in arguments
        if not (each.addresses or each.default or each.is_constant)
        and not (isinstance(each.value, Placeholder) and not each.value.said)
        and (each.each is not None or each.field not in case.context.job.key)
    ]
    return changes_to_new(said, case.context.names.inventory)


def sent_unless_blank(case: StepCase) -> Decision:
    """Decide a step about which nothing can be looked up: send it where it has something to say."""
    arguments = case.arguments()
    return NOTHING if case.is_blank else case.send(arguments)
