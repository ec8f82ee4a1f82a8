"""What is said of a kind of thing: how it is listed, searched and read."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from bulkops.definition.kinds.addressed_read import AddressedRead
from bulkops.definition.kinds.found_things import WITHIN
from bulkops.definition.kinds.listing import Listing
from bulkops.definition.kinds.reading import Reading
from bulkops.definition.kinds.sought import Sought
from bulkops.definition.model.member_paths import put_at, value_at_dotted
from bulkops.definition.model.newer_members import like


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """A member of a kind's states that neither Describe nor Search tells, but a list of its own.

    `listing.id` is the id of the thing, or an ARN that ends in it; `value` is what stands beside.
    """

    listing: Listing
    member: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnList:
    """A list of each thing that is a member of its state for writing, and has a read of its own.

    `argument` takes the thing's id; `member` is what writes call it.
    """

    listing: Listing
    argument: str
    member: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ValueForm:
    """How values stand in a cell and in a request that a thing of some type defines.

    `column` is the kind of column; `finds` the kind of thing that a cell names, if it does.
    `member` of a union takes the value.
    """

    member: str
    column: str = "text"
    finds: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Defines:
    """What things of a kind define: values that other things have, such as fields those of cases.

    `forms` are by what stands at `type` in an item of the kind's listing. Where `options` names a
    relation, it lists the values of a thing that is of the type `chosen`. `own` are the ids of
    those whose values the service alone sets.
    """

    type: str
    forms: Mapping[str, ValueForm]
    chosen: str = ""
    options: str = ""
    own: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class ThingKind:
    """A kind of named thing: how its names become ids, and how its state is read.

    A thing's state uses the member names that the operations writing it use, so
    that an argument and a state compare member by member.
    """

    name: str
    noun: str
    listing: Listing
    search: Listing | None = None
    """Answers with states, several hundred a call."""
    describe: Reading | None = None
    described_only: tuple[str, ...] = ()
    """Paths of a state that only `describe` gives, not `search`."""
    beside: Beside | None = None
    levels: str = ""
    """Kind of the levels at which things of this kind lie in one another: as deep as there are."""
    further: Reading | None = None
    """Read beside `describe`, of each thing: the members of its whole reply are the state's too."""
    own_list: OwnList | None = None
    """Read wherever a thing is described; its member is one of `described_only`."""
    written_as: Mapping[str, str] = field(default_factory=dict)
    """Path in what describe and search answer → path of the same in writes, and so in a state."""
    read_as: Mapping[str, str] = field(default_factory=dict)
    """Member of a write → member of a state that holds the same by another name."""
    may_lack: str = ""
    """Member that all things have and a search may leave out: then Describe tells the state."""
    within: str = ""
    """Kind of the things in which things of this kind lie: they are listed one by one."""
    within_argument: str = ""
    """Argument that takes the id of the thing in which one lies."""
    across: Listing | None = None
    """A search that shows the things that lie in all others, each whole, with `parent`'s id."""
    service: str = "connect"
    defines: Defines | None = None
    """The values that its things define for others; None: they define none."""
    address: AddressedRead | None = None
    """How a thing is read that no list has to be searched for: a name says its whole address."""
    case_apart: bool = True
    """Whether names that differ by case alone are two names.

    AWS documents it for none of these kinds: where it is not established, names are told apart,
    and one that differs from another by case alone is warned of.
    """

    sorted_by: str = ""
    """Kind of the sorts that things in another are of: they are listed for each sort of these."""
    sort_argument: str = ""
    """Argument of the listing that takes the id of a sort."""
    content: str = ""
    """Member that holds all that a thing is, as JSON in a text; of this its sort makes its name."""
    is_sort: bool = False
    """Whether things of other kinds are of a sort that is a thing of this one."""
    owner_sought: Sought | None = None
    """How those are sought in which things of this kind lie."""
    sought: Sought | None = None
    """How things are found where nothing lists them; None: their listing shows all there are."""

    def key_of(self, name: str) -> str:
        """Return what is the same for all spellings that are one name to the service."""
        if self.sought is not None:
            return self.sought.key_of(name)
        if self.owner_sought is not None:
            owner, between, rest = name.partition(WITHIN)
            return f"{self.owner_sought.key_of(owner)}{between}{rest}"
        key = name if self.case_apart else name.casefold()
        return name if key == name else key  # one text, and not two that are the same

    def as_written(self, item: Mapping[str, Any]) -> Mapping[str, Any]:
        """Return what was answered of a thing, with members by the names that writes have."""
        if not self.written_as:
            return item
        state = {name: item[name] for name in item if name not in self._heads_answered}
        for path, mine in self.written_as.items():
            value = value_at_dotted(item, path)
            if value is not None:
                put_at(state, mine.split("."), value)
        return like(item, state)

    @property
    def _heads_answered(self) -> frozenset[str]:
        return frozenset(path.partition(".")[0] for path in self.written_as)

    def answered_as(self, members: Collection[str]) -> frozenset[str]:
        """Return the members of an answer that tell some members of a state."""
        told = {
            path.partition(".")[0]
            for path, mine in self.written_as.items()
            if mine.partition(".")[0] in members
        }
        return frozenset(members) | told

    @property
    def spells_apart(self) -> bool:
        """Whether every other spelling is another name."""
        return self.case_apart and self.sought is None and self.owner_sought is None

    @property
    def trails(self) -> bool:
        """Whether nothing but a search shows what there is, which may not show it yet."""
        return self.listing.operation.startswith("Search")

    @property
    def has_paths(self) -> bool:
        """Whether things of the kind have ancestors, so that a path names them."""
        return self.search is not None and bool(self.search.names_path)

    @property
    def is_named_by_id(self) -> bool:
        """Whether a thing lies in another and its id is its name there, the same as in others."""
        return bool(self.within) and self.listing.id == self.listing.name

    @property
    def described_members(self) -> frozenset[str]:
        """The members of a state that only `describe` gives whole."""
        return frozenset(path.partition(".")[0] for path in self.described_only)
