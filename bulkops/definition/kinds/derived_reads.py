"""How a thing is read that an operation writes, told by the shapes of the service's model.

The read bears the noun of the write and asks for nothing that the write is not given. It is of one
thing (`GetUser`), or a list in which the thing is known by a member that the write names too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from bulkops.definition.kinds.addressed_read import AddressedRead
from bulkops.definition.kinds.members_told import Write, best_told, told_by
from bulkops.definition.kinds.read_exceptions import EXCEPTIONS, ReadException
from bulkops.definition.model.operation_words import (
    MAKING,
    REMOVING,
    singular,
    words_in,
    words_of,
)
from bulkops.definition.model.operations import (
    filled_member,
    operation_model,
    operations,
)
from bulkops.definition.model.shapes import Shape

_SETTING = frozenset({"Update", "Modify", "Set"})
_LOOKED_AT = (MAKING | REMOVING | _SETTING) - {"Tag", "Untag"}
_JOINING = frozenset({"To", "From", "For", "With", "By", "In", "Of", "And"})
_NAMING = ("Name", "Id", "Arn", "ARN", "Key", "Url", "name", "Qualifier")
_BESIDE = frozenset({"Attached", "Associated", "Admin", "Resource"})
"""Words in the name of a list that say nothing of what it is a list of."""
_LISTING = re.compile(r"(?:Admin)?(?:List|Describe|Get)(?=[A-Z])")
_PART = re.compile(r"\{(\w+)\}")


@cache
def read_of(service: str, name: str) -> AddressedRead | None:
    """Return how what an operation writes is read; None where nothing tells of it.

    Raises JobError where service or operation is unknown.
    """
    shape = operation_model(service, name).input_shape
    words = words_of(name)
    if shape is None or words.prefix == "Batch" or words.verb not in _LOOKED_AT:
        return None
    write = Write(service, name, shape)
    exception = EXCEPTIONS.get(f"{service}:{name}")
    if exception is not None:
        return _excepted(write, exception) if exception.operation else None
    return next(_of_one(write), None) or next(_in_lists(write), None)


def _of_one(write: Write) -> Iterator[AddressedRead]:
    """Yield the reads of one thing, the one of the whole noun first."""
    prefix, verb, _ = words_of(write.name)
    for noun in _nouns(write):
        for reading in ("Get", "Describe", "Head"):
            for before in dict.fromkeys((prefix, "")):
                found = _single(write, f"{before}{reading}{noun}")
                whole = noun == words_of(write.name).noun and verb != "Put"
                if found is not None and (whole or found.told):
                    yield found


def _nouns(write: Write) -> Iterator[str]:
    """Yield what a write may be about: what sets values names an aspect after its thing."""
    _, verb, noun = words_of(write.name)
    yield noun
    words = words_in(noun)
    if verb in _SETTING:
        for length in range(len(words) - 1, 0, -1):
            yield "".join(words[:length])


def _single(write: Write, operation: str) -> AddressedRead | None:
    model = write.model(operation)
    if model is None:
        return None
    asked, answered = model
    if any(each.serialization.get("streaming") for each in answered.members.values()):
        return None  # its content would be read with it
    parts = _shared(write, asked)
    if parts is None or not (parts.keys() & write.given.keys()):
        return None
    told = best_told(write, answered, parts)
    return AddressedRead(
        operation=operation,
        parts=parts,
        optional=frozenset(parts) - write.given.keys(),
        arguments={name: f"{{{name}}}" for name in parts},
        told=told,
        writes=write.setting,
    )


def _shared(write: Write, asked: Shape) -> dict[str, str] | None:
    """Return the parts that a read asks for by the write's names; None where it asks for more."""
    filled = filled_member(write.service)
    known = {**write.given, **write.optional}
    shared = {
        name: known[name]
        for name, shape in asked.members.items()
        if known.get(name) == shape.type_name and name != filled
        if name in write.given or name.endswith(_NAMING)
    }
    lacking = [
        name for name in asked.required_members if name != filled and name not in write.given
    ]
    return None if lacking else shared


def _in_lists(write: Write) -> Iterator[AddressedRead]:
    """Yield the lists of what a write is about, in which the thing is told by the write's names."""
    wanted = _said_in(words_of(write.name).noun)
    for operation in operations(write.service):
        begins = _LISTING.match(operation)
        if begins is None:
            continue
        said = _said_in(operation[begins.end() :])
        if wanted <= said and said - wanted <= _BESIDE:
            yield from _listed(write, operation)


def _said_in(noun: str) -> set[str]:
    return {singular(word) for word in words_in(noun) if word not in _JOINING}


def _listed(write: Write, operation: str) -> Iterator[AddressedRead]:
    model = write.model(operation)
    parts = _shared(write, model[0]) if model is not None else None
    if model is None or parts is None:
        return
    naming = {
        name: kind
        for name, kind in write.given.items()
        if name not in parts and _names(name, words_of(write.name).noun)
    }
    for items, listed in model[1].members.items():
        if listed.type_name != "list" or listed.member.type_name != "structure" or not naming:
            continue
        item = listed.member
        if not all(
            name in item.members and item.members[name].type_name == kind
            for name, kind in naming.items()
        ):
            continue
        every = {**parts, **naming}
        yield AddressedRead(
            operation=operation,
            parts=every,
            optional=frozenset(parts) - write.given.keys(),
            arguments={**{name: f"{{{name}}}" for name in parts}, **_narrowed(model[0], naming)},
            items=items,
            matches={name: name for name in naming},
            told=told_by(write, item, "", every),
            writes=write.setting,
        )


def _names(member: str, noun: str) -> bool:
    """Tell whether a member names what a noun is about: `PolicyArn` for a `UserPolicy`."""
    if member.casefold() in ("name", "id", "arn"):
        return True
    said = member.casefold()
    return member.endswith(_NAMING) and any(
        word.casefold() in said for word in words_in(noun) if word not in _JOINING
    )


def _narrowed(asked: Shape, names: Mapping[str, str]) -> dict[str, Any]:
    """Return arguments by which a list holds little more than the thing: a prefix, or its name."""
    found: dict[str, Any] = {}
    for name in names:
        prefix, several = asked.members.get(f"{name}Prefix"), asked.members.get(f"{name}s")
        if prefix is None and name.endswith("Name"):
            prefix = asked.members.get(f"{name.removesuffix('Name')}NamePrefix")
        if prefix is not None and prefix.type_name == "string":
            found[f"{name}Prefix"] = f"{{{name}}}"
        elif (
            several is not None
            and several.type_name == "list"
            and several.member.type_name == "string"
        ):
            found[f"{name}s"] = [f"{{{name}}}"]
    return found


def _excepted(write: Write, exception: ReadException) -> AddressedRead | None:
    model = write.model(exception.operation)
    if model is None:
        return None
    known = {**write.given, **write.optional}
    names = [*_PART.findall(str(exception.arguments)), *exception.matches.values()]
    parts = {name: known[name] for name in dict.fromkeys(names)}
    if exception.items:
        told = told_by(write, model[1].members[exception.items].member, "", parts)
    else:
        told = best_told(write, model[1], parts)
    return AddressedRead(
        operation=exception.operation,
        parts=parts,
        optional=frozenset(parts) - write.given.keys(),
        arguments=exception.arguments,
        items=exception.items,
        matches=exception.matches,
        told={**told, **exception.told},
        amends=exception.amends,
        writes=write.setting,
    )
