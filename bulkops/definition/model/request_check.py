"""Whether the service would accept a request, as far as its model and the overrides say.

botocore's own validator knows required, unknown, type and minimum only: eleven queues, a channel
"VOIP" and a priority of 100 all pass it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from bulkops.definition.job import Identity
from bulkops.definition.model.member_paths import EACH, under
from bulkops.definition.model.operations import input_shape, is_secret, limits_of, shape_at
from bulkops.definition.model.shapes import Shape
from bulkops.definition.model.value_forms import said_type, wanted
from bulkops.definition.model.value_limits import (
    NOT_AS_ASKED,
    Breach,
    Limits,
    instant_breach,
    number_breach,
    size_breach,
    text_breach,
)
from bulkops.suggestions import nearest_hint

Skip = Callable[[object], bool]


class ViolationCode(StrEnum):
    """How a request breaks the model."""

    MISSING = "missing"  # a required member is not given
    UNKNOWN_MEMBER = "unknown-member"  # there is no such member
    NOT_ONE = "not-one"  # of a union, exactly one member is taken
    WRONG_TYPE = "wrong-type"  # a text where a number is taken, and so on
    OUT_OF_LIMITS = "out-of-limits"  # too long, too large, not of the form or the choice


@dataclass(frozen=True, slots=True, kw_only=True)
class Violation:
    """One way in which a request breaks the model.

    `path` is dotted, with the place in a list: `QueueConfigs[0].Priority`. `message` goes on
    after the path and never holds the value; `found` is the value, empty for secrets.
    """

    code: ViolationCode
    path: str
    message: str
    found: str = ""
    allowed: str = ""

    def __str__(self) -> str:
        """Render on one line."""
        found = f" ({self.found})" if self.found else ""
        allowed = f"; allowed: {self.allowed}" if self.allowed else ""
        return f"{self.path}{found} {self.message}{allowed}"


def violations(
    service: str,
    operation: str,
    params: Mapping[str, Any],
    *,
    identity: Identity | None = None,
    skip: Skip = lambda _: False,
) -> tuple[Violation, ...]:
    """Return every way in which params break what an operation takes; none where they don't.

    `skip` tells which values are not known yet: they count as given and are not looked into.
    Raises JobError where service or operation is unknown.
    """
    shape = input_shape(service, operation)
    if shape is None:
        return tuple(
            Violation(code=ViolationCode.UNKNOWN_MEMBER, path=name, message="is not taken")
            for name in params
        )
    check = _Check(service=service, identity=identity, skip=skip)
    return tuple(check.structure(shape, params, "", secret=False))


def violations_at(
    service: str,
    operation: str,
    path: str,
    value: object,
    *,
    identity: Identity | None = None,
) -> tuple[Violation, ...]:
    """Return every way in which a value breaks what the member at a dotted path takes."""
    shape, owner = shape_at(service, operation, path)
    check = _Check(service=service, identity=identity, skip=lambda _: False)
    return tuple(check.value(shape, owner, value, path, secret=False))


_TYPES: Mapping[str, tuple[type, ...]] = {
    "string": (str,),
    "integer": (int,),
    "long": (int,),
    "float": (int, float),
    "double": (int, float),
    "boolean": (bool,),
    "timestamp": (str, int, float, datetime),
    "blob": (bytes, bytearray, str),
    "list": (list, tuple),
    "map": (Mapping,),
    "structure": (Mapping,),
}
NUMBERS = frozenset({"integer", "long", "float", "double"})


@dataclass(frozen=True, slots=True, kw_only=True)
class _Check:
    service: str
    identity: Identity | None
    skip: Skip

    def structure(
        self, shape: Shape, given: Mapping[str, Any], path: str, *, secret: bool
    ) -> Iterator[Violation]:
        for name in shape.required_members:
            if name not in given:
                yield Violation(
                    code=ViolationCode.MISSING, path=under(path, name), message="must be given"
                )
        if shape.is_tagged_union and len(given) != 1:
            choices = ", ".join(shape.members)
            yield Violation(
                code=ViolationCode.NOT_ONE,
                path=path,
                message="takes exactly one member",
                allowed=choices,
            )
        for name, value in given.items():
            where = under(path, name)
            if name in shape.members:
                owner = f"{shape.name}.{name}"
                yield from self.value(shape.members[name], owner, value, where, secret=secret)
            else:
                hint = nearest_hint(name, shape.members)
                message = f"is not a member here. {hint}".rstrip()
                yield Violation(code=ViolationCode.UNKNOWN_MEMBER, path=where, message=message)

    def value(
        self, shape: Shape, owner: str, value: object, path: str, *, secret: bool
    ) -> Iterator[Violation]:
        if self.skip(value) or shape.is_document_type:
            return
        secret = secret or is_secret(self.service, shape)
        kind = shape.type_name
        limits = limits_of(self.service, shape, owner, self.identity)
        if not is_a(kind, value):
            yield Violation(
                code=ViolationCode.WRONG_TYPE,
                path=path,
                message=f"is {said_type(value)}",
                found=_shown(value, secret=secret),
                allowed=wanted(shape, limits),
            )
            return
        breach = single_breach(kind, limits, value)
        match value:
            case list() | tuple():
                breach = size_breach(limits, len(value), "values")
                yield from self._elements(shape, value, path, secret=secret)
            case Mapping() if kind == "map":
                breach = size_breach(limits, len(value), "entries")
                yield from self._entries(shape, value, path, secret=secret)
            case Mapping():
                yield from self.structure(shape, value, path, secret=secret)
        if breach is not None:
            yield _violation(path, breach, value, secret=secret)

    def _elements(
        self, shape: Shape, values: list[Any] | tuple[Any, ...], path: str, *, secret: bool
    ) -> Iterator[Violation]:
        for place, value in enumerate(values):
            where = f"{path}[{place}]"
            yield from self.value(shape.member, f"{shape.name}{EACH}", value, where, secret=secret)

    def _entries(
        self, shape: Shape, entries: Mapping[Any, Any], path: str, *, secret: bool
    ) -> Iterator[Violation]:
        for key, value in entries.items():
            owner, where = shape.name, f"{path}{{{'…' if secret else key}}}"
            yield from self.value(shape.key, f"{owner}{{key}}", key, where, secret=secret)
            yield from self.value(shape.value, f"{owner}{{value}}", value, where, secret=secret)


def is_a(kind: str, value: object) -> bool:
    """Tell whether a value is of a type of the service models."""
    if isinstance(value, bool) and kind != "boolean":
        return False
    return isinstance(value, _TYPES[kind])


def _violation(path: str, breach: Breach, value: object, *, secret: bool) -> Violation:
    """Say a breach; of a secret not even its length."""
    shown = _shown(value, secret=secret)
    return Violation(
        code=ViolationCode.OUT_OF_LIMITS,
        path=path,
        message=NOT_AS_ASKED if secret else breach.message,
        found=shown,
        allowed=breach.allowed,
    )


def single_breach(kind: str, limits: Limits, value: object) -> Breach | None:
    """Return how a single value breaks what is taken; None also for what is none."""
    match value:
        case str() if kind == "string":
            return text_breach(limits, value)
        case str() if kind == "timestamp":
            return instant_breach(value)
        case bytes():
            return size_breach(limits, len(value), "bytes")
        case int() | float() if kind in NUMBERS:
            return number_breach(limits, value)
        case _:
            return None


def _shown(value: object, *, secret: bool) -> str:
    return "" if secret or not isinstance(value, str | int | float) else str(value)
