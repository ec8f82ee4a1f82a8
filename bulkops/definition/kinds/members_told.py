"""What an operation takes, and what an answer tells of the same, by the shapes of the model."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from bulkops.definition.model.member_paths import under
from bulkops.definition.model.operation_words import REMOVING, makers, words_of
from bulkops.definition.model.operations import (
    filled_member,
    is_secret,
    operation_model,
    operations,
)
from bulkops.definition.model.shapes import Shape

_ADDRESSES = frozenset({"string", "integer", "long"})
"""Types of what may address a thing."""
_NUMBERS = frozenset({"integer", "long", "float", "double"})


def leaves_of(
    shape: Shape, path: str = "", above: tuple[str, ...] = ()
) -> Iterator[tuple[str, Shape]]:
    """Yield (dotted path, shape) of what a cell may fill, as the columns of a derived job do."""
    for name, member in shape.members.items():
        inside: list[tuple[str, Shape]] = []
        if member.type_name == "structure" and not (
            member.name in above or member.is_document_type
        ):
            further = (*above, member.name)
            inside = list(leaves_of(member, under(path, name), further))
        yield from inside or [(under(path, name), member)]


@dataclass(frozen=True, eq=False)
class Write:
    """What an operation takes: what may address a thing, and what says how it is."""

    service: str
    name: str
    shape: Shape

    @cached_property
    def given(self) -> dict[str, str]:
        """The single values that must be given, each with its type; no secret is one."""
        return {
            name: self._singles[name]
            for name in self.shape.required_members
            if name in self._singles
        }

    @cached_property
    def optional(self) -> dict[str, str]:
        """The single values that may be left out."""
        return {name: kind for name, kind in self._singles.items() if name not in self.given}

    @cached_property
    def _singles(self) -> dict[str, str]:
        filled = filled_member(self.service)
        return {
            name: member.type_name
            for name, member in self.shape.members.items()
            if member.type_name in _ADDRESSES and name != filled
            if not is_secret(self.service, member)
        }

    @cached_property
    def setting(self) -> str:
        """The operation that sets what is told: itself, or what makes again what it takes away."""
        if words_of(self.name).verb not in REMOVING:
            return self.name
        known = operations(self.service)
        return next((name for name in makers(self.name) if name in known), self.name)

    @cached_property
    def leaves(self) -> list[tuple[str, Shape]]:
        """What is set by that operation."""
        shape = operation_model(self.service, self.setting).input_shape
        return [] if shape is None else list(leaves_of(shape))

    def model(self, operation: str) -> tuple[Shape, Shape] | None:
        """Return what an operation of the service takes and answers; None where it has neither."""
        if operation not in operations(self.service):
            return None
        model = operation_model(self.service, operation)
        if model.input_shape is None or model.output_shape is None:
            return None
        return model.input_shape, model.output_shape


def best_told(write: Write, answered: Shape, parts: Mapping[str, str]) -> dict[str, str]:
    """Return what an answer tells of the write's members: at its top, or inside one structure."""
    inside = [name for name, each in answered.members.items() if each.type_name == "structure"]
    found = [told_by(write, answered, "", parts)]
    found += [told_by(write, answered.members[name], f"{name}.", parts) for name in inside]
    return max(found, key=len)


def told_by(write: Write, holder: Shape, before: str, parts: Mapping[str, str]) -> dict[str, str]:
    """Return path of the write → path of the answer, of what means the same by its form.

    A write whose values all stand in one structure may be answered without that one.
    """
    leaves = [(path, shape) for path, shape in write.leaves if path not in parts]
    held = {path: found for path, _ in leaves if (found := _at(holder, path)) is not None}
    told = {
        path: path for path, shape in leaves if path in held and _tells(write, shape, held[path])
    }
    heads = {path.partition(".")[0] for path, _ in leaves if "." in path}
    if not told and len(heads) == 1:
        for path, shape in leaves:
            rest = path.partition(".")[2]
            within = _at(holder, rest) if rest else None
            if within is not None and _tells(write, shape, within):
                told[path] = rest
    return {path: f"{before}{where}" for path, where in told.items()}


def _at(shape: Shape, path: str) -> Shape | None:
    found: Shape | None = shape
    for name in path.split("."):
        if found is None or found.type_name != "structure":
            return None
        found = found.members.get(name)
    return found


def _tells(write: Write, mine: Shape, theirs: Shape) -> bool:
    """Tell whether a value of an answer can be compared with one of the write."""
    return not is_secret(write.service, mine) and is_of_form(mine, theirs)


def is_of_form(mine: Shape, theirs: Shape, depth: int = 0) -> bool:
    """Tell whether two shapes hold the same sort of value; structures may tell more, or less."""
    if depth > _DEEP:
        return False
    match mine.type_name:
        case "list":
            return theirs.type_name == "list" and is_of_form(mine.member, theirs.member, depth + 1)
        case "map":
            return theirs.type_name == "map" and is_of_form(mine.value, theirs.value, depth + 1)
        case "structure":
            shared = mine.members.keys() & theirs.members.keys()
            return (
                theirs.type_name == "structure"
                and (bool(shared) or not mine.members)
                and shared >= set(mine.required_members)
                and all(
                    is_of_form(mine.members[each], theirs.members[each], depth + 1)
                    for each in shared
                )
            )
        case name if name in _NUMBERS:
            return theirs.type_name in _NUMBERS
        case name:
            return theirs.type_name == name


_DEEP = 8
"""Levels of structures that are compared: recursive ones end nowhere."""
