"""What of a thing that is there is not as a row asks."""

from __future__ import annotations

from collections.abc import Sequence

from bulkops.definition.kinds.found_things import Find
from bulkops.definition.thing_kinds import KINDS
from bulkops.planning.calls.argument import Argument
from bulkops.planning.decisions.step_case import StepCase
from bulkops.planning.described_columns import has_any
from bulkops.planning.diff.amended_lists import amended_list
from bulkops.planning.diff.comparison import Difference, differences
from bulkops.planning.diff.state import state_value
from bulkops.planning.inventory import Thing
from bulkops.planning.rows.cells import Flaw


def amended_in_whole(
    case: StepCase, subject: Find, thing: Thing, arguments: Sequence[Argument]
) -> list[Argument]:
    """Return arguments with whole lists in place of what is added to one, or taken from it."""
    if not any(each.way or each.amends for each in arguments):
        return list(arguments)
    state, kind, described = thing.state or {}, KINDS[subject.kind], is_whole(case, thing)
    whole = []
    for each in arguments:
        amended = amended_list(each, state_value(state, each.path, kind, described=described))
        if isinstance(amended, Flaw):
            case.found.add(each.field, amended)
        else:
            whole.append(amended)
    return whole


def unmet(
    case: StepCase, subject: Find, thing: Thing, arguments: Sequence[Argument]
) -> list[Difference]:
    """Return the arguments that a thing does not meet, with what is there."""
    state, kind = thing.state or {}, KINDS[subject.kind]
    return differences(case.step, arguments, state, kind, described=is_whole(case, thing))


def entailed(case: StepCase, subject: Find, thing: Thing) -> list[Difference]:
    """Return what a step brings about beside what it sends, where the row asks for it."""
    kind, state, described = KINDS[subject.kind], thing.state or {}, is_whole(case, thing)
    found = []
    for path, col in case.step.entails.items():
        wanted, place = case.row.values.get(col.name), tuple(path.split("."))
        old = state_value(state, place, kind, described=described)
        if wanted is None or col.name in case.row.defaulted or wanted == old.value:
            continue
        found.append(Difference(Argument(place, wanted, col.name), old))
    return found


def is_whole(case: StepCase, thing: Thing) -> bool:
    """Tell whether a state is to be read as a whole one: it is, or will be before it counts."""
    return thing.described or has_any(case.row.values, case.context.described_by[case.address])
