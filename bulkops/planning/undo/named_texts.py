"""The texts by which a call named what others had made: ids and ARNs among them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from bulkops.planning.calls.inverse import Done


def texts_named(done: Done) -> Iterator[str]:
    """Yield every text that a call sent, and what the calls that it needed had saved."""
    yield from _texts(done.sent)
    for saved in done.needs.values():
        yield from map(str, saved.values())


def _texts(value: Any) -> Iterator[str]:  # noqa: ANN401  # JSON
    match value:
        case str():
            yield value
        case Mapping():
            for inner in value.values():
                yield from _texts(inner)
        case list() | tuple():
            for inner in value:
                yield from _texts(inner)
