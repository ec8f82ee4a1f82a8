"""What tells the rows of a derived job apart: members that must be given, and are no secrets."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from bulkops.definition.job import Column
from bulkops.definition.model.operations import filled_member
from bulkops.definition.verbs import Verb, sets_values, verb


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A member that a cell can fill: where it stands, and the column that fills it.

    `choice`: it is one of a few words.
    """

    path: tuple[str, ...]
    column: Column
    location: str
    choice: bool

    @property
    def may_tell(self) -> bool:
        """Whether rows may be told apart by it: it must be given, and may be shown."""
        return self.column.required and not self.column.secret

    @property
    def names(self) -> bool:
        """Whether it is one value of many, which is how things are named."""
        return self.is_single and not self.choice

    @property
    def is_single(self) -> bool:
        """Whether a cell of it holds one value."""
        return not (self.column.split or self.column.file or self.column.kind == "json")

    @property
    def addresses(self) -> bool:
        """Whether it stands in the request's address."""
        return self.location == "uri"


_NAMING = ("Id", "Arn", "ARN", "Name")
"""How members end that name one thing, the surest first."""


def naming(operation: str, places: Iterable[Place]) -> Place | None:
    """Return the member that names what an operation is about, where the model requires none.

    Amazon EC2 requires hardly any, as things there may be named in several ways: of those it is
    the id, then the ARN, then the name, of what the operation bears in its own name. What an
    operation removes or joins may bear another: the address that an AllocationId stands for.
    """
    named = [
        (stem, place)
        for end in _NAMING
        for place in places
        if len(place.path) == 1 and place.names and place.column.kind == "text"
        if (stem := place.path[0].removesuffix(end)) not in ("", place.path[0])
    ]
    found = [place for stem, place in named if operation.endswith(stem)]
    found += [place for stem, place in named if stem in operation]
    if verb(operation) not in ("create", "update"):
        found += [place for _, place in named]
    return found[0] if found else None


def key_of(
    service: str, operation: str, places: Iterable[Place], does: Verb | None = None
) -> tuple[str, ...]:
    """Return the columns that tell rows apart; empty where nothing that must be given does.

    A request's address names the thing that is changed, or what something is made in. So two
    rows that set values of one address are one too many, and what is made or joined there is told
    by what else must be given: names where there are any, else choices. Lists and tags tell where
    nothing else does.
    """
    does = does or verb(operation)
    telling = [place for place in places if place.may_tell]
    addressed = [place for place in telling if place.addresses]
    own = [place for place in telling if not place.addresses]
    if not own and any(_names_noun(place, operation) for place in addressed):
        own = addressed
    told = [place for place in own if place.names]
    if not told and not (addressed and sets_values(operation)):
        told = [place for place in own if place.is_single]
    makes = does == "create"
    if makes and not own:
        return ()
    if not told and (makes or not addressed):
        told = own
    joins = does in ("create", "associate", "disassociate")
    if filled_member(service) and addressed and not joins:
        told = []
    return tuple(place.column.name for place in telling if place in addressed or place in told)


def _names_noun(place: Place, operation: str) -> bool:
    """Tell whether a member of an address is what is made: CreateBucket is sent to its Bucket."""
    noun = operation.removeprefix("Create")
    return place.path[-1] in (noun, f"{noun}Name", f"{noun}Id")
