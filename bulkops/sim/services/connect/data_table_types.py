"""What an attribute of a data table lets a value be."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from typing import Any

_BOOLEANS = frozenset({"true", "false"})


def type_flaw(attribute: Mapping[str, Any], value: str) -> str:
    """Return why a value does not fit an attribute; empty where it does."""
    rules, kind = attribute.get("Validation", {}), attribute["ValueType"]
    if kind.endswith("_LIST"):
        return _list_flaw(rules, kind.removesuffix("_LIST"), value)
    return _flaw(rules, kind, value)


def _list_flaw(rules: Mapping[str, Any], kind: str, value: str) -> str:
    try:
        items = json.loads(value)
    except ValueError:
        items = None
    if not isinstance(items, list):
        return "The value must be a list, as JSON."
    if not rules.get("MinValues", 0) <= len(items) <= rules.get("MaxValues", len(items)):
        return "The list has too few values, or too many."
    return next(filter(None, (_flaw(rules, kind, str(each)) for each in items)), "")


def _flaw(rules: Mapping[str, Any], kind: str, value: str) -> str:
    if kind == "BOOLEAN" and value not in _BOOLEANS:
        return "The value must be true or false."
    if kind == "NUMBER":
        return _number_flaw(rules, value)
    if not rules.get("MinLength", 0) <= len(value) <= rules.get("MaxLength", len(value)):
        return "The text is too short, or too long."
    choices = rules.get("Enum", {})
    known = choices.get("Values", ())
    if choices.get("Strict") and _folded(rules, value) not in {
        _folded(rules, one) for one in known
    }:
        return "The value is not one of those that are allowed."
    return ""


def _folded(rules: Mapping[str, Any], text: str) -> str:
    return text.casefold() if rules.get("IgnoreCase") else text


def _number_flaw(rules: Mapping[str, Any], value: str) -> str:
    try:
        number = float(value)
    except ValueError:
        return "The value must be a number."
    least, most = rules.get("Minimum", -math.inf), rules.get("Maximum", math.inf)
    above, below = rules.get("ExclusiveMinimum", -math.inf), rules.get("ExclusiveMaximum", math.inf)
    if not (least <= number <= most and above < number < below):
        return "The number is out of its range."
    step = rules.get("MultipleOf")
    return "The number is no multiple of what it must be." if step and number % step else ""
