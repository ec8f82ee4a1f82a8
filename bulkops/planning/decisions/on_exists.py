"""What a step means for a row, and what `--on-exists` does with what is there already."""

from __future__ import annotations

from typing import assert_never

from bulkops.definition.kinds.found_things import Find, Member
from bulkops.planning.decisions.decision import Decision, Existing
from bulkops.planning.decisions.list_entries import about_entry
from bulkops.planning.decisions.listed_values import note_strangers
from bulkops.planning.decisions.named_things import about_thing
from bulkops.planning.decisions.new_things import sent_unless_blank
from bulkops.planning.decisions.step_case import StepCase
from bulkops.planning.plan import Action, Change
from bulkops.planning.rows.cells import Flaw
from bulkops.planning.rows.row_verbs import on_exists_of


def decide(case: StepCase) -> Decision:
    """Return what one step means for one row; what is wrong goes to the case's findings."""
    note_strangers(case)
    outcome = _about_subject(case)
    return _about_existing(case, outcome) if isinstance(outcome, Existing) else outcome


def _about_subject(case: StepCase) -> Decision | Existing:
    match case.step.subject:
        case Find() as subject:
            return about_thing(case, subject)
        case Member() as member:
            return about_entry(case, member)
        case None:
            return sent_unless_blank(case)
        case _ as never:
            assert_never(never)


def _about_existing(case: StepCase, there: Existing) -> Decision:
    """Leave what is there, refuse the row, or send the step's alternatives in its place."""
    refused = Decision(action=Action.CONFLICT, changes=there.changes, flaw=there.flaw)
    match on_exists_of(case.row.verb, case.context.on_exists):
        case "skip":
            return Decision(action=Action.SKIP, changes=there.changes)
        case "fail" | "update" if isinstance(case.step.subject, Member):
            # To set a place in a list is what its job is for: its values need no leave to change.
            return next((decide(other) for other in case.otherwise()), refused)
        case "fail":
            return refused
        case "update":
            return _updated(case, there.changes)
        case _ as never:
            assert_never(never)


def _updated(case: StepCase, wanted: tuple[Change, ...]) -> Decision:
    """Send those of a step's alternatives that have something to change; they must change all."""
    decisions = [decide(other) for other in case.otherwise()]
    done = tuple(change for each in decisions for change in each.changes)
    fields = {change.field for change in done}
    left = [change.field for change in wanted if change.field not in fields]
    if left and not case.found.flaws:
        flaw = Flaw(
            code="not-updatable",
            message=f"it is there and differs in {', '.join(left)}, which"
            f" {case.context.job.name} does not change",
            hint="Change that by hand, or leave the cell as the thing is.",
        )
        return Decision(action=Action.CONFLICT, changes=wanted, flaw=flaw)
    calls = tuple(call for each in decisions for call in each.calls)
    lists = tuple(change for each in decisions for change in each.lists)
    return Decision(action=Action.UPDATE, calls=calls, changes=done, lists=lists)
