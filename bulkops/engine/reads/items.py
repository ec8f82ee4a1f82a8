"""What one item of a page says of a thing: its id, its names, its state, when it was changed."""

from __future__ import annotations

import sys
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from bulkops.definition.kinds.listing import Listing
from bulkops.definition.kinds.thing_kind import ThingKind
from bulkops.definition.model.member_paths import key_at
from bulkops.definition.model.newer_members import like
from bulkops.planning.inventory import Thing, Want, arn_form_of

Item = Mapping[str, Any]
DATES = ("LastModifiedTime", "lastModifiedTime")
"""The members of an item that say when its thing was last changed."""

INDEX_LAG = timedelta(minutes=1)
"""How long a search may go on showing what was there before a change.

Amazon Connect says of its searches that they take "a few seconds" to show changes (model text of
SearchEvaluationForms). A minute is many times that, with room for clocks that differ; an index that
is farther behind is believed, and so is one whose list does not say when things were changed.
"""


def items_on(page: Item, member: str) -> Iterable[Item]:
    """Return the items of a page: those of a list, or a few as the members of a structure.

    One that is a text, such as an ARN, is all that there is to say of its thing: it has no members.
    """
    items = page.get(member, ())
    given = items.values() if isinstance(items, Mapping) else items
    return [{"": each} if isinstance(each, str) else each for each in given]


def thing_in(item: Item, listing: Listing) -> Thing:
    """Return the thing that an item of a list or a search shows, without its state."""
    thing_id = str(item_value(item, listing.id) if "." in listing.id else item[listing.id])
    arn = str(item.get(listing.arn, ""))
    form = sys.intern(arn_form_of(arn, thing_id))
    return Thing(id=thing_id, name=name_in(item, listing), arn_form=form)


def name_in(item: Item, listing: Listing) -> str:
    """Return the own name of the thing that an item shows."""
    return str(item_value(item, listing.name))


def is_hidden(item: Item, listing: Listing) -> bool:
    """Tell whether an item stands for nothing that people know of, or for another kind of thing."""
    if listing.only and not listing.only.items() <= item.items():
        return True
    return bool(listing.hidden) and listing.hidden.items() <= item.items()


def changed_at(item: Item) -> datetime | None:
    """Return when the thing was last changed; None where the item does not say."""
    at = item.get(DATES[0], item.get(DATES[1]))
    return at if isinstance(at, datetime) and at.tzinfo is not None else None


def state_in(item: Item, listing: Listing, members: Collection[str] = ()) -> Item:
    """Return the state in an item, in the units of the write; only `members` where any are named.

    Smaller units are divided, so that a state compares with what is written.
    """
    for path, divisor in listing.scale.items():
        item = _divided(item, path.split("."), divisor)
    item = with_parent(item, listing)
    return like(item, {name: item[name] for name in item if name in members}) if members else item


def members_compared(kind: ThingKind, want: Want) -> frozenset[str]:
    """Return all that is looked at in the items of a search, beside what thing each is of.

    None, which is all of it: the state is wanted whole, or ancestors that make names into paths.
    """
    return want.members | {*DATES} if want.members and not kind.has_paths else frozenset()


def names_in(own: str, state: Item, kind: ThingKind) -> Iterator[str]:
    """Yield a thing's own name and, where its state tells its ancestors, its path."""
    yield own
    path = path_in(state, kind)
    if path and path != own:
        yield path


def under_its_names(thing: Thing, state: Item, kind: ThingKind) -> Iterator[Thing]:
    """Yield a thing under each of its names, its path being the last."""
    for name in names_in(thing.name, state, kind):
        yield thing if thing.name == name else replace(thing, name=name)


def path_in(state: Item, kind: ThingKind) -> str:
    """Return the path that a state tells; empty where it tells none."""
    if kind.search is None or not kind.search.names_path:
        return ""
    chain = state.get(kind.search.names_path, {})
    return "/".join(chain[level]["Name"] for level in _LEVELS if level in chain)


def with_parent(state: Item, listing: Listing | None) -> Item:
    """Return a state with the id of what its thing lies in, by the name that the write has."""
    if listing is None or not listing.parent:
        return state
    above = _ancestors(state, listing)[-2:-1]
    return like(state, {**state, listing.parent: above[0]}) if above else state


def _ancestors(state: Item, listing: Listing) -> list[str]:
    """Return the ids of the things above one from the top, and its own."""
    chain = state.get(listing.names_path, {})
    return [str(chain[level]["Id"]) for level in _LEVELS if level in chain]


def may_lie_in(thing: Thing, above: str, kind: ThingKind) -> bool:
    """Tell whether a thing lies in the one of an id, or at the top where that is empty.

    One of which the ancestors are not known yet may.
    """
    if thing.state is None or kind.search is None:
        return True
    return _ancestors(thing.state, kind.search)[-2:-1] == ([above] if above else [])


_LEVELS = ("LevelOne", "LevelTwo", "LevelThree", "LevelFour", "LevelFive")


def keys_meant(kind: ThingKind, names: Collection[str]) -> frozenset[str]:
    """Return the keys of all own names that names may mean: of a path, those of its last part."""
    found = {kind.key_of(name) for name in names}
    if kind.has_paths:
        for name in names:
            parts = kind.key_of(name).split("/")
            found.update("/".join(parts[number:]) for number in range(1, len(parts)))
    return frozenset(found)


def item_value(item: Item, path: str) -> Any:  # noqa: ANN401  # what the service sent
    """Return what stands at a dotted path, in which `[member=value]` is an element of a list."""
    value: Any = item
    for member in path.split("."):
        key = key_at(member)
        if key is None:
            value = value.get(member, {})
        else:
            value = next((each for each in value if each.get(key[0]) == key[1]), {})
    return value


def _divided(item: Item, path: list[str], divisor: int) -> Item:
    head, *rest = path
    if head not in item:
        return item
    value = item[head]
    less = _divided(value, rest, divisor) if rest else value // divisor
    return like(item, {**item, head: less})
