"""What a column's cells may hold, derived from the members that the column feeds."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from bulkops.definition.column_bounds import Bounds, bounds_of, narrowed, together
from bulkops.definition.expressions import (
    Amended,
    Arg,
    Each,
    Entries,
    JsonText,
    Keyed,
    Keys,
    Together,
)
from bulkops.definition.file_uploads import Upload
from bulkops.definition.job import Column, Identity, Job, Kind, Step
from bulkops.definition.kinds.found_things import Col, Find, Leaf, Parent
from bulkops.definition.kinds.thing_kind import ThingKind
from bulkops.definition.model.member_paths import EACH
from bulkops.definition.model.operations import MemberFacts, OperationFacts, operation
from bulkops.definition.model.value_limits import Limits
from bulkops.definition.thing_kinds import KINDS


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A place that a column's value goes to: a step's address, its operation, and a path in it.

    `finds` is the kind of thing whose id is sent in place of the name; empty: the value itself.
    `only_if` is the step's. `place` is the path with the elements of a `Keyed` list by their keys.
    `part`: only a part of the path in the cell goes there.
    """

    address: str
    operation: str
    path: str
    place: str = ""
    finds: str = ""
    only_if: tuple[str, str] | None = None
    part: bool = False
    inside: bool = False
    """Whether it stands in a text of JSON, of which the model says nothing."""
    keys: bool = False
    """Whether only the keys of a map in the cell go there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnFacts:
    """What one column's cells may hold.

    `value` bounds each single value (of a list, of a tag); `items` bounds how many values or
    tags one cell holds; `key` bounds the keys of tags. `finds` is the kind (a key of KINDS) of the
    things that the cell names, where it does nothing but name things of one kind that are there
    already: the instance then decides what is right, not `value`. `names`: a cell names or keys
    something, and so is one line of text. `ascii_only`: of user names and e-mail addresses, where a
    letter that only looks right would lock a user out. `path`: a cell is the path of a thing, its
    parts joined by /.
    """

    name: str
    kind: Kind
    value: Limits
    items: Limits
    key: Limits
    secret: bool
    finds: str
    feeds: tuple[Feed, ...]
    service: str = ""
    identity: Identity | None = None
    entries: str = "string"
    """The type of a map's values, by the model's name of it."""
    file: bool = False
    unit: str = ""
    """What a duration is sent in; empty of any other kind."""
    names: bool = False
    ascii_only: bool = False
    path: bool = False


_KEYED = re.compile(r"\[[^\]]+\]")
NAMING = (
    *("Name", "Username", "Title", "Alias", "Key", "Id", "Arn", "ARN", "Ids", "Arns"),
    *("Email", "Address", "Number", "Url", "Uri", "Type", "Code"),
)
"""Ends of members whose value is one line: what things, people, places are called or reached by."""
_ASCII_MEMBERS = frozenset({"Username", "Email", "SecondaryEmail", "EmailAddress"})


def feeds_of(job: Job, column_name: str) -> tuple[Feed, ...]:
    """Return every place of a job's steps that a column's value goes to, in the order written."""
    return tuple(
        _feed(address, step, found)
        for address, step in job.addresses()
        for found in _fed(step)
        if found.column == column_name
    )


def facts_of(job: Job, column_name: str, identity: Identity | None = None) -> ColumnFacts:
    """Return what a column's cells may hold, under an identity management type where it is known.

    Where a column feeds several members, the narrowest limits hold; of steps that are for other
    rows than one another (`Step.only_if`) the widest. One that feeds none holds what its spellings
    say. Raises KeyError where the job has no such column, and JobError where a step's operation or
    member is unknown.
    """
    column, feeds = job.column(column_name), feeds_of(job, column_name)
    fed = [(feed, operation(job.service, feed.operation, identity)) for feed in feeds]
    bounds = _bounds(column, fed)
    expected = (finds for *_, finds in expectations_of(job, column_name))
    return ColumnFacts(
        name=column_name,
        kind=column.kind,
        value=_limits(job, column, feeds, bounds.value),
        items=bounds.items,
        key=bounds.key,
        secret=column.secret or any(facts.holds_secret(feed.path) for feed, facts in fed),
        finds=_found([*(feed.finds for feed in feeds), *expected]),
        feeds=feeds,
        service=job.service,
        identity=identity,
        entries=_entry_type(fed),
        file=column.file,
        unit=column.unit if column.kind == "duration" else "",
        names=column_name in job.key or any(map(_names, feeds)),
        ascii_only=any(feed.path.rpartition(".")[2] in _ASCII_MEMBERS for feed in feeds),
        path=any(feed.part for feed in feeds),
    )


def _bounds(column: Column, fed: Sequence[tuple[Feed, OperationFacts]]) -> Bounds:
    """Return the bounds of what a column feeds, each with the facts of its operation."""
    cases: dict[tuple[str, str] | None, Bounds] = {}
    for feed, facts in fed:
        bounds = bounds_of(facts.members, facts.member(feed.path))
        if feed.inside:
            bounds = Bounds(value=Limits(one_of=tuple(column.spellings)))
        if feed.keys:
            bounds = Bounds(items=bounds.items, key=bounds.value)
        if feed.finds or feed.part:
            bounds = bounds._replace(value=Limits())
        cases[feed.only_if] = cases.get(feed.only_if, Bounds()).and_(bounds)
    return together(cases)


def _limits(job: Job, column: Column, feeds: Sequence[Feed], bound: Limits) -> Limits:
    """Return the limits of a single value: those of what it is for, and what it feeds."""
    expected, value = expectations_of(job, column.name), Limits()
    for kind, path, finds in expected:
        held = held_in(kind, path)
        if held is not None and not finds:
            value = narrowed(value, _one_of(held.limits))
    value = narrowed(narrowed(value, bound), Limits(maximum=column.maximum))
    uploads = uploads_of(job, column.name)
    if uploads:
        return narrowed(value, Limits(maximum=min(each.most for each in uploads)))
    if not feeds and not expected:
        return Limits(one_of=tuple(column.spellings))
    if column.kind == "text" and not value.one_of and not any(feed.finds for feed in feeds):
        return narrowed(value, Limits(one_of=tuple(column.spellings)))
    return value


def _entry_type(fed: Sequence[tuple[Feed, OperationFacts]]) -> str:
    """Return the type of the values of the last map that a column feeds."""
    members = ((facts, facts.member(feed.path)) for feed, facts in fed)
    types = [
        facts.members[f"{member.path}{{value}}"].type
        for facts, member in members
        if member.type == "map"
    ]
    return types[-1] if types else "string"


def uploads_of(job: Job, column_name: str) -> tuple[Upload, ...]:
    """Return the uploads whose file a column names."""
    steps = (step for _, step in job.addresses())
    every = (upload for step in steps for upload in step.uploads.values())
    return tuple(each for each in every if each.file.name == column_name)


def expectations_of(job: Job, column_name: str) -> tuple[tuple[ThingKind, str, str], ...]:
    """Return (kind, path in its state, kind found) of what a column says that a thing must be."""
    return tuple(
        (KINDS[step.subject.kind], path, said.kind if isinstance(said, Find) else "")
        for _, step in job.addresses()
        for path, said in step.expects.items()
        if said.column == column_name and isinstance(step.subject, Find)
    )


def held_in(kind: ThingKind, path: str) -> MemberFacts | None:
    """Return the facts of a place in a kind's state; None where its state has no such place."""
    if kind.beside is not None and path == kind.beside.member:
        told = operation(kind.service, kind.beside.listing.operation).output
        return told.get(f"{kind.beside.listing.items}{EACH}.{kind.beside.value}")
    if kind.describe is None:
        return None
    output = operation(kind.service, kind.describe.operation).output
    found = output.get(f"{kind.describe.begins}{path}")
    if found is None and kind.further is not None:
        return operation(kind.service, kind.further.operation).output.get(path)
    return found


