"""Things that rows address: each read by what the row says of it, or in a list that shows it."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping
from functools import partial
from typing import Any

from bulkops.definition.kinds.addressed_read import AddressedRead
from bulkops.definition.kinds.found_things import APART
from bulkops.definition.kinds.thing_kind import ThingKind
from bulkops.definition.model.member_paths import put_at, value_at_dotted
from bulkops.definition.model.operations import shape_at
from bulkops.definition.model.written_values import as_written
from bulkops.engine.reads.instance_reader import Reader, ReadError
from bulkops.engine.reads.side_by_side import side_by_side
from bulkops.pacing.not_found import is_not_found
from bulkops.planning.inventory import Thing

_Parts = Mapping[str, Any]


async def addressed_things(reader: Reader, kind: ThingKind, names: Collection[str]) -> list[Thing]:
    """Return the things of some addresses that are there, with what the read tells of them.

    Those that one list shows are read together. Raises ReadError.
    """
    read = kind.address
    if read is None:
        raise TypeError(kind.name)
    asked: dict[str, list[str]] = {}
    for name in sorted(names):
        request = json.dumps(_request(read, _parts(read, name)), sort_keys=True)
        asked.setdefault(request, []).append(name)
    reader.expect(kind.service, read.operation, len(asked))
    found: list[Thing] = []

    async def look(request: str, meant: list[str]) -> None:
        found.extend(await _found(reader, kind, read, json.loads(request), meant))

    await side_by_side(partial(look, request, meant) for request, meant in asked.items())
    return found


async def _found(
    reader: Reader, kind: ThingKind, read: AddressedRead, request: _Parts, names: list[str]
) -> list[Thing]:
    """Return the things of some names that one request shows; none where there is nothing."""
    try:
        if not read.items:
            asked = reader.asked(kind.service, read.operation, request)
            reply = await reader.read(kind.service, read.operation, asked)
            return [_thing(kind, read, name, reply.data) for name in names]
        items = [
            item
            async for page in reader.pages(kind.service, read.operation, request)
            for item in value_at_dotted(page, read.items) or ()
        ]
    except ReadError as error:
        if is_not_found(error.fault.code, error.fault.http_status):
            return []
        raise
    return [_thing(kind, read, name, item) for name in names for item in _meant(read, name, items)]


def _meant(read: AddressedRead, name: str, items: list[_Parts]) -> Iterator[_Parts]:
    parts = _parts(read, name)
    for item in items:
        if all(item.get(mine) == parts.get(part) for mine, part in read.matches.items()):
            yield item


def _parts(read: AddressedRead, name: str) -> dict[str, Any]:
    """Return the parts of which a name is made, as the requests take them; blank ones are none."""
    texts = zip(read.parts.items(), name.split(APART), strict=True)
    return {part: text if kind == "string" else int(text) for (part, kind), text in texts if text}


def _request(read: AddressedRead, parts: _Parts) -> dict[str, Any]:
    found = {name: _filled(value, parts) for name, value in read.arguments.items()}
    return {name: value for name, value in found.items() if value not in (None, [])}


def _filled(template: Any, parts: _Parts) -> Any:  # noqa: ANN401  # JSON
    """Return an argument with its parts filled in; None where one of them is blank."""
    match template:
        case str() if template.startswith("{"):
            return parts.get(template[1:-1])
        case list():
            each = [_filled(inner, parts) for inner in template]
            return [inner for inner in each if inner is not None]
        case Mapping():
            inner = {name: _filled(value, parts) for name, value in template.items()}
            return None if any(value in (None, []) for value in inner.values()) else inner
        case _:
            return template


def _thing(kind: ThingKind, read: AddressedRead, name: str, told: _Parts) -> Thing:
    """Return a thing with its state, in the words and the forms of the write."""
    state: dict[str, Any] = {}
    for mine, theirs in read.told.items():
        value = value_at_dotted(told, theirs)
        if value is not None:
            put_at(
                state,
                mine.split("."),
                as_written(shape_at(kind.service, read.writes, mine)[0], value),
            )
    return Thing(id=name, name=name, state=state, described=True)
