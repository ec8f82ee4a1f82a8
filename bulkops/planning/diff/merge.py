"""What an update sends beside what the row sets, and what would take it back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from bulkops.definition.batch_limits import batched_member
from bulkops.definition.job import Step
from bulkops.definition.kinds import ThingKind
from bulkops.definition.model.operations import operation
from bulkops.definition.relations import RelationKind
from bulkops.planning.calls.arguments import EACH, Argument, Path
from bulkops.planning.diff.state import kept, state_value
from bulkops.planning.rows.clear_values import emptied


def completed(
    service: str, step: Step, settings: Sequence[Argument], image: Mapping[str, Any]
) -> list[Argument]:
    """Return the settings with what they leave out of a structure as the thing has it now.

    An update replaces a structure as a whole: what the row does not speak of must not be lost.
    A default serves only where the thing has nothing.
    """
    known = operation(service, step.operation).members
    members = {each.path[0] for each in settings if len(each.path) > 1 and not each.addresses}
    given = {each.path for each in settings if not each.default}
    held = {
        path: value
        for member in sorted(members)
        for path, value in kept(image, member, known).items()
        if path not in given
    }
    return _with_held(settings, held)


def completed_entry(
    service: str,
    step: Step,
    settings: Sequence[Argument],
    relation: RelationKind,
    entry: Mapping[str, Any],
) -> list[Argument]:
    """Return the settings of a batch's element with the values that the list's entry has."""
    known = operation(service, step.operation).members
    given = {each.path for each in settings if not each.default}
    held: dict[Path, Any] = {}
    for path, value in entry_values(step, relation, entry):
        dotted = Argument(path=path, value=value).dotted
        if dotted in known and path not in given:
            held[path] = value
    return _with_held(settings, held)


def entry_values(
    step: Step, relation: RelationKind, entry: Mapping[str, Any]
) -> Iterator[tuple[Path, Any]]:
    """Yield (path in a step's params, value) of what a list's entry holds beside its identity."""
    member = batched_member(step)
    for mine, theirs in relation.values.items():
        if theirs in entry:
            yield (member, EACH, *mine.split(".")), entry[theirs]


def undo_of_update(
    service: str,
    step: Step,
    settings: Iterable[Argument],
    image: Mapping[str, Any],
    kind: ThingKind,
    *,
    described: bool,
) -> list[Argument] | None:
    """Return the settings that put back what was there; None where that is not known."""
    back: list[Argument] = []
    for setting in settings:
        if setting.addresses:
            back.append(setting)
            continue
        old = state_value(image, setting.path, kind, described=described)
        if not old.known:
            return None
        if old.value in (None, "", [], {}):
            empty = emptied(service, step, setting.dotted)
            if empty is None:
                return None
            back.append(replace(setting, value=empty.value))
        else:
            back.append(replace(setting, value=old.value))
    return back


def _with_held(settings: Iterable[Argument], held: Mapping[Path, Any]) -> list[Argument]:
    """Return settings and held values together; where both speak, what is held is no default."""
    mine = [each for each in settings if each.path not in held]
    return [*mine, *(Argument(path=path, value=value) for path, value in held.items())]
