"""What a thing has that the installed service model does not know: no plan loses it unsaid."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from bulkops.definition.expressions import Find
from bulkops.definition.model.newer_members import PartlyKnown, unknown_in
from bulkops.definition.model.replacing_operations import replaces_all
from bulkops.definition.thing_kinds import KINDS
from bulkops.planning.calls.argument import Argument
from bulkops.planning.decisions.step_case import StepCase
from bulkops.planning.diff.state import state_value
from bulkops.planning.inventory import Thing
from bulkops.planning.rows.cells import Flaw


def note_lost(case: StepCase, subject: Find, thing: Thing, arguments: Iterable[Argument]) -> None:
    """Note what an update would erase: it sets structures and lists whole, as far as it knows them.

    What it sends of them is made of an answer in which the model did not place everything.
    """
    sent = [each for each in arguments if not each.addresses]
    state, kind = thing.state or {}, KINDS[subject.kind]
    lost: dict[str, str] = {}
    if replaces_all(case.context.job.service, case.step.operation) and sent:
        lost = dict.fromkeys(_own(state), sent[0].field)
    for argument in sent:
        head = argument.path[:1]
        told = state_value(state, head, kind, described=True).value
        for path in unknown_in(told, head[0]):
            lost.setdefault(path, argument.field)
    for column in dict.fromkeys(lost.values()):
        paths = [path for path, field in lost.items() if field == column]
        case.found.add(_cell(case, subject, column), _loses(case, subject, thing, paths))


def _own(state: Mapping[str, Any]) -> Iterable[str]:
    return state.unknown if isinstance(state, PartlyKnown) else ()


def _cell(case: StepCase, subject: Find, field: str) -> str:
    """Return the column that a field is of; what is sent as it was has none, and is of the name."""
    return field if field in case.row.values else subject.by.name


def _loses(case: StepCase, subject: Find, thing: Thing, paths: list[str]) -> Flaw:
    service, noun = case.context.job.service, KINDS[subject.kind].noun
    return Flaw(
        code="would-lose",
        message=f'the {noun} "{thing.name}" has {", ".join(paths)}, which the service model that is'
        f" installed does not know: {case.step.operation} would erase it",
        found=thing.name,
        hint=f"Let a newer model in (`bulkops models add FILE --service {service}`),"
        " or leave this cell blank.",
    )


def note_not_kept(case: StepCase, subject: Find, thing: Thing) -> None:
    """Warn that what is kept of a thing to be deleted lacks what the model does not know."""
    paths = list(dict.fromkeys(unknown_in(thing.state)))
    if paths:
        flaw = Flaw(
            code="not-kept-whole",
            message=f'of the {KINDS[subject.kind].noun} "{thing.name}" undo makes again all but'
            f" {', '.join(paths)}, which the service model that is installed does not know",
            found=thing.name,
            hint="Let a newer model in first: `bulkops models add FILE`.",
        )
        case.found.warnings.append((subject.by.name, flaw))


def note_levelled(case: StepCase, subject: Find, thing: Thing) -> None:
    """Warn that a step sets alike what another job has set apart."""
    for path, job in case.step.levels.items():
        state = thing.state or {}
        if state.get(path) or path in _own(state):
            noun = KINDS[subject.kind].noun
            flaw = Flaw(
                code="set-alike",
                message=f'the {noun} "{thing.name}" has {path}: {case.step.operation} sets them'
                " all alike, and undo does not set them apart again",
                found=thing.name,
                hint=f"The job {job} sets each by itself.",
            )
            case.found.warnings.append((subject.by.name, flaw))
