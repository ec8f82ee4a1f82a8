"""What tells an object of a customer profile from others: its type's unique key."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

UNIQUE = "UNIQUE"
"""The standard identifier of the key that tells objects of a type apart."""
OWNER = "PROFILE"
"""The standard identifier of a key by which it is found whose an object is."""
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


def owner_keys(type_state: Mapping[str, Any], text: str) -> dict[str, str]:
    """Return key → value by which the service finds whose an object is, as far as it has them."""
    content, fields = json.loads(text), type_state.get("Fields", {})
    found = {
        key: BETWEEN.join(
            _value(content, fields.get(each, {}).get("Source", each)) for each in way["FieldNames"]
        )
        for key, ways in type_state.get("Keys", {}).items()
        for way in ways
        if OWNER in way.get("StandardIdentifiers", ())
    }
    return {key: value for key, value in found.items() if value.strip()}


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
