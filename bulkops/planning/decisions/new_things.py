"""What is decided about what the row itself makes: nothing is there to compare with."""

from __future__ import annotations

from bulkops.definition.job import Step
from bulkops.planning.decisions.step_case import NOTHING, Decision, StepCase


def about_made(case: StepCase, maker: Step) -> Decision:
    """Decide about what the row itself makes by a step before: send what it says of it.

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


def sent_unless_blank(case: StepCase) -> Decision:
    """Decide a step about which nothing can be looked up: send it where it has something to say."""
    arguments = case.arguments()
    return NOTHING if case.is_blank else case.send(arguments)
