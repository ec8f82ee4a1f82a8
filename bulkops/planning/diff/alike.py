"""Whether values are the same to the service, or meet what is asked: no order, any spelling."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from bulkops.definition.model.value_texts import instant
from bulkops.planning.diff.flow_texts import do_the_same, is_flow


def is_alike(one: Any, other: Any) -> bool:  # noqa: ANN401  # JSON values
    """Tell whether two values are the same; lists have no order, at any depth."""
    match one, other:
        case Mapping(), Mapping():
            return one.keys() == other.keys() and all(is_alike(one[key], other[key]) for key in one)
        case (list() | tuple(), list() | tuple()):
            return _are_alike(one, other)
        case str(), str():
            return one == other or _are_json_alike(one, other)
        case str(), datetime():
            return instant(one) == other
        case datetime(), str():
            return instant(other) == one
        case _:
            return bool(one == other)


def _are_json_alike(one: str, other: str) -> bool:
    """Tell whether two texts are JSON of the same structure, however each is written."""
    if not (one.startswith("{") and other.startswith("{")):
        return False
    try:
        mine, theirs = json.loads(one), json.loads(other)
    except ValueError:
        return False
    if is_flow(mine) and is_flow(theirs):
        return do_the_same(mine, theirs)
    return is_alike(mine, theirs)


def _are_alike(one: Sequence[Any], other: Sequence[Any]) -> bool:
    if len(one) != len(other):
        return False
    if not any(isinstance(each, Mapping | list | tuple | datetime) for each in (*one, *other)):
        return sorted(map(str, one)) == sorted(map(str, other))
    left = list(other)
    for each in one:
        place = next((at for at, their in enumerate(left) if is_alike(each, their)), None)
        if place is None:
            return False
        del left[place]
    return True


def met(new: Any, old: Any, *, adds: bool = False) -> bool:  # noqa: ANN401  # JSON values
    """Tell whether what is there is what is asked for; lists have no order, nothing is nothing."""
    if new is False and old is None:
        return True  # a switch that is off may be left out of an answer
    if _is_nothing(new) or _is_nothing(old):
        return _is_nothing(new) and _is_nothing(old)
    if adds and isinstance(new, Mapping) and isinstance(old, Mapping):
        old = {key: old.get(key) for key in new}
    return is_alike(new, old)


def _is_nothing(value: Any) -> bool:  # noqa: ANN401  # JSON values
    return value is None or (isinstance(value, str | list | tuple | Mapping) and not value)
