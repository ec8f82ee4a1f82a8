"""Whether the values of a JSON answer have the types that the service's model gives them.

botocore passes on what has another type, and leaves out what it can't place, so that a text of
anybody's looks like an answer.
"""

from __future__ import annotations

import base64
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, cast

SdkShape = Any
"""A shape of botocore.model; its classes are untyped."""
NUMBERS = frozenset({"integer", "long", "float", "double"})
NO_NUMBERS = frozenset({"NaN", "Infinity", "-Infinity"})
"""How JSON writes the floats that it has no digits for."""
_ONLY_DESCRIBES = NUMBERS | {"boolean", "timestamp"}
_FAR_AHEAD = 2**32
"""Seconds since 1970 up to which every system can tell the date."""


class MisfitError(ValueError):
    """A value is not what the model has in its place; the message names place and type."""


@dataclass(frozen=True, slots=True)
class Fitting:
    """Compares values with their shapes.

    What only describes (numbers, times, yes or no) and came as another scalar is left out of the
    answer to a read, as if it had not been said: one wrong value of one thing must not hide the
    others (Amazon Connect has sent texts for booleans). Ids, names and ARNs are texts, and a text
    is never left out: such an answer is refused whole, and so is every misfit in the answer to a
    write.
    """

    is_read: bool

    def fitted(self, shape: SdkShape, value: Any, path: str) -> Any:  # noqa: ANN401  # JSON
        """Return a value without what was left out of it; MisfitError where it does not fit."""
        match shape.type_name:
            case "structure" if not shape.is_document_type:
                return self._structure(shape, value, path)
            case "list":
                return self._list(shape, value, path)
            case "map":
                return self._map(shape, value, path)
        if not _fits(shape, value):
            raise _misfit(path, shape.type_name)
        return value

    def _structure(self, shape: SdkShape, value: Any, path: str) -> Any:  # noqa: ANN401  # JSON
        if not isinstance(value, dict):
            raise _misfit(path, "structure")
        return self._members(value, _shapes_in_body(shape), path)

    def _map(self, shape: SdkShape, value: Any, path: str) -> Any:  # noqa: ANN401  # JSON
        if not isinstance(value, dict):
            raise _misfit(path, "map")
        return self._members(value, dict.fromkeys(value, shape.value), path)

    def _members(
        self, value: Mapping[str, Any], shapes: Mapping[str, SdkShape], path: str
    ) -> dict[str, Any]:
        """Return what is kept of members; those that the model does not know stay as they are."""
        kept: dict[str, Any] = {}
        for name, part in value.items():
            shape = shapes.get(name)
            if shape is None or part is None:  # of a newer model; not said
                kept[name] = part
            elif not _only_describes(shape, part):
                kept[name] = self.fitted(shape, part, f"{path}.{name}" if path else name)
            elif _fits(shape, part):
                kept[name] = part
            elif not self.is_read:
                raise _misfit(f"{path}.{name}" if path else name, shape.type_name)
        return kept

    def _list(self, shape: SdkShape, value: Any, path: str) -> Any:  # noqa: ANN401  # JSON
        if not isinstance(value, list):
            raise _misfit(path, "list")
        return [self.fitted(shape.member, part, f"{path}[{n}]") for n, part in enumerate(value)]


def _misfit(path: str, kind: str) -> MisfitError:
    return MisfitError(f"{path or 'the whole'} is no {kind}")


@lru_cache(maxsize=1000)
def _shapes_in_body(shape: SdkShape) -> Mapping[str, SdkShape]:
    """Return the shapes of a structure's members by their names in JSON."""
    return {
        member.serialization.get("name", name): member
        for name, member in shape.members.items()
        if "location" not in member.serialization
    }


def _only_describes(shape: SdkShape, value: object) -> bool:
    """Tell whether a value is a scalar of a kind that nothing is found by."""
    return shape.type_name in _ONLY_DESCRIBES and isinstance(value, str | int | float)


def _fits(shape: SdkShape, value: object) -> bool:
    match shape.type_name:
        case "structure":  # a document: any JSON
            return True
        case "boolean":
            return isinstance(value, bool)
        case "timestamp":
            return _is_time(value)
        case "blob":
            return _is_base64(value)
        case number if number in NUMBERS:
            is_number = isinstance(value, int | float) and not isinstance(value, bool)
            return is_number or (number in {"float", "double"} and value in NO_NUMBERS)
    return isinstance(value, str)


def _is_time(value: object) -> bool:
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return False
    if not isinstance(value, str) and 0 <= value < _FAR_AHEAD:
        return True  # nearly every one; to make a date of each takes long
    from botocore.utils import parse_timestamp  # noqa: PLC0415  # 0.1 s that `--help` need not pay

    try:
        parse_timestamp(cast("Any", value))  # typed for texts, made for numbers too
    except (ValueError, OverflowError, OSError, RuntimeError):
        return False
    return True


def _is_base64(value: object) -> bool:
    if not isinstance(value, str):
        return False
    try:
        base64.b64decode(value)
    except ValueError:
        return False
    return True
