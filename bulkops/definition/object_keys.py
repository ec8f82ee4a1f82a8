"""What tells an object of a customer profile from others: its type's unique key."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

UNIQUE = "UNIQUE"
"""The standard identifier of the key that tells objects of a type apart."""
BETWEEN = " "
"""What stands between the values of a key of several fields."""
_SOURCE = "_source."


def unique_value(type_state: Mapping[str, Any], text: str) -> str:
    """Return what an object has in the fields of its type's unique key; empty where it lacks one.

    `type_state` is the object type as the service tells it, `text` the object as JSON.
    """
    content, fields = json.loads(text), type_state.get("Fields", {})
    for name in _unique_fields(type_state):
        values = [_value(content, fields.get(each, {}).get("Source", each)) for each in name]
        return BETWEEN.join(values) if all(values) else ""
    return ""


def _unique_fields(type_state: Mapping[str, Any]) -> list[list[str]]:
    return [
        way.get("FieldNames", [])
        for ways in type_state.get("Keys", {}).values()
        for way in ways
        if UNIQUE in way.get("StandardIdentifiers", ())
    ]


def _value(content: Any, source: str) -> str:  # noqa: ANN401  # JSON
    for member in source.removeprefix(_SOURCE).split("."):
        content = content.get(member) if isinstance(content, Mapping) else None
    return "" if content is None else str(content)
