"""What a thing's state tells of a member."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any, NamedTuple

from bulkops.definition.call_marks import TAGS, unmarked
from bulkops.definition.kinds.thing_kind import ThingKind
from bulkops.definition.model.member_paths import EACH, dotted, key_at
from bulkops.definition.model.operations import operation
from bulkops.planning.calls.argument import Path
from bulkops.planning.calls.keyed_elements import elements_by
from bulkops.planning.rows.cells import LaterText


class StateValue(NamedTuple):
    """What stands at a place of a state. `known` False: the state does not tell."""

    value: Any = None
    known: bool = True


_UNKNOWN = StateValue(known=False)


def state_value(
    state: Mapping[str, Any], path: Path, kind: ThingKind, *, described: bool
) -> StateValue:
    """Return what a state says of a member, by its name in the write.

    A member that is not there is empty, unless the operation that the state came from never
    answers it: `described` tells Describe from Search. The tag that tells which call made a thing
    is not part of what people set.
    """
    value: Any = state
    if path[0] in kind.read_as:
        path = (kind.read_as[path[0]], *path[1:])
    for name in path:
        if name[0] == "[":
            value = _element_at(value, name)
        elif not isinstance(value, Mapping):
            return _UNKNOWN
        else:
            value = value.get(name, value.get(_capital(name)))
        if value is None:
            return StateValue() if _answers(kind, path, described=described) else _UNKNOWN
    if is_tags(path) and isinstance(value, Mapping):
        value = unmarked(value)
    return StateValue(str(value) if isinstance(value, LaterText) else value)


def is_tags(path: Path) -> bool:
    """Tell whether a path is that of a thing's tags."""
    return len(path) == 1 and _capital(path[0]) == TAGS


def _element_at(elements: Any, place: str) -> Any:  # noqa: ANN401  # JSON
    """Return the element of a list that a place in a path names by its key; None for none."""
    member, key = key_at(place) or ("", "")
    return next((each for each in elements if str(each.get(member)) == key), None)


def kept(
    state: Mapping[str, Any], member: str, known: Mapping[str, Any], by: str = ""
) -> dict[Path, Any]:
    """Return what a state holds inside a structure, as far as the operation takes it.

    `known` are the operation's members by dotted path. `by` is what tells the elements of a list
    apart, which is gone into then.
    """
    held: dict[Path, Any] = {}
    value = state.get(member)
    if by:
        for place, element in elements_by(value or (), by).items():
            _keep(element, (member, place), known, held)
    else:
        _keep(value, (member,), known, held)
    return held


def _keep(value: Any, path: Path, known: Mapping[str, Any], held: dict[Path, Any]) -> None:  # noqa: ANN401
    """Gather the values of a structure; empty ones say nothing."""
    facts = known.get(dotted(path))
    if facts is None or value in (None, ""):
        return
    if facts.type != "structure":
        held[path] = value
        return
    for name, inner in value.items():
        _keep(inner, (*path, name), known, held)


def amended(value: StateValue, kind: ThingKind, path: Path, given: Any) -> StateValue:  # noqa: ANN401  # JSON
    """Return of a map that a write only amends the entries that it names; all else as it is."""
    names = kind.address.amends if kind.address is not None else ()
    if dotted(path) not in names or not isinstance(given, Mapping) or not value.known:
        return value
    held = value.value or {}
    return StateValue({key: held[key] for key in given if key in held})


def _answers(kind: ThingKind, path: Path, *, described: bool) -> bool:
    if kind.address is not None:
        return dotted(path) in kind.address.told
    if not described and is_hidden(kind, path):
        return False
    answered = _answered(kind, described=described)
    return dotted(path) in answered or dotted((_capital(path[0]), *path[1:])) in answered


def is_answered(kind: ThingKind, path: Path) -> bool:
    """Tell whether the read that tells most of a thing tells what stands at a path of its state."""
    path = (kind.read_as.get(path[0], path[0]), *path[1:])
    return _answers(kind, path, described=True)


def is_hidden(kind: ThingKind, path: Path) -> bool:
    """Tell whether only a Describe operation tells what stands at a path of a kind's states."""
    plain = dotted(path).replace(EACH, "")
    return any(plain == each or plain.startswith(f"{each}.") for each in kind.described_only)


@cache
def _answered_by(service: str, name: str, item: str) -> frozenset[str]:
    output = operation(service, name).output
    return frozenset(path.removeprefix(item) for path in output if path.startswith(item))


def _answered(kind: ThingKind, *, described: bool) -> frozenset[str]:
    """Return the paths that a state of a kind may hold."""
    beside = {each.member for each in (kind.beside,) if each is not None}
    own = {each.member for each in (kind.own_list,) if each is not None and described}
    told = _told(kind, described=described)
    renamed = {mine for path, mine in kind.written_as.items() if path in told}
    return told | beside | own | renamed


def _told(kind: ThingKind, *, described: bool) -> frozenset[str]:
    if kind.describe is not None and (described or kind.search is None):
        told = _answered_by(kind.service, kind.describe.operation, kind.describe.begins)
        more = kind.further
        return told | (_answered_by(kind.service, more.operation, more.begins) if more else set())
    if kind.search is not None:
        return _answered_by(kind.service, kind.search.operation, f"{kind.search.items}{EACH}.")
    return frozenset()


def _capital(name: str) -> str:
    return name[:1].upper() + name[1:]
