"""What keeps a row from acting on a thing: it is not what the row expects it to be."""

from __future__ import annotations

from collections.abc import Iterator

from bulkops.definition.kinds.found_things import Col, Find
from bulkops.definition.model.member_paths import value_at
from bulkops.definition.thing_kinds import KINDS
from bulkops.planning.calls.argument import Argument
from bulkops.planning.decisions.decision import Decision
from bulkops.planning.decisions.step_case import StepCase
from bulkops.planning.diff.alike import met
from bulkops.planning.diff.comparison import Difference
from bulkops.planning.diff.spoken_changes import changes
from bulkops.planning.diff.state import state_value
from bulkops.planning.inventory import Thing
from bulkops.planning.plan import Action
from bulkops.planning.rows.cells import Flaw


def unexpected(case: StepCase, subject: Find, thing: Thing, *, described: bool) -> Decision | None:
    """Return the conflict of a row that expects its thing to be otherwise; None where it is so.

    A name that the row expects and that means nothing is noted as a flaw.
    """
    found = list(_differences(case, subject, thing, described=described))
    if not found:
        return None
    shown = changes(found, case.context.names.inventory)
    said = "; ".join(
        f"{each.field} is {each.old or '∅'}, and the row says {each.new}" for each in shown
    )
    flaw = Flaw(
        code="not-as-expected",
        message=f'the {KINDS[subject.kind].noun} "{thing.name}" is not as the row says: {said}',
        found=thing.name,
        hint="Somebody may have changed it since the sheet was made: look at it, then mend the row"
        " or take it out.",
    )
    return Decision(action=Action.CONFLICT, flaw=flaw)


def out_of_place(case: StepCase, subject: Find, thing: Thing) -> Decision | None:
    """Return the conflict of a row whose thing is in a state that its step does not lead out of."""
    if case.step.only_from is None:
        return None
    path, values = case.step.only_from
    place, kind = tuple(path.split(".")), KINDS[subject.kind]
    found = state_value(thing.state or {}, place, kind, described=True).value
    if found in values:
        return None
    flaw = Flaw(
        code="not-as-needed",
        message=f'the {kind.noun} "{thing.name}" is {found or "∅"}: {case.step.operation} is for'
        f" those that are {' or '.join(values)}",
        found=str(found or ""),
        hint="Bring it there first, or take the row out.",
    )
    return Decision(action=Action.CONFLICT, flaw=flaw)


def came_to_nothing(case: StepCase, subject: Find, thing: Thing) -> Decision | None:
    """Return the conflict of a row whose thing is listed, and was never made; None elsewhere.

    Of work that is only accepted a service lists the thing before it is made, and after it failed.
    """
    polling, describe = case.step.accepted, KINDS[subject.kind].describe
    if polling is None or describe is None:
        return None
    whole = {describe.item: thing.state}
    state = value_at(whole, polling.path.split("."))
    if state not in polling.failed:
        return None
    why = value_at(whole, polling.message.split("."))
    flaw = Flaw(
        code="made-in-vain",
        message=f'the {KINDS[subject.kind].noun} "{thing.name}" is listed, and making it came to'
        f" nothing: {state}{f', {why}' if why else ''}",
        found=thing.name,
        hint="Mend what it says, take what is listed away, and run this row again.",
    )
    return Decision(action=Action.CONFLICT, flaw=flaw)


def _differences(
    case: StepCase, subject: Find, thing: Thing, *, described: bool
) -> Iterator[Difference]:
    """Yield what a row expects of a thing and what is not so, or was not seen to be so."""
    kind, state = KINDS[subject.kind], thing.state or {}
    for path, said in case.step.expects.items():
        wanted = _wanted(case, said)
        if wanted is None:
            continue
        place = tuple(path.split("."))
        finds = said.kind if isinstance(said, Find) else ""
        old = state_value(state, place, kind, described=described)
        if not old.known or not met(wanted, old.value):
            yield Difference(Argument(place, wanted, said.column, finds), old)


def _wanted(case: StepCase, said: Col | Find) -> object:
    """Return what a row expects; None where its cell is blank, or names nothing."""
    value = case.row.values.get(said.column)
    if value is None or isinstance(said, Col):
        return value
    thing = case.context.names.one(said.kind, str(value))
    if isinstance(thing, Flaw):
        case.found.add(said.column, thing)
        return None
    return thing.id
