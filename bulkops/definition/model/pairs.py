"""Lists whose elements are a name and a value each, so that a cell may say them as key=value."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from bulkops.definition.model.member_paths import EACH
from bulkops.definition.model.operations import MemberFacts
from bulkops.definition.model.shapes import Shape

_VALUE = "value"


class Pair(NamedTuple):
    """The two members of such an element."""

    name: str
    value: str

    def elements(self, entries: Mapping[str, Any]) -> list[dict[str, Any]]:
        """Return the entries of a map as the elements of the list."""
        return [{self.name: key, self.value: value} for key, value in entries.items()]

    def entries(self, elements: Any) -> Any:  # noqa: ANN401  # JSON
        """Return the elements of a list as the entries of a map; what is no such list as it is."""
        if not isinstance(elements, list | tuple):
            return elements
        return {each[self.name]: each[self.value] for each in elements}


def pair_at(members: Mapping[str, MemberFacts], path: str) -> Pair | None:
    """Return the pair that the elements of an operation's list are; None where they are not."""
    inside = f"{path}{EACH}."
    return _pair({each.removeprefix(inside) for each in members if each.startswith(inside)})


def pair_in(shape: Shape) -> Pair | None:
    """Return the pair that the elements of a list's shape are; None where they are not."""
    if shape.type_name != "list" or shape.member.type_name != "structure":
        return None
    return _pair(set(shape.member.members))


def _pair(names: set[str]) -> Pair | None:
    values = {name for name in names if name.casefold() == _VALUE}
    if len(names) != len((*values, "")) or len(values) != 1:
        return None
    (value,), (name,) = values, names - values
    return Pair(name, value)
