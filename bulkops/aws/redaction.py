"""Taking secrets out of what a service says back."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from html import escape
from typing import Any
from urllib.parse import quote, quote_plus

from bulkops.definition.model.operations import Shape, input_shape, is_secret
from bulkops.planning.rows.cells import MASK

SHORT = 4
"""Secrets of fewer letters are masked as whole words only: they are part of too many others."""


def secrets_in(service: str, operation: str, params: Mapping[str, Any]) -> frozenset[str]:
    """Return the secret values among the arguments of a request, as the model marks them."""
    shape = input_shape(service, operation)
    found = _secrets(service, shape, params) if shape is not None else ()
    return frozenset(value for value in found if value)


def _secrets(service: str, shape: Shape, value: Any) -> Iterator[str]:  # noqa: ANN401  # what was sent
    if is_secret(service, shape):
        yield from _texts(value)
        return
    for inner, part in _parts(shape, value):
        yield from _secrets(service, inner, part)


def _texts(value: Any) -> Iterator[str]:  # noqa: ANN401  # as above
    """Yield every text in a value, whatever its form: it may be of a wrong one."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for part in value.values():
            yield from _texts(part)
    elif isinstance(value, list | tuple):
        for part in value:
            yield from _texts(part)


def _parts(shape: Shape, value: Any) -> Iterator[tuple[Shape, Any]]:  # noqa: ANN401  # as above
    """Yield what lies directly inside a value, each part with its shape."""
    if isinstance(value, Mapping):
        for name, part in value.items():
            if shape.type_name == "structure" and name in shape.members:
                yield shape.members[name], part
            elif shape.type_name == "map":
                yield shape.key, name
                yield shape.value, part
    elif isinstance(value, list | tuple) and shape.type_name == "list":
        for part in value:
            yield shape.member, part


def scrubbed(said: Any, secrets: Iterable[str]) -> Any:  # noqa: ANN401  # text, or JSON of texts
    """Return a text, or JSON, without the secrets, in any of the ways that they may be escaped."""
    spellings = {each for secret in secrets for each in _spellings(secret)}
    if not spellings:
        return said
    longest_first = sorted(spellings, key=len, reverse=True)
    return _masked(
        said, re.compile("|".join(_pattern(each) for each in longest_first), re.IGNORECASE)
    )


def _masked(said: Any, secret: re.Pattern[str]) -> Any:  # noqa: ANN401  # text, or JSON of texts
    match said:
        case str():
            return secret.sub(MASK, said)
        case Mapping():
            return {name: _masked(part, secret) for name, part in said.items()}
        case list() | tuple():
            return [_masked(part, secret) for part in said]
    return said


def _spellings(secret: str) -> set[str]:
    in_json = json.dumps(secret)[1:-1], json.dumps(secret, ensure_ascii=False)[1:-1]
    return {secret, *in_json, quote(secret, safe=""), quote_plus(secret), escape(secret)}


def _pattern(secret: str) -> str:
    if len(secret) >= SHORT:
        return re.escape(secret)
    return rf"(?<!\w){re.escape(secret)}(?!\w)"
