"""What is there: names and ids of an instance's things, with their state where it was read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from bulkops.definition.model.member_paths import id_in_arn
from bulkops.definition.thing_kinds import KINDS
from bulkops.planning.indexed_entries import IndexedEntries
from bulkops.planning.usage import Usage, merged


@dataclass(frozen=True, slots=True, kw_only=True)
class Thing:
    """One named thing of an instance; `state` is its state in the words of the write.

    `arn_form` is its ARN as `arn_form_of` gives it, which all things of a kind may share.
    `described` tells that the state is whole, as Describe gives it, and not as Search does.
    `within` is the id of the thing in which it lies, where it lies in one.
    """

    id: str
    name: str
    arn_form: str = ""
    state: Mapping[str, Any] | None = None
    described: bool = False
    within: str = ""

    @property
    def key(self) -> str:
        """What tells it from all of its kind: an id may be its own only where it lies."""
        return f"{self.within}/{self.id}" if self.within else self.id

    @property
    def arn(self) -> str:
        """Its ARN; empty where that was not read."""
        return self.arn_form.replace(_ID, self.id)


_ID = "\0"
"""What stands for the id in the form of an ARN: no ARN holds it."""


def arn_form_of(arn: str, thing_id: str) -> str:
    """Return an ARN without the id of its thing: of 100,000 users 20 MB are the same but for it."""
    return arn.replace(thing_id, _ID) if thing_id else arn


@dataclass(frozen=True, slots=True, kw_only=True)
class Want:
    """What planning needs to know about one kind.

    `names` are those that the sheet mentions. `every` says that all of them must be known (names
    that may be absent, ids to be shown as names). `state` asks for states as well, of those of
    `names` unless `every` is wanted; `members` are the members of a state that are looked at,
    none for all of it. `described` are the names whose state must hold what only a Describe
    operation gives; `whole` are those of which that is needed where a part of it is to be set.
    `new` says that the names are those of things to be made, so that few of them are there;
    `removed` are those of things to be deleted, so that what uses them must be known.
    """

    names: frozenset[str] = frozenset()
    every: bool = False
    state: bool = False
    members: frozenset[str] = frozenset()
    described: frozenset[str] = frozenset()
    whole: frozenset[str] = frozenset()
    new: bool = False
    removed: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Wants:
    """All that must be read from an instance before rows can be planned.

    `relations` maps a relation to the names of the things whose lists are needed.
    """

    kinds: Mapping[str, Want] = field(default_factory=dict)
    relations: Mapping[str, frozenset[str]] = field(default_factory=dict)


def merged_wants(wants: Iterable[Wants]) -> Wants:
    """Return all that several of them ask for, so that each kind is read once."""
    kinds: dict[str, Want] = {}
    relations: dict[str, frozenset[str]] = {}
    for each in wants:
        for kind, want in each.kinds.items():
            kinds[kind] = _both(kinds[kind], want) if kind in kinds else want
        for relation, of in each.relations.items():
            relations[relation] = relations.get(relation, frozenset()) | of
    return Wants(kinds=kinds, relations=relations)


def _both(one: Want, other: Want) -> Want:
    looked_at = [each.members for each in (one, other) if each.state]
    everything = any(not members for members in looked_at) or not looked_at
    described = one.described | other.described
    return Want(
        names=one.names | other.names,
        every=one.every or other.every,
        state=one.state or other.state,
        members=frozenset() if everything else frozenset().union(*looked_at),
        described=described,
        whole=(one.whole | other.whole) - described,
        new=one.new and other.new,
        removed=one.removed | other.removed,
    )


class Inventory:
    """The names and states that were read from one instance, by kind.

    A name that is not found is absent for certain: whoever fills the inventory has read as much
    as `Want` asked for. Several things may share a name (hierarchy groups of two branches). A
    name is found in every spelling that is the same name to the service.
    """

    def __init__(self) -> None:
        self._things: dict[str, dict[str, Thing | tuple[Thing, ...]]] = {}
        self._names: dict[str, dict[str, str]] = {}
        """By id, as the last one was added; made of the things once it can't be left for later."""
        self._lists: dict[tuple[str, str], Sequence[Mapping[str, Any]]] = {}
        self._usages: dict[tuple[str, str], list[Usage]] = {}
        self.not_looked_at: list[str] = []
        """What might use things and was not read, in words, each with the reason."""
        self.going: set[str] = set()
        """Ids of what goes together with what it uses: its uses do not count."""
        self.given_up: set[tuple[str, str]] = set()
        """Ids of (what is used, what uses it) where that use is to end: it does not count."""

    def __repr__(self) -> str:
        counts = ", ".join(f"{len(self._ids(kind))} {kind}" for kind in sorted(self._things))
        return f"<Inventory {counts or 'empty'}>"

    def add(self, kind: str, things: Iterable[Thing]) -> None:
        """Take in things of a kind; one seen before by its id and name is replaced."""
        by_name = self._things.setdefault(kind, {})
        for thing in things:
            key = KINDS[kind].key_of(thing.name)
            if key in by_name:
                # the order of the names is no longer the one in which they came
                self._ids(kind)
            others = [other for other in _each(by_name.get(key, ())) if other.id != thing.id]
            by_name[key] = (*others, thing) if others else thing
            if kind in self._names:
                self._names[kind][thing.id] = thing.name

    def _ids(self, kind: str) -> Mapping[str, str]:
        """Return id → name."""
        if kind not in self._names:
            self._names[kind] = {thing.id: thing.name for thing in self._all(kind)}
        return self._names[kind]

    def each(self, kind: str) -> Iterator[Thing]:
        """Yield the things of a kind, in the order in which they came, by each of their names."""
        return self._all(kind)

    def _all(self, kind: str) -> Iterator[Thing]:
        for same in self._things.get(kind, {}).values():
            yield from _each(same)

    def add_list(self, relation: str, of: str, items: Sequence[Mapping[str, Any]]) -> None:
        """Take in the entries of one thing's list, `of` being the thing's key."""
        self._lists[relation, of] = IndexedEntries(items)

    def find(self, kind: str, name: str) -> Sequence[Thing]:
        """Return the things of a kind that bear a name: none, one, or several."""
        return _each(self._things.get(kind, {}).get(KINDS[kind].key_of(name), ()))

    def names(self, kind: str) -> Sequence[str]:
        """Return the names known of a kind, sorted."""
        return sorted({thing.name for thing in self._all(kind)})

    def name_of(self, kind: str, thing_id: str) -> str:
        """Return the name of an id or ARN, or that itself where its name was not read."""
        if kind not in self._things:
            return thing_id
        known = self._ids(kind)
        return known.get(thing_id) or known.get(id_in_arn(thing_id), thing_id)

    def entries(self, relation: str, of: str) -> Sequence[Mapping[str, Any]]:
        """Return the entries of a thing's list, `of` being the thing's id."""
        return self._lists.get((relation, of), ())

    def add_usage(self, kind: str, used: str, usage: Usage) -> None:
        """Take in what uses a thing, `used` being the thing's id."""
        self._usages.setdefault((kind, used), []).append(usage)

    def is_used_by(self, kind: str, used: str, user: str) -> bool:
        """Tell whether a thing uses another, be it that the one goes, or gives it up."""
        return any(each.id == user for each in self._usages.get((kind, used), ()))

    def usages(self, kind: str, used: str) -> Sequence[Usage]:
        """Return what uses a thing, as far as it was looked for."""
        known = self._usages.get((kind, used), ())
        return merged(
            usage
            for usage in known
            if usage.id not in self.going and (used, usage.id) not in self.given_up
        )


def _each(same: Thing | tuple[Thing, ...]) -> tuple[Thing, ...]:
    """Return what bears a name: mostly one thing, which takes no tuple to keep."""
    return (same,) if isinstance(same, Thing) else same
