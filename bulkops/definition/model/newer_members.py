"""Members of an answer that the model does not know: which they are, and where they stand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from bulkops.definition.model.member_paths import EACH, under


class PartlyKnown(dict[str, Any]):
    """A structure as its model knows it; `unknown` are the members that were answered beside."""

    __slots__ = ("unknown",)

    def __init__(self, members: Mapping[str, Any], unknown: Sequence[str]) -> None:
        super().__init__(members)
        self.unknown = tuple(unknown)


def like(answered: Mapping[str, Any], made: dict[str, Any]) -> dict[str, Any]:
    """Return what was made of an answered structure, knowing as little as that one did."""
    return PartlyKnown(made, answered.unknown) if isinstance(answered, PartlyKnown) else made


def unknown_at_top(value: object) -> tuple[str, ...]:
    """Return the members of a structure that its model did not know."""
    return value.unknown if isinstance(value, PartlyKnown) else ()


def unknown_in(value: Any, path: str = "") -> Iterator[str]:  # noqa: ANN401  # JSON
    """Yield the dotted paths of all members in a value that its model did not know."""
    if isinstance(value, Mapping):
        if isinstance(value, PartlyKnown):
            yield from (under(path, name) for name in value.unknown)
        for name, inner in value.items():
            yield from unknown_in(inner, under(path, name))
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from unknown_in(inner, f"{path}{EACH}")
