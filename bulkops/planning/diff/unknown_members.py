"""What a thing has that the installed service model does not know: no plan loses it unsaid."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bulkops.definition.job import Step
from bulkops.definition.kinds.found_things import Find
from bulkops.definition.kinds.thing_kind import ThingKind
from bulkops.definition.model.newer_members import unknown_at_top, unknown_in
from bulkops.definition.model.replacing_operations import replaces_all
from bulkops.definition.thing_kinds import KINDS
from bulkops.planning.calls.argument import Argument
from bulkops.planning.diff.comparison import Difference
from bulkops.planning.diff.state import StateValue, state_value
from bulkops.planning.inventory import Thing
from bulkops.planning.rows.cells import Flaw

_OF_A_NEWER_MODEL = "(of a newer service model)"


def lost(
    service: str, step: Step, subject: Find, thing: Thing, arguments: Iterable[Argument]
) -> Iterator[tuple[str, Flaw]]:
    """Yield (field, flaw) for what an update would erase; of what no cell gives, no field.

    It sends structures and lists whole, made of an answer in which the model did not place all.
    """
    sent = [each for each in arguments if not each.addresses]
    state, kind = thing.state or {}, KINDS[subject.kind]
    found: dict[str, str] = {}
    if replaces_all(service, step.operation) and sent:
        found = dict.fromkeys(unknown_at_top(state), sent[0].field)
    for argument in sent:
        head = argument.path[:1]
        told = state_value(state, head, kind, described=True).value
        for path in unknown_in(told, head[0]):
            found.setdefault(path, argument.field)
    for column in dict.fromkeys(found.values()):
        paths = [path for path, field in found.items() if field == column]
        yield column, _loses(service, step, subject, thing, paths)


def _loses(service: str, step: Step, subject: Find, thing: Thing, paths: list[str]) -> Flaw:
    return Flaw(
        code="would-lose",
        message=f'the {KINDS[subject.kind].noun} "{thing.name}" has {", ".join(paths)}, which the'
        f" service model that is installed does not know: {step.operation} would erase it",
        found=thing.name,
        hint=f"Let a newer model in (`bulkops models add FILE --service {service}`),"
        " or leave this cell blank.",
    )


def appeared(sent: Iterable[str], thing: Thing, kind: ThingKind) -> Iterator[Difference]:
    """Yield what stands now in the members that a call set whole, and the model does not know.

    The call was not made where that stood there before: somebody has set it since.
    """
    for member in sent:
        told = state_value(thing.state or {}, (member,), kind, described=True).value
        for path in unknown_in(told, member):
            yield Difference(Argument((path,), None, path), StateValue(_OF_A_NEWER_MODEL))


def not_kept(subject: Find, thing: Thing) -> Iterator[Flaw]:
    """Yield that what is kept of a thing to be deleted lacks what the model does not know."""
    paths = list(dict.fromkeys(unknown_in(thing.state)))
    if paths:
        yield Flaw(
            code="not-kept-whole",
            message=f'of the {KINDS[subject.kind].noun} "{thing.name}" undo makes again all but'
            f" {', '.join(paths)}, which the service model that is installed does not know",
            found=thing.name,
            hint="Let a newer model in first: `bulkops models add FILE`.",
        )


def levelled(step: Step, subject: Find, thing: Thing) -> Iterator[Flaw]:
    """Yield that a step sets alike what another job has set apart."""
    state = thing.state or {}
    for path, job in step.levels.items():
        if state.get(path) or path in unknown_at_top(state):
            yield Flaw(
                code="set-alike",
                message=f'the {KINDS[subject.kind].noun} "{thing.name}" has {path}:'
                f" {step.operation} sets them all alike, and undo does not set them apart again",
                found=thing.name,
                hint=f"The job {job} sets each by itself.",
            )
