"""What is decided about things that lie in one another: how deep, what goes first, what moves."""

from __future__ import annotations

from collections.abc import Iterator

from bulkops.definition.kinds.found_things import Col, Find
from bulkops.definition.thing_kinds import KINDS
from bulkops.definition.uses import USES, InState
from bulkops.planning.decisions.step_case import StepCase
from bulkops.planning.inventory import Thing
from bulkops.planning.plan import Need
from bulkops.planning.rows.cells import Flaw
from bulkops.planning.rows.paths import SEPARATOR, depth_of
from bulkops.planning.usage import Usage


def too_deep(case: StepCase, subject: Find) -> Flaw | None:
    """Say that a path has more names than the instance has levels."""
    levels = KINDS[subject.kind].levels
    if not levels or not case.args.by_path:
        return None
    path, known = case.name_of(subject), list(case.context.names.inventory.each(levels))
    if depth_of(path) <= len(known):
        return None
    has = f"{len(known)}: {', '.join(thing.name for thing in known)}" if known else "none"
    return Flaw(
        code="too-deep",
        message=f'"{path}" is {depth_of(path)} levels deep; the levels of this instance are {has}',
        found=path,
        allowed=has,
        hint="Name another level first: the console has it under User hierarchy.",
    )


def goes(case: StepCase, user: Usage) -> bool:
    """Tell whether what uses a thing is deleted by the same plan."""
    return any(user.id in ids for ids in case.context.removed.values())


def to_go_before(case: StepCase, subject: Find, thing: Thing) -> tuple[Need, ...]:
    """Return the calls that delete what lies in a thing, or has it: it can't go before these."""
    return (*_holding(case, subject, thing), *_lying_in(case, subject, thing))


def _holding(case: StepCase, subject: Find, thing: Thing) -> Iterator[Need]:
    """Yield the calls that delete what has a thing among its own values.

    What only names it in a list or a text may go later, or in a circle with it.
    """
    places = USES[subject.kind].places if subject.kind in USES else ()
    kinds = {each.by for each in places if isinstance(each, InState)} - {subject.kind}
    usages = {each.id for each in case.context.names.inventory.usages(subject.kind, thing.id)}
    for kind in sorted(kinds):
        gone = case.context.removed.get(kind, {})
        yield from (need for removed, need in gone.items() if removed in usages)


def _lying_in(case: StepCase, subject: Find, thing: Thing) -> Iterator[Need]:
    if not KINDS[subject.kind].has_paths:
        return
    inventory = case.context.names.inventory
    inside = f"{inventory.name_of(subject.kind, thing.id)}{SEPARATOR}"
    for removed, need in case.context.removed.get(subject.kind, {}).items():
        if inventory.name_of(subject.kind, removed).startswith(inside):
            yield need


def moves(case: StepCase, renamed: Col) -> bool:
    """Tell whether a new name is a path: it would lie in something else."""
    return SEPARATOR in str(case.row.values.get(renamed.name, ""))


CANT_MOVE = Flaw(
    code="not-a-name",
    message=f"a new name is no path: it holds no {SEPARATOR}, and what lies in one can't be moved",
    hint="To move it, create it anew in the other one, move its users there, and delete this one.",
)
