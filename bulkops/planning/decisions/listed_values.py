"""Cells that must hold one of the values that a named thing lists."""

from __future__ import annotations

from collections.abc import Sequence

from bulkops.definition.kinds.found_things import Among
from bulkops.definition.model.member_paths import value_at_dotted
from bulkops.definition.thing_kinds import KINDS
from bulkops.planning.decisions.step_case import StepCase
from bulkops.planning.inventory import Thing
from bulkops.planning.rows.cells import Flaw
from bulkops.suggestions import Choices, Hint

_SHOWN = 10
"""Values named in a sentence."""


def note_strangers(case: StepCase) -> None:
    """Note the cells of a step that hold none of the values that their thing lists."""
    for column, among in case.step.among.items():
        value = case.row.values.get(column)
        listed = _listed(case, among)
        if listed is None or value is None or str(value) in listed:
            continue
        name = case.name_of(among.of)
        kind = among.of.kind
        need = case.context.listed.get((kind, KINDS[kind].key_of(name), str(value)))
        if need is None:
            case.found.add(column, _stranger(str(value), name, among, listed))
        else:
            case.found.need(case.address, need)


def _listed(case: StepCase, among: Among) -> Sequence[str] | None:
    """Return the values that a row's thing lists; None where that is not to be seen."""
    thing = case.context.names.one(among.of.kind, case.name_of(among.of))
    if not isinstance(thing, Thing) or thing.state is None:
        return None
    return [str(each) for each in value_at_dotted(thing.state, among.path) or ()]


def _stranger(value: str, name: str, among: Among, listed: Sequence[str]) -> Flaw:
    more = f", … ({len(listed)} in all)" * (len(listed) > _SHOWN)
    allowed = f"{', '.join(listed[:_SHOWN])}{more}" or "it has none"
    return Flaw(
        code="not-a-value",
        message=f'"{value}" is not a value of the {KINDS[among.of.kind].noun} "{name}";'
        f" allowed: {allowed}",
        found=value,
        allowed=allowed,
        hint=Hint(Choices(listed), value),
    )
