"""What is decided about things that lie in one another: how deep, what goes first, what moves."""

from __future__ import annotations

from bulkops.definition.kinds.found_things import Col, Find
from bulkops.definition.thing_kinds import KINDS
from bulkops.planning.decisions.step_case import StepCase
from bulkops.planning.inventory import Thing
from bulkops.planning.plan import Need
from bulkops.planning.rows.cells import Flaw
from bulkops.planning.rows.paths import SEPARATOR, depth_of


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


def to_go_before(case: StepCase, subject: Find, thing: Thing) -> tuple[Need, ...]:
    """Return the calls that delete what lies in a thing: it can't go before that has gone."""
    if not KINDS[subject.kind].has_paths:
        return ()  # what only refers to it may go later, or in a circle
    inventory = case.context.names.inventory
    inside = f"{inventory.name_of(subject.kind, thing.id)}{SEPARATOR}"
    return tuple(
        need
        for removed, need in case.context.removed.items()
        if inventory.name_of(subject.kind, removed).startswith(inside)
    )


def moves(case: StepCase, renamed: Col) -> bool:
    """Tell whether a new name is a path: it would lie in something else."""
    return SEPARATOR in str(case.row.values.get(renamed.name, ""))


CANT_MOVE = Flaw(
    code="not-a-name",
    message=f"a new name is no path: it holds no {SEPARATOR}, and what lies in one can't be moved",
    hint="To move it, create it anew in the other one, move its users there, and delete this one.",
)
