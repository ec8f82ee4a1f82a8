"""Whether what a row puts is what it is called by: else it would stand under another name."""

from __future__ import annotations

from itertools import product

from bulkops.definition.kinds.found_things import Find
from bulkops.definition.kinds.thing_kind import ThingKind
from bulkops.definition.object_keys import owner_keys, unique_value
from bulkops.definition.thing_kinds import KINDS
from bulkops.planning.calls.argument import Argument
from bulkops.planning.decisions.step_case import StepCase
from bulkops.planning.inventory import Thing
from bulkops.planning.rows.cells import Flaw


def note_misnamed(case: StepCase, subject: Find) -> None:
    """Note that the content that a row puts has another name than the row gives it, or none."""
    content = (KINDS[subject.kind].content,)
    sorts = [] if subject.sort is None else case.things(subject.sort)
    given = [each for each in case.arguments() if each.path == content]
    called = str(case.row.values[subject.column])
    owners = [] if subject.within is None else case.things(subject.within)
    for sort, each, owner in product(sorts, given, owners):
        strange = _of_another(sort, each, owner, KINDS[subject.kind])
        case.found.warnings.extend((each.field, flaw) for flaw in strange)
    for sort, each in product(sorts, given):
        said = unique_value(sort.state or {}, each.value)
        if said != called:
            case.found.add(
                subject.column if said else each.field, _flaw(subject, each, said, called)
            )


def _of_another(sort: Thing, given: Argument, owner: Thing, kind: ThingKind) -> list[Flaw]:
    """Say of what is not known to be the owner's that it may come to lie in another.

    It is known to be by any of the keys that the owner bears; of other keys nothing is known.
    """
    sought, state = kind.owner_sought, owner.state or {}
    borne = sought.borne if sought is not None else {}
    told = {
        key: (value, [str(state[each]) for each in borne.get(key, ()) if each in state])
        for key, value in owner_keys(sort.state or {}, given.value).items()
    }
    others = {key: value for key, (value, own) in told.items() if own and value not in own}
    if len(others) < len(told) or not told:
        return []
    said = ", ".join(f"{key} {value}" for key, value in others.items())
    return [
        Flaw(
            code="of-another",
            message=f"{given.field} says {said}, which is not what {owner.name} has",
            found=said,
            hint="The service may put it into another profile, or refuse it.",
        )
    ]


def _flaw(subject: Find, given: Argument, said: str, called: str) -> Flaw:
    lacks = "lacks a field of its type's unique key"
    message = f"{given.field} says that it is {said}" if said else f"{given.field} {lacks}"
    return Flaw(
        code="not-its-name",
        message=f"{message}, and {subject.column} calls it {called}",
        found=called,
        allowed=said,
        hint="Write the same in both." if said else "Add the field to it.",
    )
