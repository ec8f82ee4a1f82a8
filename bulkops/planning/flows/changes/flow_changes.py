"""What differs between two flows, in the words of the designer: blocks, parameters, ways out."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from itertools import zip_longest
from typing import Any, NamedTuple

from bulkops.planning.diff.long_texts import shortened
from bulkops.planning.flows.changes.compared_flow import ComparedBlock, ComparedFlow
from bulkops.planning.flows.changes.paired_blocks import paired
from bulkops.planning.flows.flow_places import Block, Place, place_text

_NOTHING = "∅"  # as changes of rows show it


class MemberChange(NamedTuple):
    """A parameter, or a way out of a block: its path, and what it was and is; empty for nothing."""

    path: str
    old: str
    new: str

    def __str__(self) -> str:
        """Render as `Text: old → new`, long values around the place where they differ."""
        old, new = shortened(self.old, self.new)
        return f"{self.path}: {old or _NOTHING} → {new or _NOTHING}"


class FlowChange(NamedTuple):
    """A block that was added or removed, or one that changed, and in what.

    `block` is None for what belongs to the flow as a whole: where it starts, a module's settings.
    """

    what: str
    block: Block | None = None
    members: tuple[MemberChange, ...] = ()

    def __str__(self) -> str:
        """Render as `"Main menu" (GetParticipantInput): Text: old → new`."""
        about = "flow" if self.block is None else str(self.block)
        if self.members:
            return f"{about}: {', '.join(map(str, self.members))}"
        return f"{about} {self.what}"


ADDED, REMOVED, CHANGED = "added", "removed", "changed"


def flow_changes(old: ComparedFlow, new: ComparedFlow) -> tuple[FlowChange, ...]:
    """Return how one flow becomes another; nothing where they do the same.

    First what belongs to the whole, then the blocks in the order of the new flow, then those that
    are no longer there.
    """
    if old.canonical == new.canonical:
        return ()
    return tuple(_changes(old, new, paired(old, new)))


def changes_text(changes: tuple[FlowChange, ...]) -> str:
    """Return all changes on one line."""
    return "; ".join(map(str, changes))


def _changes(
    old: ComparedFlow, new: ComparedFlow, pairs: Mapping[str, str]
) -> Iterator[FlowChange]:
    whole = [*_members(old.settings, new.settings, ())]
    if pairs.get(old.start, old.start) != new.start:
        starts = (_target(old, old.start), _target(new, new.start))
        whole.insert(0, MemberChange("StartAction", *starts))
    if whole:
        yield FlowChange(CHANGED, None, tuple(whole))
    before = {after: old.blocks[identifier] for identifier, after in pairs.items()}
    for identifier, block in new.blocks.items():
        if identifier not in before:
            yield FlowChange(ADDED, block.block)
            continue
        was = before[identifier]
        members = [*_members(was.does, block.does, ()), *_ways(old, new, was, block, pairs)]
        if members:
            yield FlowChange(CHANGED, block.block, tuple(members))
    for identifier, block in old.blocks.items():
        if identifier not in pairs:
            yield FlowChange(REMOVED, block.block)


def _ways(
    old: ComparedFlow,
    new: ComparedFlow,
    was: ComparedBlock,
    block: ComparedBlock,
    pairs: Mapping[str, str],
) -> Iterator[MemberChange]:
    before, after = _by_label(was), _by_label(block)
    for label in dict.fromkeys((*after, *before)):
        for one, other in zip_longest(before.get(label, ()), after.get(label, ())):
            led = None if one is None else pairs.get(one, one)
            if led != other:
                yield MemberChange(label, _target(old, one), _target(new, other))


def _by_label(block: ComparedBlock) -> Mapping[str, list[str]]:
    """Return the ways out of a block by what they are for, which mostly is one each."""
    ways: dict[str, list[str]] = {}
    for lead in block.leads:
        ways.setdefault(lead.label, []).append(lead.target)
    return ways


def _target(flow: ComparedFlow, identifier: str | None) -> str:
    """Return the block that a way leads to, as a person names it; empty where there is no way."""
    if not identifier:
        return "" if identifier is None else "nowhere"
    found = flow.blocks.get(identifier)
    return f"no block {identifier}" if found is None else str(found.block)


def _members(old: Any, new: Any, place: Place) -> Iterator[MemberChange]:  # noqa: ANN401  # JSON
    """Yield the smallest parts of two JSON values that differ, in the order of the new one."""
    if isinstance(old, Mapping) and isinstance(new, Mapping):
        for name in dict.fromkeys((*new, *old)):
            if name not in new or name not in old:
                yield MemberChange(_path((*place, name)), _said(old, name), _said(new, name))
            else:
                yield from _members(old[name], new[name], (*place, name))
    elif isinstance(old, list) and isinstance(new, list) and len(old) == len(new):
        for index, (one, other) in enumerate(zip(old, new, strict=True)):
            yield from _members(one, other, (*place, index))
    elif old != new or type(old) is not type(new):
        yield MemberChange(_path(place), _text(old), _text(new))


def _path(place: Place) -> str:
    return place_text(place[1:] if place[0] == "Parameters" and len(place) > 1 else place)


def _said(held: Mapping[str, Any], name: str) -> str:
    return _text(held[name]) if name in held else ""


def _text(value: Any) -> str:  # noqa: ANN401  # any JSON value
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
