"""An answer as it came off the wire, before anything is made of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

REFUSALS = 300
"""The first status that is no success."""
LOOKED_AT = 1 << 20
"""Octets of an answer of which words are shown: more than is looked through for secrets."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WireAnswer:
    """Status, headers by lower-case name, and the whole body."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def is_success(self) -> bool:
        """Whether its status says that what was asked for was done."""
        return self.status < REFUSALS

    def __str__(self) -> str:
        """Say what came, for a person who must find out who sent it."""
        kind = self.headers.get("content-type") or "no content type"
        said = self.body[:LOOKED_AT].decode("utf-8", "replace") or "empty"
        return f"HTTP {self.status}, {kind}: {said}"
