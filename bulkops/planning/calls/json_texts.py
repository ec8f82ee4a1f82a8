"""Texts that hold JSON: written from a row's values, and read back into them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, TypeAlias

from bulkops.definition.expressions import Form, JsonText
from bulkops.definition.kinds.found_things import Col, Find
from bulkops.planning.calls.placeholders import joined
from bulkops.planning.plan import Placeholder

_GAP = "\ufdd0"
"""Stands in a text for an id that is not known yet: Unicode keeps it out of all texts."""
Given: TypeAlias = Mapping["Col | Find", Any]
"""What each expression comes to; blank ones are not in it."""


def json_text(arg: JsonText, given: Given) -> str | Placeholder | None:
    """Return the text that values give; None where all of them are blank.

    Where ids of what rows make stand in it, it is a placeholder that holds the text's parts. What
    is not to be known on paper stands in it as an ellipsis.
    """
    filled = _filled(arg.form, given)
    if filled is None:
        return None
    coming: list[Placeholder] = []

    def later(value: object) -> str:
        if not isinstance(value, Placeholder) or value.of is None:
            return "…"
        coming.append(value)
        return _GAP

    text = json.dumps(filled, ensure_ascii=False, default=later)
    between = text.split(_GAP)
    parts = [part for pair in zip(between, (*coming, ""), strict=True) for part in pair]
    joint: str | Placeholder = joined(parts)
    return joint


def _filled(form: Form, given: Given) -> Any:  # noqa: ANN401  # JSON
    """Return a form with values in it; None for what depends on cells that are all blank."""
    match form:
        case Col() | Find():
            return given.get(form)
        case Mapping() | tuple() if not _is_asked(form, given):
            return None
        case Mapping():
            members = {name: _filled(each, given) for name, each in form.items()}
            return {name: value for name, value in members.items() if value is not None}
        case tuple():
            return [value for each in form if (value := _filled(each, given)) is not None]
        case _:
            return form


def _is_asked(form: Form, given: Given) -> bool:
    leaves = JsonText(form).leaves
    return not leaves or any(leaf in given for leaf in leaves)


def values_in(arg: JsonText, text: object) -> Given | None:
    """Return what a text says of each expression; None where the form can't give that text."""
    try:
        held = json.loads(str(text))
    except ValueError:
        return None
    return _values(arg.form, held) or None  # of blank cells alone no text is made


def _values(form: Form, held: Any) -> dict[Col | Find, Any] | None:  # noqa: ANN401  # JSON
    match form:
        case Col() | Find():
            return {form: held}
        case Mapping():
            return _of_structure(form, held)
        case tuple():
            return _of_list(form, held)
        case _:
            return {} if held == form else None


def _of_structure(form: Mapping[str, Form], held: Any) -> dict[Col | Find, Any] | None:  # noqa: ANN401
    if not isinstance(held, Mapping) or not held.keys() <= form.keys():
        return None
    found: dict[Col | Find, Any] = {}
    for name, each in form.items():
        inner = _values(each, held[name]) if name in held else _left_out(each)
        if inner is None:
            return None
        found |= inner
    return found


def _left_out(form: Form) -> dict[Col | Find, Any] | None:
    """Return nothing for what may be left out, since it depends on cells; None for a constant."""
    return {} if JsonText(form).leaves else None


def _of_list(form: tuple[Form, ...], held: Any) -> dict[Col | Find, Any] | None:  # noqa: ANN401
    if not isinstance(held, list):
        return None
    found, left = dict[Col | Find, Any](), list(form)
    for element in held:
        for each in left:
            inner = _values(each, element)
            if inner is not None:
                found |= inner
                left.remove(each)
                break
        else:
            return None
    return found if all(_left_out(each) is not None for each in left) else None
