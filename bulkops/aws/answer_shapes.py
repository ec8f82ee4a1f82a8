"""JSON answers read by the service's model: each value has its modelled type, or is a misfit.

botocore's own parser passes on what has another type, and leaves out what it can't place, so that
a text of anybody's looks like an answer. What is read here is what it would make of a body that
fits, in the same order; only times are in UTC, and not in the zone of this machine.
"""

from __future__ import annotations

import base64
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from functools import cached_property, lru_cache, partial
from typing import Any, NamedTuple, Self, TypeAlias, cast

from bulkops.definition.model.newer_members import PartlyKnown

SdkShape = Any
"""A shape of botocore.model; its classes are untyped."""
Read: TypeAlias = Callable[[Any], Any]
NO_NUMBERS = frozenset({"NaN", "Infinity", "-Infinity"})
"""How JSON writes the floats that it has no digits for."""
NOT_KNOWN = "SDK_UNKNOWN_MEMBER"
"""What botocore says in place of a union's member that its model does not know."""
_PLAIN: Mapping[str, type] = {
    "string": str,
    "boolean": bool,
    "integer": int,
    "long": int,
    "float": float,
    "double": float,
}
"""The types of values that stay as JSON has them."""
_ONLY_DESCRIBES = frozenset(_PLAIN) - {"string"} | {"timestamp"}
_NEVER_NULL = frozenset({"list", "map", "timestamp", "blob"})
_FAR_AHEAD = 2**32
"""Seconds since 1970 up to which every system can tell the date."""


class MisfitError(ValueError):
    """An answer is not what the model has in its place; the message says how it is known."""


class WrongTypeError(MisfitError):
    """A value is not of the type that the model gives it; the message names place and type."""

    def __init__(self, kind: str, path: str = "", *, describes: bool = False) -> None:
        super().__init__(f"{path or 'the whole'} is no {kind}")
        self._kind, self._path = kind, path
        self.describes = describes
        """Whether it is a scalar, of a kind that only describes: nothing is found by it."""

    def within(self, place: str) -> Self:
        """Return the error as whoever holds the value at a place tells it."""
        between = "." if self._path and not self._path.startswith("[") else ""
        return type(self)(self._kind, f"{place}{between}{self._path}")


class Manner(NamedTuple):
    """How an answer is read: whether it is a read's, and whether its protocol casts numbers.

    botocore makes 2.0 of a float that came as 2 in REST-JSON, and not in JSON.
    """

    is_read: bool
    casts: bool


@lru_cache(maxsize=1000)
def reader_of(shape: SdkShape, manner: Manner) -> Read:  # noqa: PLR0911  # one return a type
    """Return what makes of a value in JSON what the model means; it raises MisfitError.

    What only describes (numbers, times, yes or no) and came as another scalar is left out of the
    answer to a read, as if it had not been said: one wrong value of one thing must not hide the
    others (Amazon Connect has sent texts for booleans). Ids, names and ARNs are texts, and a text
    is never left out: such an answer is refused whole, and so is every misfit in the answer to a
    write.
    """
    match shape.type_name:
        case "structure":
            if shape.is_tagged_union:
                return _Union(shape, manner)
            return _as_it_is if shape.is_document_type else _Structure(shape, manner)
        case "list":
            return _List(shape, manner)
        case "map":
            return _Map(shape, manner)
        case "timestamp":
            return _time
        case "blob":
            return _octets
        case kind:
            return partial(_scalar, kind, manner.casts)


class _Structure:
    """Reads one structure's members in the order of the model; others are of a newer model."""

    def __init__(self, shape: SdkShape, manner: Manner) -> None:
        self._shape = shape
        self._manner = manner

    @cached_property
    def _members(self) -> list[tuple[str, str, type | None, Read]]:
        """Name in JSON, name in Python, the type that stays as it is; a shape may hold itself."""
        return [
            (
                shape.serialization.get("name", name),
                name,
                _PLAIN.get(shape.type_name),
                reader_of(shape, self._manner),
            )
            for name, shape in self._shape.members.items()
            if "location" not in shape.serialization
        ]

    def __call__(self, value: Any) -> dict[str, Any]:  # noqa: ANN401  # JSON
        if not isinstance(value, dict):
            raise WrongTypeError("structure")
        parsed: dict[str, Any] = {}
        for place, name, plain, read in self._members:
            part = value.get(place)
            if part is None:
                continue
            if type(part) is plain:  # nearly every one; a call for each takes long
                parsed[name] = part
                continue
            try:
                parsed[name] = read(part)
            except WrongTypeError as error:
                if not (self._manner.is_read and error.describes):
                    raise error.within(place) from None
        # nearly always it has what the model has, and no more
        return parsed if len(parsed) == len(value) else self._with_unknown(value, parsed)

    def _with_unknown(self, value: Mapping[str, Any], parsed: dict[str, Any]) -> dict[str, Any]:
        """Return a structure that says which of its members a newer model knows, if any."""
        unknown = [
            name
            for name, part in value.items()
            if part is not None and name not in self._places and name != "__type"
        ]
        return PartlyKnown(parsed, unknown) if unknown else parsed

    @cached_property
    def _places(self) -> frozenset[str]:
        return frozenset(place for place, *_ in self._members)


