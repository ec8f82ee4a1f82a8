"""JSON of unknown origin read whole or refused in sentences: depth, size, twins and odd values."""

from __future__ import annotations

import json
import math
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from bulkops.planning.flows.flow_places import Place, clipped

MOST_LETTERS = 4_000_000
"""Characters of a file that are looked at: sixteen times what a flow may have when it is sent."""
MOST_LEVELS = 100
"""Objects and lists inside one another; real flows have some twelve."""
_MOST_DIGITS = 300  # more than any number that JSON's readers agree on

_STRING_OR_BRACKET = re.compile(r'"(?:[^"\\]|\\.)*+(?:"|\\?\Z)|[\[\]{}]', re.DOTALL)
_SURROGATE = re.compile("[\ud800-\udfff]")


class JsonFault(NamedTuple):
    """What is wrong with a text of JSON, and where as far as that can be told."""

    code: str
    message: str
    place: Place = ()


class JsonRead(NamedTuple):
    """What a text of JSON holds, or everything that is wrong with it; then the value is None."""

    value: Any
    faults: tuple[JsonFault, ...] = ()


@dataclass(frozen=True, slots=True)
class _Wrong:
    """Stands where a value is that can't be sent."""

    message: str


class _Twice(dict[str, Any]):
    """An object in which a key stands more than once."""

    keys_twice: tuple[str, ...] = ()


def read_json(text: str) -> JsonRead:
    """Return what a text holds; nothing is raised, whatever the text is."""
    text = text.removeprefix("\ufeff")
    if not text.strip():
        return _refused("invalid-json", "nothing stands in it")
    if len(text) > MOST_LETTERS:
        return _refused("too-long", f"{len(text):,} characters; {MOST_LETTERS:,} are read at most")
    if _levels(text) > MOST_LEVELS:
        return _refused("too-deep", f"more than {MOST_LEVELS} objects and lists inside one another")
    try:
        value = json.loads(
            text,
            object_pairs_hook=_object,
            parse_int=_integer,
            parse_float=_float,
            parse_constant=_constant,
        )
    except json.JSONDecodeError as error:
        told = f"this is not JSON: line {error.lineno}, column {error.colno}: {error.msg}"
        return _refused("invalid-json", told)
    faults = tuple(_faults(value, ()))
    return JsonRead(None, faults) if faults else JsonRead(value)


def _refused(code: str, message: str) -> JsonRead:
    return JsonRead(None, (JsonFault(code, message),))


def _levels(text: str) -> int:
    """Return how deep a text goes, without going into it."""
    level = deepest = 0
    for found in _STRING_OR_BRACKET.finditer(text):
        if found[0] in "[{":
            level += 1
            deepest = max(deepest, level)
        elif found[0] in "]}":
            level -= 1
    return deepest


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    held = dict(pairs)
    if len(held) == len(pairs):
        return held
    times = Counter(name for name, _ in pairs)
    twins = _Twice(held)
    twins.keys_twice = tuple(name for name in held if times[name] > 1)
    return twins


def _integer(digits: str) -> int | _Wrong:
    return int(digits) if len(digits) <= _MOST_DIGITS else _Wrong("a number of too many digits")


def _float(digits: str) -> float | _Wrong:
    value = float(digits)
    return value if math.isfinite(value) else _Wrong(f"{clipped(digits)} is too large a number")


def _constant(name: str) -> _Wrong:
    return _Wrong(f"{name} is no number in JSON")


def _faults(value: Any, place: Place) -> Iterator[JsonFault]:  # noqa: ANN401  # any JSON value
    match value:
        case dict():
            for name in value.keys_twice if isinstance(value, _Twice) else ():
                said = f"the key {json.dumps(clipped(name))} stands twice in one object"
                yield JsonFault("twice", said, (*place, name))
            for name, inner in value.items():
                if _SURROGATE.search(name):
                    yield JsonFault("half-character", _HALF, (*place, ascii(name)[1:-1]))
                yield from _faults(inner, (*place, name))
        case list():
            for index, inner in enumerate(value):
                yield from _faults(inner, (*place, index))
        case str() if _SURROGATE.search(value):
            yield JsonFault("half-character", _HALF, place)
        case _Wrong():
            yield JsonFault("no-number", value.message, place)


_HALF = "it holds half a character (a lone surrogate), which can't be sent"
