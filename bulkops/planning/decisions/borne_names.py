"""What something new is given so that it is found by what its row calls it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bulkops.definition.kinds.found_things import Find
from bulkops.definition.thing_kinds import KINDS
from bulkops.planning.calls.argument import Argument
from bulkops.planning.decisions.step_case import StepCase
from bulkops.planning.rows.cells import Flaw


def bearing_its_name(
    case: StepCase, subject: Find, arguments: Iterable[Argument]
) -> Iterator[Argument]:
    """Yield arguments, with the name of a thing that is sought by it among what it is made with.

    What keeps it from bearing that name is noted.
    """
    given = list(arguments)
    yield from given
    sought = KINDS[subject.kind].sought
    if sought is None:
        return
    key, value = sought.parts(case.name_of(subject))
    members = sought.borne.get(key, ())
    said = {each.path[0]: each for each in given if each.path[0] in members}
    if not members:
        case.found.add(subject.by.name, _unborne(subject, key, tuple(sought.borne)))
    elif members[0] not in said and all(each.value != value for each in said.values()):
        yield Argument((members[0],), value, subject.by.name)
    elif all(each.value != value for each in said.values()):
        case.found.add(subject.by.name, _other(said[members[0]], value))


def _unborne(subject: Find, key: str, keys: tuple[str, ...]) -> Flaw:
    noun = KINDS[subject.kind].noun
    return Flaw(
        code="not-for-new",
        message=f"nothing is found by this {key}, and a new {noun} can't be given one",
        found=key,
        allowed=", ".join(keys),
        hint=f"Call a new {noun} by one of these.",
    )


def _other(said: Argument, value: str) -> Flaw:
    return Flaw(
        code="not-its-name",
        message=f"it is looked for by {value}, and {said.field} says {said.value}:"
        " once made, it would not be found",
        found=value,
        allowed=str(said.value),
        hint=f"Write the same in both, or leave {said.field} blank.",
    )
