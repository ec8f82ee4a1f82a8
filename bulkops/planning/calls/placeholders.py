"""Params with placeholders as JSON, and placeholders filled at the moment a call is sent."""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from types import MappingProxyType
from typing import Any, TypeAlias

from bulkops.definition.model.value_texts import instant_text
from bulkops.planning.plan import Need, Placeholder

_MARK = "$hole"  # as every ledger and saved plan has it since the first
_OCTETS = "$octets"
_ESCAPE = "$"
TEXT, PARTS = "text", "parts"
"""The kind of a text in which placeholders stand, and under which name it holds its parts."""

Made: TypeAlias = Mapping[Need, Mapping[str, Any]]
"""What calls of other rows have saved, by the call."""


class PlaceholderError(Exception):
    """A placeholder can't be filled: no earlier step of the row returned the value."""


def to_json(value: Any) -> Any:  # noqa: ANN401, PLR0911  # any JSON value, a return for each
    """Return params as JSON values, placeholders marked; keys that begin with $ are escaped.

    A moment, as the service answers it, becomes the text that is sent for it; octets are
    `{"$octets": their base64}`.
    A placeholder is `{"$hole": kind, "name": name}`; of what another row makes it is
    `{"$hole": "made", "name": name, "row": its number, "step": the address of the step}`,
    and with "was" where what it was before is known. Of a file that is put somewhere first, and of
    a text in which placeholders stand, "holds" is what it holds.
    """
    if isinstance(value, str | int):  # what most values are
        return value
    match value:
        case Placeholder():
            of = {} if value.of is None else value.of._asdict()
            was = {"was": value.was} if value.was else {}
            holds = {"holds": to_json(value.holds)} if value.holds is not None else {}
            return {_MARK: value.kind, "name": value.name, **of, **was, **holds}
        case list() | tuple():
            return [to_json(inner) for inner in value]
        case Mapping():
            return {_escaped(key): to_json(inner) for key, inner in value.items()}
        case datetime():
            return instant_text(value)
        case bytes():
            return {_OCTETS: b64encode(value).decode("ascii")}
        case _:
            return value


def from_json(value: Any) -> Any:  # noqa: ANN401  # any JSON value
    """Return what `to_json` was given; tuples come back as lists."""
    match value:
        case Mapping() if _OCTETS in value:
            return b64decode(value[_OCTETS])
        case Mapping() if _MARK in value:
            need = Need(value["row"], value["step"]) if "row" in value else None
            was, holds = value.get("was", ""), value.get("holds")
            given = {} if holds is None else {"holds": from_json(holds)}
            return Placeholder(kind=value[_MARK], name=value["name"], of=need, was=was, **given)
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
    secret: Callable[[str], Any],
    token: str,
    made: Made = MappingProxyType({}),
) -> dict[str, Any]:
    """Return params with every placeholder filled.

    `saved` is what earlier steps of the row returned, `made` what the calls of other rows that it
    needs have saved, `secret` gives what a column sends.
    Raises PlaceholderError where a saved value is missing; what `secret` raises passes through.
    """

    def filled(value: Any) -> Any:  # noqa: ANN401, PLR0911  # any JSON value, a return for each
        match value:
            case Placeholder(kind="secret"):
                return secret(value.name)
            case Placeholder(kind="token"):
                return token
            case Placeholder(kind="text", holds=Mapping() as holds):
                return joined(map(filled, holds[PARTS]))
            case Placeholder():
                return _saved(value, saved, made)
            case Mapping():
                return {key: filled(inner) for key, inner in value.items()}
            case list() | tuple():
                return [filled(inner) for inner in value]
            case _:
                return value

    return {name: filled(value) for name, value in params.items()}


def replaced(value: Any, by: Callable[[Placeholder], Any]) -> Any:  # noqa: ANN401  # any JSON value
    """Return params with what a function gives for each placeholder in its place.

    Of a text in which placeholders stand, it is asked for these.
    """
    match value:
        case Placeholder(kind="text", holds=Mapping() as holds):
            return joined(replaced(part, by) for part in holds[PARTS])
        case Placeholder():
            return by(value)
        case Mapping():
            return {key: replaced(inner, by) for key, inner in value.items()}
        case list():
            return [replaced(inner, by) for inner in value]
        case _:
            return value


