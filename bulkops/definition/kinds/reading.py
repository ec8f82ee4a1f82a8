"""How one thing of a kind is read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bulkops.definition.kinds.listing import Listing
from bulkops.definition.model.member_paths import EACH


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedMembers:
    """What a reading must be told to answer: the ids of all things of another kind.

    `argument` takes them as a list, as `answered` gives what stands under each, `wrapped` being the
    member of an element that takes one. `most` is how many one call takes.
    """

    listing: Listing
    argument: str
    wrapped: str
    answered: str
    most: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """An operation that reads one thing by its id: `Describe*`."""

    operation: str
    id_argument: str
    item: str
    """Member of the reply that holds the thing; empty: the reply itself."""
    several: bool = False
    """Whether it takes a list of ids, and answers with a list of those that are there."""
    wrapped: str = ""
    """Of such a list, the member of each element that takes the id; empty: the id itself."""
    otherwise: tuple[str, str] | None = None
    """(error code, qualifier): refused so, it is asked again by the id with the qualifier."""
    members: AskedMembers | None = None
    """What it must be told to answer; None: it answers all there is."""

    @property
    def begins(self) -> str:
        """What the paths of a thing's members begin with in the reply."""
        within = f"{self.item}{EACH}" if self.several else self.item
        return f"{within}." if within else ""

    def asked(self, *ids: str) -> dict[str, Any]:
        """Return the argument that asks for one thing, or for several where it takes a list."""
        asked = [{self.wrapped: each} if self.wrapped else each for each in ids]
        return {self.id_argument: asked if self.several else asked[0]}

    def told(self, reply: Mapping[str, Any]) -> Mapping[str, Any]:
        """Return the state of the one thing that a reply tells of; empty where it is not there."""
        found: Any = reply.get(self.item, {}) if self.item else reply
        return next(iter(found), {}) if self.several else found
