"""What can be wrong with a row about a thing: no sort, what is there already or hard to see."""

from __future__ import annotations

from collections.abc import Sequence

from bulkops.definition.kinds.found_things import Find, said_address
from bulkops.definition.thing_kinds import KINDS
from bulkops.planning.calls.argument import Argument
from bulkops.planning.decisions.step_case import StepCase
from bulkops.planning.inventory import Thing
from bulkops.planning.plan import Change
from bulkops.planning.rows.cells import Flaw


def note_sortless(case: StepCase, arguments: Sequence[Argument]) -> None:
    """Note that a row makes a thing another sort of thing and does not say which one."""
    given = {each.path[:2] for each in arguments if each.value is not None}
    if case.args.own and given.isdisjoint(case.args.own):
        column = next(iter(case.args.own.values()))
        name, value = case.step.only_if or ("", "")
        message = f"{column} is missing: it must be given where {name} is changed to {value}"
        case.found.add(column, Flaw(code="missing-value", message=message))


def not_visible(subject: Find, thing: Thing) -> Flaw:
    """Say that a thing is listed and its state is not to be had, so that nothing is compared."""
    return Flaw(
        code="not-visible",
        message=f'the {KINDS[subject.kind].noun} "{thing.name}" is listed, and not described yet',
        found=thing.name,
        hint="It was made or deleted a moment ago: plan again in a minute.",
    )


def already_there(case: StepCase, subject: Find, shown: tuple[Change, ...]) -> Flaw:
    """Say that what a row would make is there and is not as the row says."""
    name, noun = said_address(case.name_of(subject)), KINDS[subject.kind].noun
    return Flaw(
        code="already-exists",
        message=f'the {noun} "{name}" is there and differs: {"; ".join(map(str, shown))}',
        found=name,
        hint="--on-exists update brings it to this row, --on-exists skip leaves it as it is.",
    )
