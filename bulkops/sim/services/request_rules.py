"""Requests against the service model: what every operation checks before it looks at anything.

The rules are those of the SDK's copy of the model. Patterns that the model writes in another
dialect, and limits that only the documentation or the service itself state, stand corrected in
`PATTERNS` and `MAXIMA`, by shape.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from bulkops.definition.model.shapes import Shape
from bulkops.sim.state.refusals import ServiceError, invalid, missing

MAXIMA: Mapping[str, int] = {
    "ContactFlowName": 127,  # CloudFormation, AWS::Connect::ContactFlow, as for its description
    "ContactFlowDescription": 500,
    "AfterContactWorkTimeLimit": 2_000_000,  # CreateUser's documentation
    "RoutingProfileQueueReferenceList": 10,  # found by test (terraform-provider-aws PR 30895)
    "TagValue": 256,
    "QuickResponseContent": 4_000,  # API reference, CreateQuickResponse: newer than the SDK's model
}
PATTERNS: Mapping[str, str | None] = {
    "Password": r"(?=.*[a-z])(?=.*[A-Z])(?=.*\d)[a-zA-Z\d\S]{8,64}",
    "PhoneNumber": r"\+[1-9]\d{1,14}",
    "PhoneNumberPrefix": r"\+?[0-9]{1,11}",
    "S3Uri": r"s3://\S+/.+|https://\S+\.s3\.\S+\.amazonaws\.com/\S+",
    "TagKey": None,  # Unicode classes: sim.services.connect.tags
}
NUMBERS = frozenset({"integer", "long", "float", "double"})
TYPES: Mapping[str, type | tuple[type, ...]] = {
    "structure": Mapping,
    "map": Mapping,
    "list": (list, tuple),
    "string": str,
    "integer": int,
    "long": int,
    "float": (int, float),
    "double": (int, float),
    "boolean": bool,
    "timestamp": object,
    "blob": bytes,
}


class Rule:
    """What one shape of the model allows; shapes may hold themselves, so rules do too."""

    __slots__ = ("enum", "item", "kind", "maximum", "members", "minimum", "pattern", "required")

    def __init__(self) -> None:
        self.kind = ""
        self.minimum: float | None = None
        self.maximum: float | None = None
        self.enum: frozenset[str] = frozenset()
        self.pattern: re.Pattern[str] | None = None
        self.members: dict[str, Rule] = {}
        self.required: tuple[str, ...] = ()
        self.item: Rule | None = None


def rule_of(shape: Shape, known: dict[str, Rule]) -> Rule:
    """Return the rule of a shape; `known` holds those already made, by name."""
    if shape.name in known:
        return known[shape.name]
    rule = known[shape.name] = Rule()
    rule.kind = shape.type_name
    rule.minimum = shape.metadata.get("min")
    rule.maximum = MAXIMA.get(shape.name, shape.metadata.get("max"))
    rule.enum = frozenset(shape.metadata.get("enum", ()))
    rule.pattern = _pattern(shape.name, shape.metadata.get("pattern"))
    if rule.kind == "structure":
        rule.members = {name: rule_of(member, known) for name, member in shape.members.items()}
        rule.required = tuple(shape.required_members)
    elif rule.kind == "list":
        rule.item = rule_of(shape.member, known)
    elif rule.kind == "map":
        rule.item = rule_of(shape.value, known)
    return rule


def _pattern(name: str, modelled: str | None) -> re.Pattern[str] | None:
    pattern = PATTERNS.get(name, modelled)
    if pattern is None or r"\p" in pattern.casefold():
        return None
    return re.compile(pattern)


def check(rule: Rule, params: Mapping[str, Any]) -> None:
    """Refuse a request whose members are missing, of a wrong type, or outside what is allowed."""
    for path, expected in _mistyped(rule, params, ""):
        raise ServiceError("SerializationException", f"{path} can not be converted to {expected}")
    for path in _absent(rule, params, ""):
        raise missing(path)
    faults = list(_violations(rule, params, ""))
    if faults:
        noun = "error" if len(faults) == 1 else "errors"
        raise invalid(f"{len(faults)} validation {noun} detected: {'; '.join(faults)}")


def unknown(rule: Rule, params: Mapping[str, Any]) -> list[str]:
    """Return the paths of members that the model does not know: the service ignores them."""
    found: list[str] = []
    for path, inner, value in _parts(rule, params, ""):
        if inner is None:
            found.append(path)
        else:
            found.extend(f"{path}.{deeper}" for deeper in _unknown_inside(inner, value))
    return found


def _unknown_inside(rule: Rule, value: Any) -> list[str]:  # noqa: ANN401  # what was sent
    if rule.kind == "structure" and isinstance(value, Mapping):
        return unknown(rule, value)
    if rule.kind == "list" and rule.item is not None and isinstance(value, list | tuple):
        return [
            f"{number}.{path}"
            for number, item in enumerate(value, start=1)
            for path in _unknown_inside(rule.item, item)
        ]
    return []


def _parts(rule: Rule, value: Any, path: str) -> Iterator[tuple[str, Rule | None, Any]]:  # noqa: ANN401
    """Yield what lies directly inside a value: its path, its rule, and itself."""
    if rule.kind == "structure":
        for name, inner in value.items():
            if inner is not None:
                yield f"{path}{name}", rule.members.get(name), inner
    elif rule.kind == "list":
        for number, inner in enumerate(value, start=1):
            yield f"{path}{number}.member", rule.item, inner
    elif rule.kind == "map":
        for name, inner in value.items():
            yield f"{path}{name}.member", rule.item, inner


def _mistyped(rule: Rule, value: Any, path: str) -> Iterator[tuple[str, str]]:  # noqa: ANN401
    if not isinstance(value, TYPES[rule.kind]) or (
        rule.kind in NUMBERS and isinstance(value, bool)
    ):
        yield path, rule.kind
        return
    prefix = f"{path}." if path else ""
    for where, inner, part in _parts(rule, value, prefix):
        if inner is not None:
            yield from _mistyped(inner, part, where)


def _absent(rule: Rule, value: Any, path: str) -> Iterator[str]:  # noqa: ANN401  # what was sent
    prefix = f"{path}." if path else ""
    for name in rule.required:
        if value.get(name) is None:
            yield f"{prefix}{name}"
    for where, inner, part in _parts(rule, value, prefix):
        if inner is not None:
            yield from _absent(inner, part, where)


def _violations(rule: Rule, value: Any, path: str) -> Iterator[str]:  # noqa: ANN401  # what was sent
    for constraint in _broken(rule, value):
        yield f"Value at '{path}' failed to satisfy constraint: Member must {constraint}"
    prefix = f"{path}." if path else ""
    for where, inner, part in _parts(rule, value, prefix):
        if inner is not None:
            yield from _violations(inner, part, where)


def _broken(rule: Rule, value: Any) -> Iterator[str]:  # noqa: ANN401  # what was sent
    if rule.kind in NUMBERS:
        size, what = value, "have value"
    elif rule.kind in {"string", "list", "map", "blob"}:
        size, what = len(value), "have length"
    else:
        return
    if rule.minimum is not None and size < rule.minimum:
        yield f"{what} greater than or equal to {rule.minimum}"
    if rule.maximum is not None and size > rule.maximum:
        yield f"{what} less than or equal to {rule.maximum}"
    if rule.enum and value not in rule.enum:
        yield f"satisfy enum value set: [{', '.join(sorted(rule.enum))}]"
    if rule.pattern is not None and not rule.pattern.fullmatch(value):
        yield "satisfy the pattern of its type"
