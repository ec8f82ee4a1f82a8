"""What form of value a member takes, in words: for JSON, and for what is wrong."""

from __future__ import annotations

from collections.abc import Mapping

from bulkops.definition.model.shapes import Shape
from bulkops.definition.model.value_limits import MOMENT, Limits

_TYPES: Mapping[str, str] = {
    "string": "text",
    "integer": "a whole number",
    "long": "a whole number",
    "float": "a number",
    "double": "a number",
    "boolean": "true or false",
    "timestamp": MOMENT,
    "blob": "text",
    "list": "a list",
    "map": "an object",
    "structure": "an object",
}
_DEPTH = 3
"""Levels of a form that are told: what lies deeper is `{…}`."""
_MOST_LETTERS = 400


def said_type(value: object) -> str:  # noqa: PLR0911  # one return a type
    """Return what a value is, as JSON's words have it."""
    match value:
        case None:
            return "null"
        case bool():
            return "true or false"
        case str():
            return "text"
        case int():
            return "a whole number"
        case float():
            return "a number"
        case Mapping():
            return "an object"
        case _:
            return "a list"


def wanted(shape: Shape, limits: Limits) -> str:
    """Return what a member takes in words, such as `a whole number 0 to 23`."""
    words = _TYPES[shape.type_name]
    if shape.type_name == "structure":
        return f"an object with {', '.join(shape.members)}"
    if limits.one_of:
        return ", ".join(limits.one_of)
    unit = {"string": "characters", "list": "values", "map": "entries"}.get(shape.type_name, "")
    said = limits.range(unit)
    return f"{words}, {said}" if unit and said else f"{words} {said}".rstrip()


def json_form(shape: Shape) -> str:
    """Return the form of a JSON value, `*` after what must be given: `[{Day*, StartTime* {…}}]`."""
    form = _form(shape, _DEPTH)
    return form if len(form) <= _MOST_LETTERS else _form(shape, 2)[:_MOST_LETTERS]


def _form(shape: Shape, depth: int) -> str:
    match shape.type_name:
        case "list":
            return f"[{_form(shape.member, depth) or 'text'}, …]"
        case "map":
            return f"{{key: {_form(shape.value, depth) or _TYPES[shape.value.type_name]}}}"
        case "structure" if depth == 0 or not shape.members:
            return "{…}"
        case "structure":
            required = shape.required_members
            members = (
                f"{name}{'*' * (name in required)} {_form(inner, depth - 1)}".rstrip()
                for name, inner in shape.members.items()
            )
            return f"{{{', '.join(members)}}}"
        case _:
            return ""