class _Union(_Structure):
    """Reads a structure that has one member, of which a newer model may know others."""

    def __call__(self, value: Any) -> dict[str, Any]:  # noqa: ANN401  # JSON
        parsed = super().__call__(value)
        said = self._of_union(value)
        return PartlyKnown(said, [said[NOT_KNOWN]["name"]]) if said else parsed

    def _of_union(self, value: Mapping[str, Any]) -> dict[str, Any]:
        """Return what stands for a member that a newer model knows; empty for any other."""
        said = [name for name, part in value.items() if part is not None and name != "__type"]
        if len(said) != 1:
            raise WrongTypeError("union, which has one member")
        return {} if said[0] in self._places else {NOT_KNOWN: {"name": said[0]}}


class _List:
    def __init__(self, shape: SdkShape, manner: Manner) -> None:
        self._read = reader_of(shape.member, manner)

    def __call__(self, value: Any) -> list[Any]:  # noqa: ANN401  # JSON
        if not isinstance(value, list):
            raise WrongTypeError("list")
        parsed: list[Any] = []
        try:
            for part in value:
                parsed.append(self._read(part))  # noqa: PERF401  # the error tells how many there are
        except WrongTypeError as error:
            raise error.within(f"[{len(parsed)}]") from None
        return parsed


class _Map:
    def __init__(self, shape: SdkShape, manner: Manner) -> None:
        self._read = reader_of(shape.value, manner)
        self._manner = manner
        self._may_be_null = shape.value.type_name not in _NEVER_NULL

    def __call__(self, value: Any) -> dict[str, Any]:  # noqa: ANN401  # JSON
        if not isinstance(value, dict):
            raise WrongTypeError("map")
        parsed: dict[str, Any] = {}
        for key, part in value.items():
            try:
                is_null = part is None and self._may_be_null
                parsed[key] = None if is_null else self._read(part)
            except WrongTypeError as error:
                if not (self._manner.is_read and error.describes):
                    raise error.within(key) from None
        return parsed


def _as_it_is(value: Any) -> Any:  # noqa: ANN401  # a document: any JSON
    return value


def _scalar(kind: str, casts: bool, value: Any) -> Any:  # noqa: ANN401, FBT001  # JSON; a Manner's
    plain = _PLAIN.get(kind, str)
    is_number = plain in {int, float} and type(value) in {int, float}
    if is_number or (plain is float and isinstance(value, str) and value in NO_NUMBERS):
        try:
            return plain(value) if casts else value
        except (ValueError, OverflowError) as error:
            raise _wrong(kind, value) from error
    if type(value) is plain:
        return value
    raise _wrong(kind, value)


def _time(value: Any) -> datetime:  # noqa: ANN401  # JSON
    if type(value) in {int, float} and 0 <= value < _FAR_AHEAD:
        return datetime.fromtimestamp(value, UTC)  # nearly every one; botocore's way takes long
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise _wrong("timestamp", value)
    from botocore.utils import parse_timestamp  # noqa: PLC0415  # 0.1 s that `--help` need not pay

    try:
        # typed for texts, made for numbers too
        return parse_timestamp(cast("Any", value))
    except (ValueError, OverflowError, OSError, RuntimeError) as error:
        raise _wrong("timestamp", value) from error


def _octets(value: Any) -> bytes:  # noqa: ANN401  # JSON
    if not isinstance(value, str):
        raise _wrong("blob", value)
    try:
        return base64.b64decode(value)
    except ValueError as error:
        raise _wrong("blob", value) from error


def _wrong(kind: str, value: object) -> WrongTypeError:
    is_scalar = isinstance(value, str | int | float)
    return WrongTypeError(kind, describes=kind in _ONLY_DESCRIBES and is_scalar)
