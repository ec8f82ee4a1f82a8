"""How the members of requests and replies are written: dotted paths, and what a name tells."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

EACH = "[]"
"""Stands in a path for any element of the list before it: `QueueConfigs[].Priority`."""


def at_key(member: str, value: object) -> str:
    """Return what stands in a path for the element of a list whose member has a value."""
    return f"[{member}={value}]"


def key_at(place: str) -> tuple[str, str] | None:
    """Return the (member, value) by which a place in a path names a list's element, if it does."""
    member, sign, value = place.removeprefix("[").removesuffix("]").partition("=")
    return (member, value) if sign and place.startswith("[") else None


def dotted(path: Iterable[str]) -> str:
    """Return a path as the facts of an operation name it: `QueueConfigs[].Priority`."""
    return ".".join(EACH if name[0] == "[" else name for name in path).replace(f".{EACH}", EACH)


def under(path: str, name: str) -> str:
    """Return the dotted path of a member inside a structure; an empty path is the request."""
    return f"{path}.{name}" if path else name


def value_at(value: Any, path: Iterable[str]) -> Any:  # noqa: ANN401  # JSON
    """Return what stands at a path inside a value; None where there is nothing."""
    for name in path:
        value = value.get(name) if isinstance(value, Mapping) else None
    return value


def put_at(structure: dict[str, Any], path: Sequence[str], value: Any) -> None:  # noqa: ANN401  # JSON
    """Put a value at a path inside a structure, making the structures around it."""
    *outer, name = path
    for member in outer:
        structure = structure.setdefault(member, {})
    structure[name] = value


def value_at_dotted(value: Any, path: str) -> Any:  # noqa: ANN401  # JSON
    """Return what stands at a dotted path; None where there is nothing; empty: the value itself."""
    return value_at(value, path.split(".") if path else ())


def holds_arn(member: str) -> bool:
    """Tell whether a member holds a thing's ARN, by the end of its name; others hold its id."""
    return member.lower().removesuffix("value").endswith("arn")


def id_in_arn(arn: str) -> str:
    """Return the id with which a thing's ARN ends."""
    return arn.rpartition("/")[2]
