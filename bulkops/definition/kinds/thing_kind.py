"""What is said of a kind of thing: how it is listed, searched and read."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from bulkops.definition.expressions import WITHIN
from bulkops.definition.kinds.addressed_read import AddressedRead
from bulkops.definition.model.member_paths import EACH, put_at, value_at_dotted
from bulkops.definition.model.newer_members import like
from bulkops.definition.model.patterns import TextPattern


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
    dated: bool = False
    """Whether an item of a search says when the thing was last changed."""
    hidden: Mapping[str, object] = field(default_factory=dict)
    """Members that tell an item which no list shows, and which nobody has made."""
    only: Mapping[str, object] = field(default_factory=dict)
    """Members that tell the items of the kind from others that the operation shows."""
    names_path: str = ""
    """Member that holds the chain of ancestors (hierarchy groups): names become paths."""
    parent: str = ""
    """Member by which the write says the last of them: states have it by that name as well."""


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


@dataclass(frozen=True, slots=True, kw_only=True)
class AnyOf:
    """How one search is asked for things with any of several values of a key.

    In `asks`, JSON, `{key}` stands for the key and `{each}` for the list of what `each` says of one
    value, in which `{value}` stands for it. `told` is the path of the value in an item, with
    `{key}` in it. `most` is how many values one search takes.
    """

    asks: Mapping[str, Any]
    each: Mapping[str, Any]
    told: str
    most: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Sought:
    """How things are found of a kind that has no list: by a key and its value, a search a name.

    A name is `key=value`. Without a key, the first of `forms` that the value has says which one is
    meant, and else it is `otherwise`. The kind's listing is that search.
    """

    forms: tuple[tuple[TextPattern, str], ...]
    """(form of a value, key that it is looked for by)."""
    otherwise: str
    borne: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Key → the members of a new thing that bear its value, the first of them where none does."""
    key: str = ""
    """Argument of the search that takes the key."""
    values: str = ""
    """Argument of the search that takes the value, as the only one of a list."""
    any_of: AnyOf | None = None
    """How one search is asked for several values instead; None: it takes one."""
    by_id: str = ""
    """The key whose value is the thing's id, so that nothing is searched for."""
    keys: Listing | None = None
    """Lists what may be a key, which is written by its name; None: keys are written as they are."""
    listed: bool = False
    """Whether the search shows all there are where it is asked for none."""

    def key_of(self, name: str) -> str:
        """Return a name with its key."""
        key, value = self.parts(name)
        return f"{key}={value}"

    def parts(self, name: str) -> tuple[str, str]:
        """Return the key and the value of a name."""
        key, equals, value = name.partition("=")
        if equals and value and (self.keys is not None or _KEY.search(key)):
            return key, value
        found = (key for form, key in self.forms if form.search(name))
        return next(found, self.otherwise), name

    def asked(self, key: str, values: Sequence[str]) -> Mapping[str, Any]:
        """Return what a search for a key's values is asked with: no more of them than `most`."""
        if self.any_of is None:
            return {self.key: key, self.values: [*values]}
        each = [_filled(self.any_of.each, {"{key}": key, "{value}": one}) for one in values]
        found: Mapping[str, Any] = _filled(self.any_of.asks, {"{key}": key, "{each}": each})
        return found

    @property
    def most(self) -> int:
        """How many values one search takes."""
        return 1 if self.any_of is None else self.any_of.most

    def names_in(self, params: Mapping[str, Any]) -> Iterator[str]:
        """Yield the names that something new has which is made with some members."""
        for key, members in self.borne.items():
            yield from (f"{key}={params[member]}" for member in members if member in params)


def _filled(asked: Any, said: Mapping[str, Any]) -> Any:  # noqa: ANN401  # JSON
    if isinstance(asked, Mapping):
        return {name: _filled(each, said) for name, each in asked.items()}
    if isinstance(asked, list):
        return [_filled(each, said) for each in asked]
    return said.get(asked, asked)


_KEY = TextPattern(r"^[a-zA-Z0-9_-]{1,64}\Z")


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
    within: str = ""
    """Kind of the things in which things of this kind lie: they are listed one by one."""
    within_argument: str = ""
    """Argument that takes the id of the thing in which one lies."""
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


SEARCH_KEYS = 20
"""Names asked for in one search: the model sets no limit, and the request stays small."""
