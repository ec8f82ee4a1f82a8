"""What is decided about steps that do something to a thing and set no value of it: start, pause."""

from __future__ import annotations

from collections.abc import Sequence

from bulkops.definition.kinds.found_things import Find
from bulkops.definition.thing_kinds import KINDS
from bulkops.planning.calls.argument import Argument
from bulkops.planning.decisions.decision import NOTHING, Decision
from bulkops.planning.decisions.step_case import StepCase
from bulkops.planning.diff.led_states import led_differences, sent_before, with_held_state
from bulkops.planning.diff.spoken_changes import changes
from bulkops.planning.inventory import Thing


def deed(
    case: StepCase, subject: Find, thing: Thing, given: Sequence[Argument], *, described: bool
) -> Decision:
    """Send a deed, unless its thing is seen to be already as the deed leads it to be.

    Where no state tells that it was done it is always sent.
    """
    state, kind = thing.state or {}, KINDS[subject.kind]
    arguments = with_held_state(case.step, given, state)
    if not case.step.leads_to:
        return case.send(arguments)
    params = case.request(arguments)
    found = led_differences(case.step, params, state, kind, described=described)
    if not found:
        return NOTHING
    shown = changes(found, case.context.names.inventory)
    return case.send(arguments, undo=sent_before(case.step, arguments, found), changes=shown)
