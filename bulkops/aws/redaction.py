"""Making what a service says back fit to be kept and shown: without secrets, visible, short."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from typing import Any

from bulkops.aws.secret_spellings import BASE64, WORST, spellings
from bulkops.definition.model.operations import input_shape, is_secret
from bulkops.definition.model.shapes import Shape
from bulkops.errors import JobError
from bulkops.pacing.replies import Fault, Outcome
from bulkops.planning.rows.cells import MASK
from bulkops.visible_text import visible

MOST = 1000
"""Letters of a message that are kept: what is not AWS answers with whole pages."""
MOST_OF_ID = 128
"""Letters of a code or request id that are kept."""
MOST_PARTS = 100
"""Members of a list or map among a fault's details that are kept."""
WINDOW = 20_000
"""Letters that are looked through for a message: markup and blanks go before it is cut."""
PADDED = BASE64 | {"="}
PLAIN_ID = re.compile(r"[\w.:/+=-]{0,128}", re.ASCII)
"""What AWS's request ids are made of: nothing to be cleaned."""


def secrets_in(service: str, operation: str, params: Mapping[str, Any]) -> frozenset[str]:
    """Return the secret values among the arguments of a request, as the model marks them."""
    try:
        shape = input_shape(service, operation)
    except JobError:
        return frozenset()  # of what is not known nothing is sent, and nothing said of its values
    found = _secrets(service, shape, params) if shape is not None else ()
    return frozenset(value for value in found if value)


def _secrets(service: str, shape: Shape, value: Any) -> Iterator[str]:  # noqa: ANN401  # what was sent
    if is_secret(service, shape):
        yield from _texts(value)
        is_map = shape.type_name == "map" and isinstance(value, Mapping)
        if is_map and is_secret(service, shape.key):
            yield from _texts(list(value))
        return
    for inner, part in _parts(shape, value):
        yield from _secrets(service, inner, part)


def _texts(value: Any) -> Iterator[str]:  # noqa: ANN401  # as above
    """Yield every text in a value, whatever its form: it may be of a wrong one."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, bytes):
        yield from (value.decode("utf-8", "replace"), b64encode(value).decode())
    elif isinstance(value, int | float):
        yield str(value)
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


def cleaned(outcome: Outcome, secrets: Collection[str]) -> Outcome:
    """Return what came of a request with every text from outside fit to be kept and shown.

    Secrets are masked before anything is cut, so that no cut can leave a part of one. Of a
    success, only the request id is such a text.
    """
    if isinstance(outcome, Fault):
        return cleaned_fault(outcome, secrets)
    if not secrets and PLAIN_ID.fullmatch(outcome.request_id):
        return outcome
    return replace(outcome, request_id=Cleaner(secrets).text(outcome.request_id, MOST_OF_ID))


def cleaned_fault(fault: Fault, secrets: Collection[str] = ()) -> Fault:
    """Return a fault with its texts fit to be kept and shown."""
    cleaner = Cleaner(secrets)
    return replace(
        fault,
        code=cleaner.text(fault.code, MOST_OF_ID),
        message=cleaner.text(fault.message),
        request_id=cleaner.text(fault.request_id, MOST_OF_ID),
        details=cleaner.value(fault.details),
    )


class Cleaner:
    """Makes texts from outside fit to be shown: no secret, nothing that a terminal obeys, short."""

    def __init__(self, secrets: Collection[str]) -> None:
        self._spellings = [spelling for secret in secrets for spelling in spellings(secret)]
        self._longest = WORST * max(map(len, secrets), default=0)
        """No spelling of a secret is longer."""

    def text(self, said: str, most: int = MOST) -> str:
        """Return a text on one line, cut to so many letters."""
        window = WINDOW + self._longest
        masked = self._masked(said[:window])
        if len(said) > window:
            # a secret that the window's end cuts through is not found there
            masked = masked[: max(0, len(masked) - self._longest)]
        shown = visible(" ".join(masked.split()))
        return shown if len(shown) <= most else f"{shown[:most]}…"

    def value(self, said: Any) -> Any:  # noqa: ANN401  # JSON of texts
        """Return JSON with its texts cleaned, its keys and numbers too."""
        match said:
            case str():
                return self.text(said)
            case bytes():
                return self.text(said.decode("utf-8", "replace"))
            case Mapping():
                some = list(said.items())[:MOST_PARTS]
                return {self.text(str(name)): self.value(part) for name, part in some}
            case list() | tuple():
                return [self.value(part) for part in said[:MOST_PARTS]]
            case int() | float() if not isinstance(said, bool):
                digits = str(said)
                return said if self.text(digits) == digits else MASK
        return said

    def _masked(self, said: str) -> str:
        """Return a text without the secrets; of base64, the whole word that holds one goes."""
        spans = []
        for spelling in self._spellings:
            for start, end in spelling.spans(said):
                spans.append(_word(said, start, end) if spelling.is_base64 else (start, end))
        parts, done = [], 0
        for start, end in sorted(spans):
            if end > done:
                parts += [said[done:start], MASK] if start >= done else []
                done = end
        return "".join((*parts, said[done:]))


def _word(said: str, start: int, end: int) -> tuple[int, int]:
    while start and said[start - 1] in BASE64:
        start -= 1
    while said[end : end + 1] and said[end] in PADDED:
        end += 1
    return start, end