def joined(parts: Iterable[Any]) -> Any:  # noqa: ANN401  # a text, or a placeholder for one
    """Return the text that parts make together; with placeholders among them, one that holds them.

    Texts side by side become one.
    """
    found: list[Any] = []
    for part in parts:
        if isinstance(part, Placeholder) and part.kind == TEXT and part.holds:
            found.extend(part.holds[PARTS])
        elif isinstance(part, Placeholder):
            found.append(part)
        elif found and isinstance(found[-1], str):
            found[-1] += str(part)
        elif part != "":
            found.append(str(part))
    if not any(isinstance(part, Placeholder) for part in found):
        return "".join(found)
    return Placeholder(kind=TEXT, holds={PARTS: found})


def with_stand_ins(value: Any) -> Any:  # noqa: ANN401  # any JSON value
    """Return a text with words for what other rows make in it; any other value as it is."""
    if not isinstance(value, Placeholder) or value.kind != TEXT:
        return value
    return replaced(value, lambda each: f"({each.of.row if each.of else each.name})")


def closed(value: Any, saved: Mapping[str, Any], made: Made = MappingProxyType({})) -> Any:  # noqa: ANN401  # JSON with placeholders
    """Return params with those of their placeholders filled whose values were saved, or made."""

    def filled(placeholder: Placeholder) -> Any:  # noqa: ANN401  # as the service sent it
        if placeholder.of is not None:
            return made.get(placeholder.of, {}).get(placeholder.name, placeholder)
        is_saved = placeholder.kind == "saved"
        return saved.get(placeholder.name, placeholder) if is_saved else placeholder

    return replaced(value, filled)


def remembering(value: Any, made: Made) -> Any:  # noqa: ANN401  # JSON with placeholders
    """Return params whose placeholders for what other rows make know what that was.

    What takes this back in turn may find it there, and not made again.
    """

    def known(placeholder: Placeholder) -> Placeholder:
        if placeholder.of is None:
            return placeholder
        was = made.get(placeholder.of, {}).get(placeholder.name, "")
        return replace(placeholder, was=str(was))

    return replaced(value, known)


def with_token(value: Any, token: str) -> Any:  # noqa: ANN401  # any JSON value
    """Return a value with a token in the place of every placeholder for one."""
    return replaced(value, lambda each: token if each.kind == "token" else each)


def is_placeholder(value: object) -> bool:
    """Tell whether a value is known only when its call is sent."""
    return isinstance(value, Placeholder)


def placeholders_in(value: Any) -> Iterator[Placeholder]:  # noqa: ANN401  # any JSON value
    """Yield every placeholder in params, in the order written; of a text those that stand in it."""
    match value:
        case Placeholder(kind="text", holds=Mapping() as holds):
            yield from placeholders_in(holds[PARTS])
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


def _saved(placeholder: Placeholder, saved: Mapping[str, Any], made: Made) -> Any:  # noqa: ANN401  # as the service sent it
    if placeholder.holds is not None:
        return placeholder  # put, and its id filled in, once the call has its turn
    known, by = saved, "earlier step of the row"
    if placeholder.of is not None:
        known, by = made.get(placeholder.of, {}), "call that it waits for"
    if placeholder.kind not in ("saved", "made") or placeholder.name not in known:
        said = ", ".join(sorted(known)) or "nothing"
        raise PlaceholderError(f"no {by} has saved {placeholder.name}; what was saved: {said}")
    return known[placeholder.name]


def _escaped(key: str) -> str:
    return f"{_ESCAPE}{key}" if key.startswith(_ESCAPE) else key


def _unescaped(key: str) -> str:
    return key.removeprefix(_ESCAPE) if key.startswith(_ESCAPE) else key
