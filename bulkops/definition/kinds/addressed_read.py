"""How a thing is read by what the request that writes it says of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class AddressedRead:
    """An operation that reads one thing by what the request that writes it says of it.

    `parts` are the members of the write that tell which thing is meant, each with its type; of
    `optional` ones a row may say none. In `arguments`, JSON, `{Name}` stands for such a part. With
    `items`, the reply is a list, dotted, of which `matches` tell the thing: member of an item →
    part. `told` maps what the write sets, by dotted path, to where the reply or the item says it.
    """

    operation: str
    parts: Mapping[str, str]
    arguments: Mapping[str, Any]
    told: Mapping[str, str]
    writes: str
    """The operation whose members those are: what makes it again, of what takes it away."""
    optional: frozenset[str] = frozenset()
    items: str = ""
    matches: Mapping[str, str] = field(default_factory=dict)
    amends: frozenset[str] = frozenset()
    """Maps of the write that leave alone what they don't name."""
