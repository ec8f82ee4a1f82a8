"""How a kind of thing is listed, searched and read: the words that `kinds` is written in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """A paged operation that answers with things of a kind: `List*` or `Search*`."""

    operation: str
    items: str
    """Member of the reply that holds the page."""
    id: str = "Id"
    name: str = "Name"
    """Path of the name in an item, dotted."""
    arn: str = "Arn"
    fixed: Mapping[str, object] = field(default_factory=dict)
    """Arguments that every page is asked with, such as QueueTypes."""
    keys: int = 0
    """How many exact names one call can ask for by SearchCriteria; 0: it can't."""
    field_name: str = ""
    """The FieldName by which SearchCriteria asks for the name."""
    scale: Mapping[str, int] = field(default_factory=dict)
    """Path → divisor, where the answer is in a smaller unit than the write is."""
    names_path: str = ""
    """Member that holds the chain of ancestors (hierarchy groups): names become paths."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """An operation that reads one thing by its id: `Describe*`."""

    operation: str
    id_argument: str
    item: str
    """Member of the reply that holds the thing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ThingKind:
    """A kind of named thing: how its names become ids, and how its state is read.

    An image, the state of a thing, uses the member names that the operations writing it use, so
    that an argument and an image compare member by member.
    """

    name: str
    noun: str
    listing: Listing
    search: Listing | None = None
    """Answers with images, several hundred a call."""
    describe: Reading | None = None
    described_only: tuple[str, ...] = ()
    """Image paths that only `describe` gives, not `search`."""
    service: str = "connect"


@dataclass(frozen=True, slots=True, kw_only=True)
class RelationKind:
    """A list that belongs to a thing: how it is read, and what makes two entries the same one.

    `identity` and `values` map the path inside an element of the write (empty: the element
    itself) to the path inside an item of the listing.
    """

    name: str
    noun: str
    of: str
    """Kind of the thing whose list it is."""
    of_argument: str
    """Argument of the listing that takes the thing's id."""
    listing: Listing
    identity: Mapping[str, str]
    values: Mapping[str, str] = field(default_factory=dict)
    service: str = "connect"
