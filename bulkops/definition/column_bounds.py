"""What bounds a column's values, where it feeds several members."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import reduce
from typing import NamedTuple

from bulkops.definition.model.member_paths import EACH
from bulkops.definition.model.operations import MemberFacts
from bulkops.definition.model.value_limits import Limits


def narrowed(one: Limits, other: Limits) -> Limits:
    """Return the limits that hold where both do. Of two patterns the first one stands."""
    low = [bound for bound in (one.minimum, other.minimum) if bound is not None]
    high = [bound for bound in (one.maximum, other.maximum) if bound is not None]
    both = tuple(choice for choice in one.one_of if choice in other.one_of)
    formed = one if one.pattern is not None else other
    return Limits(
        minimum=max(low, default=None),
        maximum=min(high, default=None),
        pattern=formed.pattern,
        says=formed.says,
        one_of=both if one.one_of and other.one_of else one.one_of or other.one_of,
        nfc=one.nfc or other.nfc,
    )


def widened(one: Limits, other: Limits) -> Limits:
    """Return the limits that hold where one of the two does."""
    bounded = one.minimum is not None and other.minimum is not None
    capped = one.maximum is not None and other.maximum is not None
    formed = one.pattern == other.pattern
    chosen = bool(one.one_of and other.one_of)
    return Limits(
        minimum=min(one.minimum or 0, other.minimum or 0) if bounded else None,
        maximum=max(one.maximum or 0, other.maximum or 0) if capped else None,
        pattern=one.pattern if formed else None,
        says=one.says if formed else "",
        one_of=tuple(dict.fromkeys((*one.one_of, *other.one_of))) if chosen else (),
        nfc=one.nfc and other.nfc,
    )


class Bounds(NamedTuple):
    """The limits of one value, of how many, and of a tag's key."""

    value: Limits = Limits()
    items: Limits = Limits()
    key: Limits = Limits()

    def and_(self, other: Bounds) -> Bounds:
        """Return what holds where both do."""
        return Bounds(*(narrowed(one, two) for one, two in zip(self, other, strict=True)))

    def or_(self, other: Bounds) -> Bounds:
        """Return what holds where one of the two does."""
        return Bounds(*(widened(one, two) for one, two in zip(self, other, strict=True)))


def together(cases: Mapping[tuple[str, str] | None, Bounds]) -> Bounds:
    """Return what holds of a cell, by the bounds of its steps for the condition of each."""
    apart: Iterable[Bounds] = [bounds for case, bounds in cases.items() if case is not None]
    one_of_them = reduce(Bounds.or_, apart) if apart else Bounds()
    return cases.get(None, Bounds()).and_(one_of_them)


def bounds_of(members: Mapping[str, MemberFacts], member: MemberFacts) -> Bounds:
    """Return the bounds of a member's values; `members` are its operation's, by path."""
    path = member.path
    match member.type:
        case "list":
            return Bounds(members[f"{path}{EACH}"].limits, member.limits)
        case "map":
            key = members[f"{path}{{key}}"].limits
            return Bounds(members[f"{path}{{value}}"].limits, member.limits, key)
        case _:
            return Bounds(member.limits)