def _one_of(limits: Limits) -> Limits:
    """Return of limits the values alone: what is there need not be what could be set."""
    return Limits(one_of=limits.one_of)


def _found(finds: Sequence[str]) -> str:
    """Return the one kind that a column names things of in all its places; empty: there is none."""
    return finds[0] if len(set(finds)) == 1 else ""


def _names(feed: Feed) -> bool:
    member = feed.path.rpartition(".")[2].removesuffix(EACH)
    return bool(feed.finds) or member.endswith(NAMING)


def feeds_by(address: str, step: Step) -> Iterator[tuple[str, Feed]]:
    """Yield (column, place) for all that a step at an address is fed by, in the order written."""
    for found in _fed(step):
        yield found.column, _feed(address, step, found)


class _Found(NamedTuple):
    """An expression inside an argument that a column fills, with its path and the kind found."""

    leaf: Arg
    column: str
    place: str
    finds: str


def _fed(step: Step) -> Iterator[_Found]:
    for name, arg in step.args.items():
        yield from _places(arg, name)


def _feed(address: str, step: Step, found: _Found) -> Feed:
    return Feed(
        address=address,
        operation=step.operation,
        path=_KEYED.sub(EACH, found.place),
        place=found.place,
        finds=found.finds,
        only_if=step.only_if,
        part=isinstance(found.leaf, Leaf | Parent),
        inside=isinstance(found.leaf, JsonText),
        keys=isinstance(found.leaf, Keys) and isinstance(found.leaf.of, Col),
    )


def _places(arg: Arg, path: str) -> Iterator[_Found]:  # noqa: C901  # a case a word
    """Yield what every column inside an argument fills."""
    match arg:
        case Col():
            yield _Found(arg, arg.name, path, "")
        case Find():
            yield _Found(arg, arg.by.name, path, arg.kind)
        case Amended():
            yield from _places(arg.item, path)
        case Entries() | Keys():
            yield _Found(arg, arg.column, path, "")
        case JsonText():
            for leaf in arg.leaves:
                yield _Found(arg, leaf.column, path, leaf.kind if isinstance(leaf, Find) else "")
        case Each() | Together():
            yield from _places(arg.item, f"{path}{EACH}")
        case Keyed():
            for place, members in arg.elements():
                yield from _places(members, f"{path}{place}")
        case Mapping():
            for name, inner in arg.items():
                yield from _places(inner, f"{path}.{name}")
        case _:
            return
