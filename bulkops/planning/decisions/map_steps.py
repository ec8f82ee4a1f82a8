"""What is decided about entries of a map of a thing's, such as its tags."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bulkops.definition.column_kinds import written
from bulkops.planning.calls.argument import Argument
from bulkops.planning.decisions.decision import NOTHING, Decision
from bulkops.planning.decisions.step_case import StepCase
from bulkops.planning.diff.comparison import Difference
from bulkops.planning.diff.map_entries import added, there, too_many
from bulkops.planning.diff.spoken_changes import changes
from bulkops.planning.inventory import Thing
from bulkops.planning.plan import Change


def about_added(
    case: StepCase, thing: Thing, given: Sequence[Argument], found: Iterable[Difference]
) -> Decision:
    """Send the entries that are not there as the row says, and keep those that they replace."""
    cut = added(given, found)
    for each in cut.sent:
        flaw = too_many(case.context.job.service, case.step, each, thing.state or {})
        if flaw is not None:
            case.found.add(each.field, flaw)
    shown = changes(cut.found, case.context.names.inventory)
    return case.send(cut.sent, undo=cut.undo, changes=shown)


def entries_taken(case: StepCase, thing: Thing) -> Decision:
    """Take off the entries that are there, and keep them so that the undo step puts them back."""
    given, state = case.arguments(), thing.state or {}
    shown = tuple(
        Change(field=each.field, old=written(there(each, state)), new="")
        for each in given
        if each.held and there(each, state)
    )
    if not shown:
        return NOTHING
    decision = case.send([_with(each, list(there(each, state))) for each in given], changes=shown)
    undone = case.undone()
    if undone is None:
        return decision
    back = [_with(each, there(each, state)) for each in undone.arguments()]
    return decision.kept(undone.request(back))


def _with(argument: Argument, entries: object) -> Argument:
    return argument._replace(value=entries) if argument.held else argument
