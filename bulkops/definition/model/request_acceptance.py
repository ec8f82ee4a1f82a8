"""Whether a request is surely what an operation takes: said quickly, as nearly every one is.

Says no more than that `violations` would find nothing; what is wrong is for `violations` to say.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from bulkops.definition.job import Identity
from bulkops.definition.model.member_paths import EACH
from bulkops.definition.model.operations import input_shape, limits_of
from bulkops.definition.model.request_check import NUMBERS, Skip, is_a, single_breach
from bulkops.definition.model.shapes import Shape
from bulkops.definition.model.value_limits import (
    Limits,
    is_in_limits,
    text_breach,
)

Accepts = Callable[[Any], bool]


@cache
def acceptor(service: str, operation: str, identity: Identity | None, skip: Skip) -> Accepts:
    """Return what tells whether params have no violation; made once for an operation.

    Raises JobError where service or operation is unknown.
    """
    shape = input_shape(service, operation)
    if shape is None:
        return lambda params: not params
    return _Acceptors(service, identity, skip).structure(shape)


class _Acceptors:
    """Makes what accepts the values of a shape, each made when the first value comes."""

    def __init__(self, service: str, identity: Identity | None, skip: Skip) -> None:
        self._service = service
        self._identity = identity
        self._skip = skip

    def structure(self, shape: Shape) -> Accepts:
        """Accept the members given, if all that are required are there."""
        required = frozenset(shape.required_members)
        only_one = shape.is_tagged_union
        members: dict[str, Accepts] = {}

        def accepts(given: Mapping[str, Any]) -> bool:
            if not required <= given.keys() or (only_one and len(given) != 1):
                return False
            for name, value in given.items():
                if name not in members:
                    if name not in shape.members:
                        return False
                    members[name] = self._value(shape.members[name], f"{shape.name}.{name}")
                if not members[name](value):
                    return False
            return True

        return accepts

    def _value(self, shape: Shape, owner: str) -> Accepts:
        """Accept a value of the shape's type and inside its limits, or one not known yet."""
        skip, kind = self._skip, shape.type_name
        if shape.is_document_type:
            return lambda _: True
        limits = limits_of(self._service, shape, owner, self._identity)
        if kind == "string":  # what most values are
            return lambda value: (
                (isinstance(value, str) and text_breach(limits, value) is None) or skip(value)
            )
        fits = self._of_type(shape, limits)
        return lambda value: (is_a(kind, value) and fits(value)) or skip(value)

    def _of_type(self, shape: Shape, limits: Limits) -> Accepts:
        match shape.type_name:
            case number if number in NUMBERS:
                return lambda value: is_in_limits(limits, value)
            case "list":
                return self._elements(shape, limits)
            case "map":
                return self._entries(shape, limits)
            case "structure":
                return self.structure(shape)
            case kind:
                return lambda value: single_breach(kind, limits, value) is None

    def _elements(self, shape: Shape, limits: Limits) -> Accepts:
        element = self._value(shape.member, f"{shape.name}{EACH}")
        return lambda values: is_in_limits(limits, len(values)) and all(map(element, values))

    def _entries(self, shape: Shape, limits: Limits) -> Accepts:
        key = self._value(shape.key, f"{shape.name}{{key}}")
        value = self._value(shape.value, f"{shape.name}{{value}}")
        return lambda entries: (
            is_in_limits(limits, len(entries))
            and all(map(key, entries))
            and all(map(value, entries.values()))
        )
