"""What a service's operations take and answer: the shapes of its model, by botocore's words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

from bulkops.definition.model.model_files import description, merged, newer_operations

_ELSEWHERE = {"locationName": "name"}
_ON_THE_WIRE = (
    *("locationName", "location", "payload", "streaming", "timestampFormat", "xmlNamespace"),
    *("flattened", "resultWrapper", "xmlAttribute", "jsonvalue", "hostLabel", "queryName"),
    *("eventstream", "event", "eventheader", "eventpayload"),
)
"""Traits that say how a value travels."""
NO_AUTH = "smithy.api#noAuth"


@dataclass(frozen=True, eq=False)
class Shape:
    """The form of a value. `metadata` holds its traits: min, max, pattern, enum, sensitive."""

    name: str
    metadata: Mapping[str, Any]
    service: ServiceShapes

    @cached_property
    def type_name(self) -> str:
        """The type: structure, list, map, or one of those of single values."""
        return str(self.metadata["type"])

    @cached_property
    def documentation(self) -> str:
        """What the model says of it, with HTML's markup; empty where it says nothing."""
        return str(self.metadata.get("documentation", ""))

    @cached_property
    def serialization(self) -> Mapping[str, Any]:
        """How a value travels: location (empty: the body), name, payload, timestampFormat."""
        return {
            _ELSEWHERE.get(trait, trait): self.metadata[trait]
            for trait in _ON_THE_WIRE
            if trait in self.metadata
        }

    @cached_property
    def members(self) -> Mapping[str, Shape]:
        """The members of a structure, by name; none of any other type."""
        found = self.metadata.get("members", {})
        return {name: self.service.shape(reference) for name, reference in found.items()}

    @cached_property
    def required_members(self) -> tuple[str, ...]:
        """The members that a structure must have."""
        return tuple(self.metadata.get("required", ()))

    @cached_property
    def member(self) -> Shape:
        """What a list holds; KeyError of any other type."""
        return self.service.shape(self.metadata["member"])

    @cached_property
    def key(self) -> Shape:
        """What the keys of a map are; KeyError of any other type."""
        return self.service.shape(self.metadata["key"])

    @cached_property
    def value(self) -> Shape:
        """What the values of a map are; KeyError of any other type."""
        return self.service.shape(self.metadata["value"])

    @property
    def is_document_type(self) -> bool:
        """Whether any JSON may stand here."""
        return bool(self.metadata.get("document"))

    @property
    def is_tagged_union(self) -> bool:
        """Whether exactly one of the members must be given."""
        return bool(self.metadata.get("union"))

    @property
    def error_code(self) -> str:
        """The code by which an error is known."""
        return str(self.metadata.get("error", {}).get("code") or self.name)


@dataclass(frozen=True, eq=False)
class OperationShapes:
    """One operation: what it takes, what it answers, and the errors that it has of its own."""

    name: str
    service: ServiceShapes

    @property
    def documentation(self) -> str:
        """What the model says of it, with HTML's markup; empty where it says nothing."""
        return str(self._said.get("documentation", ""))

    @property
    def http(self) -> Mapping[str, Any]:
        """The method, the path and the status of success."""
        return self._said.get("http", {})  # type: ignore[no-any-return]

    @property
    def is_unsigned(self) -> bool:
        """Whether a request bears no signature, so that nobody's permissions are asked for."""
        return bool(self._said.get("authtype") == "none" or self._said.get("auth") == [NO_AUTH])

    @cached_property
    def input_shape(self) -> Shape | None:
        """What it takes; None for nothing."""
        return self._shape("input")

    @cached_property
    def output_shape(self) -> Shape | None:
        """What it answers; None for nothing."""
        return self._shape("output")

    @cached_property
    def error_shapes(self) -> tuple[Shape, ...]:
        """The errors that the model names for it."""
        return tuple(map(self.service.shape, self._said.get("errors", ())))

    @cached_property
    def _said(self) -> Any:  # noqa: ANN401  # JSON
        return self.service.said("operations", self.name)

    def _shape(self, side: str) -> Shape | None:
        return self.service.shape(self._said[side]) if side in self._said else None


@dataclass(frozen=True, eq=False)
class ServiceShapes:
    """A service's model. `description` is its JSON as botocore has it.

    What is packaged beside it is read when something is asked for that it does not have.
    """

    name: str
    description: Mapping[str, Any]

    @property
    def metadata(self) -> Mapping[str, Any]:
        """Protocol, names and version of the service."""
        return dict(self.description["metadata"])

    @cached_property
    def operations(self) -> Mapping[str, OperationShapes]:
        """Every operation by its name, newer ones last."""
        return {name: OperationShapes(name, self) for name in self.whole["operations"]}

    def operation(self, name: str) -> OperationShapes | None:
        """Return an operation by its name; None where there is none."""
        is_known = name in self.description["operations"] or name in self.newer["operations"]
        return OperationShapes(name, self) if is_known else None

    @cached_property
    def newer(self) -> Mapping[str, Any]:
        """The operations and shapes that are packaged beside botocore's."""
        return newer_operations(self.name)

    @cached_property
    def whole(self) -> Mapping[str, Any]:
        """The service's JSON with newer operations."""
        return merged(self.description, self.newer)

    def said(self, part: str, name: str) -> Any:  # noqa: ANN401  # JSON
        """Return what the model says of an operation or a shape; KeyError where it has none."""
        known = self.description[part]
        return known[name] if name in known else self.newer[part][name]

    def shape(self, reference: Mapping[str, Any]) -> Shape:
        """Return the shape that is referred to, with what is said of it in that place."""
        name = reference["shape"]
        return Shape(name, {**self.said("shapes", name), **reference}, self)


@cache
def service_shapes(service: str) -> ServiceShapes | None:
    """Return the model of a service by botocore's name of it; None where there is none."""
    found = description(service)
    return None if found is None else ServiceShapes(service, found)
