"""Params with placeholders as JSON, and placeholders filled at the moment a call is sent."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import Any

from bulkops.definition.model.value_texts import instant_text
from bulkops.planning.plan import Placeholder

_MARK = "$hole"  # as every ledger and saved plan has it since the first
_ESCAPE = "$"


class PlaceholderError(Exception):
    """A placeholder can't be filled: no earlier step of the row returned the value."""


def to_json(value: Any) -> Any:  # noqa: ANN401  # any JSON value
    """Return params as JSON values, placeholders marked; keys that begin with $ are escaped.

    A moment, as the service answers it, becomes the text that is sent for it.
    """
    if isinstance(value, str | int):  # what most values are
        return value
    match value:
        case Placeholder():
            return {_MARK: value.kind, "name": value.name}
        case list() | tuple():
            return [to_json(inner) for inner in value]
        case Mapping():
            return {_escaped(key): to_json(inner) for key, inner in value.items()}
        case datetime():
            return instant_text(value)
        case _:
            return value


def from_json(value: Any) -> Any:  # noqa: ANN401  # any JSON value
    """Return what `to_json` was given; tuples come back as lists."""
    match value:
        case Mapping() if _MARK in value:
            return Placeholder(kind=value[_MARK], name=value["name"])
        case Mapping():
            return {_unescaped(key): from_json(inner) for key, inner in value.items()}
        case list():
            return [from_json(inner) for inner in value]
        case _:
            return value


def fill(
    params: Mapping[str, Any],
    *,
    saved: Mapping[str, Any],
    secret: Callable[[str], str],
    token: str,
) -> dict[str, Any]:
    """Return params with every placeholder filled.

    `saved` is what earlier steps of the row returned, `secret` gives the cell of a column.
    Raises PlaceholderError where a saved value is missing; what `secret` raises passes through.
    """

    def filled(value: Any) -> Any:  # noqa: ANN401  # any JSON value
        match value:
            case Placeholder(kind="secret"):
                return secret(value.name)
            case Placeholder(kind="token"):
                return token
            case Placeholder():
                return _saved(value, saved)
            case Mapping():
                return {key: filled(inner) for key, inner in value.items()}
            case list() | tuple():
                return [filled(inner) for inner in value]
            case _:
                return value

    return {name: filled(value) for name, value in params.items()}


def is_placeholder(value: object) -> bool:
    """Tell whether a value is known only when its call is sent."""
    return isinstance(value, Placeholder)


def placeholders_in(value: Any) -> Iterator[Placeholder]:  # noqa: ANN401  # any JSON value
    """Yield every placeholder in params, in the order written."""
    match value:
        case Placeholder():
            yield value
        case Mapping():
            for inner in value.values():
                yield from placeholders_in(inner)
        case list():
            for inner in value:
                yield from placeholders_in(inner)
        case _:
            return


def _saved(placeholder: Placeholder, saved: Mapping[str, Any]) -> Any:  # noqa: ANN401  # as the service sent it
    if placeholder.kind != "saved" or placeholder.name not in saved:
        known = ", ".join(sorted(saved)) or "nothing"
        raise PlaceholderError(
            f"no earlier step of the row has saved {placeholder.name}; what was saved: {known}"
        )
    return saved[placeholder.name]


def _escaped(key: str) -> str:
    return f"{_ESCAPE}{key}" if key.startswith(_ESCAPE) else key


def _unescaped(key: str) -> str:
    return key.removeprefix(_ESCAPE) if key.startswith(_ESCAPE) else key
