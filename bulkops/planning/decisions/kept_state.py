"""What a plan keeps of a thing's state, so that taking a step back can put it there again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bulkops.definition.expressions import Was, WasList
from bulkops.definition.kinds.found_things import Addressed, Find
from bulkops.definition.thing_kinds import KINDS
from bulkops.planning.calls.argument import Argument
from bulkops.planning.calls.inverse import params_before
from bulkops.planning.decisions.decision import NOTHING, Decision
from bulkops.planning.decisions.step_case import StepCase
from bulkops.planning.diff.comparison import Difference
from bulkops.planning.diff.merge import undo_of_update, unemptied
from bulkops.planning.diff.remaking import Doomed, kept_to_remake
from bulkops.planning.diff.spoken_changes import changes
from bulkops.planning.diff.state import StateValue, state_value
from bulkops.planning.diff.unknown_members import not_kept
from bulkops.planning.inventory import Thing
from bulkops.planning.rows.cells import Flaw


def removed(case: StepCase, subject: Find, thing: Thing, *, described: bool) -> Decision:
    """Send a step that removes something, with what puts it back out of the state before.

    Where a disassociation would find nothing of all that, there is nothing to be sent.
    """
    arguments, kept = case.arguments(), case.step.kept
    if case.step.remakes:
        case.found.warnings += [(subject.by.name, flaw) for flaw in not_kept(subject, thing)]
        sent = case.send(arguments)
        doomed = Doomed(
            job=case.context.job,
            address=case.address,
            subject=subject,
            thing=thing,
            described=described,
            inventory=case.context.names.inventory,
            places=case.context.target.places,
        )
        return sent.kept(kept_to_remake(doomed, sent.calls[0]))
    if not kept:
        return case.send(arguments)
    held = {each: _held(subject, thing, each, described=described) for each in kept}
    there = {each: value for each, value in held.items() if value.value not in _NOTHING}
    if case.does == "disassociate" and not there:
        return NOTHING
    shown = changes(
        [Difference(_emptied(each), value) for each, value in there.items()],
        case.context.names.inventory,
    )
    was: dict[Was | WasList, Any] = {each: value.value for each, value in held.items()}
    job, places = case.context.job, case.context.target.places
    sent = case.send(arguments, changes=shown)
    back = params_before(job, case.address, sent.calls[0].params, was, places)
    return sent.kept(back)


_NOTHING: tuple[Any, ...] = (None, "", [], {})


def _held(subject: Find, thing: Thing, was: Was, *, described: bool) -> StateValue:
    path = tuple(was.path.split("."))
    return state_value(thing.state or {}, path, KINDS[subject.kind], described=described)


def _emptied(was: Was) -> Argument:
    field = KINDS[was.finds].noun if was.finds else was.path
    return Argument(tuple(was.path.split(".")), None, field, was.finds)


def back_of_update(
    case: StepCase, subject: Find, thing: Thing, sent: Sequence[Argument], *, described: bool
) -> list[Argument] | None:
    """Return the arguments that put back what an update replaces; None where nothing was kept.

    What was set where nothing was before may have an undo step of its own. What is not known
    can't be taken back either way: then nothing is kept to be sent.
    """
    if case.step.undo is not None and not case.step.unset_by_undo:
        return None
    service, state, kind = case.context.job.service, thing.state or {}, KINDS[subject.kind]
    back = undo_of_update(service, case.step, sent, state, kind, described=described)
    if back is None and case.step.undo is None and not case.step.irreversible:
        for each in unemptied(service, case.step, sent, state, kind, described=described):
            case.found.warn(each.field, _stays(case))
    if back is not None or case.step.undo is None:
        return back
    if isinstance(subject, Addressed) and any(value not in _NOTHING for value in state.values()):
        return []  # to take all of it away would take what was there before
    known = all(
        state_value(state, each.path, kind, described=described).known
        for each in sent
        if not each.addresses
    )
    return None if known else []


def _stays(case: StepCase) -> Flaw:
    return Flaw(
        code="stays",
        message=f"there is none now, and {case.step.operation} has no way to take it away again:"
        " undo will leave the row as it is then",
    )
