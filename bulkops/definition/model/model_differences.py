"""Whether a file is a service model that can be used, and what it brings beside another."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

_VERSION = re.compile(r"\d{4}-\d{2}-\d{2}")
_PROTOCOLS = frozenset({"json", "rest-json", "query", "ec2", "rest-xml"})
_TYPES = frozenset(
    {
        *("structure", "list", "map", "string", "integer", "long", "float", "double", "boolean"),
        *("timestamp", "blob", "character", "bigdecimal", "biginteger", "short", "byte"),
    }
)
_MOST_SHAPES = 50_000
_MOST_FAULTS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Brought:
    """What a model has beside another one. `members` are "Shape.member"; `lost` it has not."""

    operations: tuple[str, ...] = ()
    members: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()


def model_faults(description: object) -> tuple[str, ...]:
    """Return what keeps a value from being a service model, the first few faults."""
    if not isinstance(description, Mapping):
        return ("it is no JSON object",)
    missing = [
        part
        for part in ("metadata", "operations", "shapes")
        if not isinstance(description.get(part), Mapping)
    ]
    if missing:
        return (f"it has no {' and no '.join(missing)}",)
    found: list[str] = []
    for fault in _faults(description):
        found.append(fault)
        if len(found) == _MOST_FAULTS:
            break
    return tuple(found)


def _faults(model: Mapping[str, Any]) -> Iterator[str]:
    about = model["metadata"]
    if not _VERSION.fullmatch(str(about.get("apiVersion", ""))):
        yield "its metadata say no apiVersion such as 2017-08-08"
    if not {about.get("protocol"), *_listed(about.get("protocols"))} & _PROTOCOLS:
        yield f"its protocol is {about.get('protocol')!r}, and not {', '.join(sorted(_PROTOCOLS))}"
    if not about.get("endpointPrefix"):
        yield "its metadata say no endpointPrefix"
    if not model["operations"]:
        yield "it has no operations"
    if len(model["shapes"]) > _MOST_SHAPES:
        yield f"it has more than {_MOST_SHAPES:,} shapes"
    else:
        yield from _parts_at_fault(model)


def _parts_at_fault(model: Mapping[str, Any]) -> Iterator[str]:
    for name, shape in model["shapes"].items():
        if not isinstance(shape, Mapping) or shape.get("type") not in _TYPES:
            yield f"its shape {name} has no type that is known"
    for name, operation in model["operations"].items():
        if not isinstance(operation, Mapping) or not isinstance(operation.get("http"), Mapping):
            yield f"its operation {name} says no http method and path"
    for name in sorted(_referred_to(model) - model["shapes"].keys()):
        yield f"it has no shape {name}, which it refers to"


def _listed(value: object) -> list[object]:
    return value if isinstance(value, list) else []


def _referred_to(model: Mapping[str, Any]) -> set[str]:
    """Return the names of all shapes that operations and shapes refer to."""
    found: set[str] = set()
    left: list[Any] = [*model["operations"].values(), *model["shapes"].values()]
    while left:
        value = left.pop()
        if not isinstance(value, Mapping):
            continue
        found |= {value["shape"]} if isinstance(value.get("shape"), str) else set()
        left.extend(value.get(part) for part in ("input", "output", "member", "key", "value"))
        left.extend(_listed(value.get("errors")))
        members = value.get("members")
        left.extend(members.values() if isinstance(members, Mapping) else ())
    return found


def brought(old: Mapping[str, Any] | None, new: Mapping[str, Any]) -> Brought:
    """Return what a model has beside an older one, which may be none at all."""
    if old is None:
        return Brought(operations=tuple(sorted(new["operations"])))
    more = sorted(new["operations"].keys() - old["operations"].keys())
    members = (
        f"{shape}.{name}"
        for shape in sorted(old["shapes"].keys() & new["shapes"].keys())
        for name in sorted(_members(new, shape) - _members(old, shape))
    )
    lost = sorted(old["operations"].keys() - new["operations"].keys())
    return Brought(operations=tuple(more), members=tuple(members), lost=tuple(lost))


def _members(model: Mapping[str, Any], shape: str) -> set[str]:
    return set(model["shapes"][shape].get("members", ()))
