"""Entries of a map of a thing's, such as its tags: those that a row adds, changes or takes off."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from bulkops.definition.job import Step
from bulkops.definition.model.operations import operation
from bulkops.planning.calls.argument import Argument
from bulkops.planning.diff.comparison import Difference
from bulkops.planning.diff.state import StateValue
from bulkops.planning.rows.cells import Flaw


class Added(NamedTuple):
    """What is sent of a map's entries, what of them is different, and what puts the others back.

    `undo` None: all of them are new, so that they are taken off.
    """

    sent: list[Argument]
    found: list[Difference]
    undo: list[Argument] | None


def added(arguments: Sequence[Argument], found: Iterable[Difference]) -> Added:
    """Cut maps to the entries that are not there with the value that a row gives them."""
    cut = {each.argument.path: _cut(each) for each in found}
    maps = {path: each.old.value for path, each in cut.items() if _is_map(each.argument)}
    sent = [cut[each.path].argument if each.path in cut else each for each in arguments]
    back = [each._replace(value=maps.get(each.path, each.value)) for each in arguments]
    return Added(sent, list(cut.values()), back if any(maps.values()) else None)


def _is_map(argument: Argument) -> bool:
    return isinstance(argument.value, Mapping)


def _cut(found: Difference) -> Difference:
    argument, old = found
    if not _is_map(argument):
        return found
    held = old.value or {}
    new = {key: value for key, value in argument.value.items() if held.get(key) != value}
    before = {key: held[key] for key in new if key in held}
    return Difference(argument._replace(value=new), StateValue(before, known=old.known))


def too_many(service: str, step: Step, argument: Argument, state: Mapping[str, Any]) -> Flaw | None:
    """Say that a thing would have more entries than it can, with those that it has already."""
    if not _is_map(argument):
        return None
    most = operation(service, step.operation).member(argument.dotted).limits.maximum
    whole = len({**held_map(state, argument.path[0]), **argument.value})
    if most is None or whole <= most:
        return None
    return Flaw(
        code="wrong-count",
        message=f"{argument.field}: with those that are there it would be {whole};"
        f" allowed: at most {most:g}",
        allowed=f"at most {most:g}",
    )


def held_map(state: Mapping[str, Any], member: str) -> Mapping[str, Any]:
    """Return a map of a thing's, by its name in the write; a read may begin it with a capital."""
    held = state.get(member) or state.get(f"{member[:1].upper()}{member[1:]}")
    return held if isinstance(held, Mapping) else {}


def there(argument: Argument, state: Mapping[str, Any]) -> dict[str, Any]:
    """Return those entries of a thing's map whose keys an argument has."""
    held = held_map(state, argument.held)
    return {key: held[key] for key in argument.value or () if key in held}
