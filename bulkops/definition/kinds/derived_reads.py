"""How a thing is read that an operation writes, told by the shapes of the service's model.

The read bears the noun of the write and asks for nothing that the write is not given. It is of one
thing (`GetUser`), or a list in which the thing is known by a member that the write names too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

from bulkops.definition.kinds.addressed_read import AddressedRead
from bulkops.definition.kinds.read_exceptions import EXCEPTIONS, ReadException
from bulkops.definition.model.member_paths import under
from bulkops.definition.model.operation_words import (
    MAKING,
    REMOVING,
    makers,
    singular,
    words_in,
    words_of,
)
from bulkops.definition.model.operations import (
    filled_member,
    is_secret,
    operation_model,
    operations,
)
from bulkops.definition.model.shapes import Shape

_SETTING = frozenset({"Update", "Modify", "Set"})
_LOOKED_AT = (MAKING | REMOVING | _SETTING) - {"Tag", "Untag"}
_ADDRESSES = frozenset({"string", "integer", "long"})
"""Types of what may address a thing."""
_NUMBERS = frozenset({"integer", "long", "float", "double"})
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
    write = _Write(service, name, shape)
    exception = EXCEPTIONS.get(f"{service}:{name}")
    if exception is not None:
        return _excepted(write, exception) if exception.operation else None
    return next(_of_one(write), None) or next(_in_lists(write), None)


def leaves_of(
    shape: Shape, path: str = "", above: tuple[str, ...] = ()
) -> Iterator[tuple[str, Shape]]:
    """Yield (dotted path, shape) of what a cell may fill, as the columns of a derived job do."""
    for name, member in shape.members.items():
        inside: list[tuple[str, Shape]] = []
        if member.type_name == "structure" and not (
            member.name in above or member.is_document_type
        ):
            further = (*above, member.name)
            inside = list(leaves_of(member, under(path, name), further))
        yield from inside or [(under(path, name), member)]


@dataclass(frozen=True, eq=False)
class _Write:
    """What an operation takes: what may address a thing, and what says how it is."""

    service: str
    name: str
    shape: Shape

    @cached_property
    def given(self) -> dict[str, str]:
        """The single values that must be given, each with its type; no secret is one."""
        return {
            name: self._singles[name]
            for name in self.shape.required_members
            if name in self._singles
        }

    @cached_property
    def optional(self) -> dict[str, str]:
        """The single values that may be left out."""
        return {name: kind for name, kind in self._singles.items() if name not in self.given}

    @cached_property
    def _singles(self) -> dict[str, str]:
        filled = filled_member(self.service)
        return {
            name: member.type_name
            for name, member in self.shape.members.items()
            if member.type_name in _ADDRESSES and name != filled
            if not is_secret(self.service, member)
        }

    @cached_property
    def setting(self) -> str:
        """The operation that sets what is told: itself, or what makes again what it takes away."""
        if words_of(self.name).verb not in REMOVING:
            return self.name
        known = operations(self.service)
        return next((name for name in makers(self.name) if name in known), self.name)

    @cached_property
    def leaves(self) -> list[tuple[str, Shape]]:
        """What is set by that operation."""
        shape = operation_model(self.service, self.setting).input_shape
        return [] if shape is None else list(leaves_of(shape))

    def model(self, operation: str) -> tuple[Shape, Shape] | None:
        """Return what an operation of the service takes and answers; None where it has neither."""
        if operation not in operations(self.service):
            return None
        model = operation_model(self.service, operation)
        if model.input_shape is None or model.output_shape is None:
            return None
        return model.input_shape, model.output_shape


def _of_one(write: _Write) -> Iterator[AddressedRead]:
    """Yield the reads of one thing, the one of the whole noun first."""
    prefix, verb, _ = words_of(write.name)
    for noun in _nouns(write):
        for reading in ("Get", "Describe", "Head"):
            for before in dict.fromkeys((prefix, "")):
                found = _single(write, f"{before}{reading}{noun}")
                whole = noun == words_of(write.name).noun and verb != "Put"
                if found is not None and (whole or found.told):
                    yield found


def _nouns(write: _Write) -> Iterator[str]:
    """Yield what a write may be about: what sets values names an aspect after its thing."""
    _, verb, noun = words_of(write.name)
    yield noun
    words = words_in(noun)
    if verb in _SETTING:
        for length in range(len(words) - 1, 0, -1):
            yield "".join(words[:length])


def _single(write: _Write, operation: str) -> AddressedRead | None:
    model = write.model(operation)
    if model is None:
        return None
    asked, answered = model
    if any(each.serialization.get("streaming") for each in answered.members.values()):
        return None  # its content would be read with it
    parts = _shared(write, asked)
    if parts is None or not (parts.keys() & write.given.keys()):
        return None
    told = _best_told(write, answered, parts)
    return AddressedRead(
        operation=operation,
        parts=parts,
        optional=frozenset(parts) - write.given.keys(),
        arguments={name: f"{{{name}}}" for name in parts},
        told=told,
        writes=write.setting,
    )


def _shared(write: _Write, asked: Shape) -> dict[str, str] | None:
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


def _best_told(write: _Write, answered: Shape, parts: Mapping[str, str]) -> dict[str, str]:
    """Return what an answer tells of the write's members: at its top, or inside one structure."""
    inside = [name for name, each in answered.members.items() if each.type_name == "structure"]
    found = [_told(write, answered, "", parts)]
    found += [_told(write, answered.members[name], f"{name}.", parts) for name in inside]
    return max(found, key=len)


def _told(write: _Write, holder: Shape, before: str, parts: Mapping[str, str]) -> dict[str, str]:
    """Return path of the write → path of the answer, of what means the same by its form.

    A write whose values all stand in one structure may be answered without that one.
    """
    leaves = [(path, shape) for path, shape in write.leaves if path not in parts]
    held = {path: found for path, _ in leaves if (found := _at(holder, path)) is not None}
    told = {
        path: path for path, shape in leaves if path in held and _tells(write, shape, held[path])
    }
    heads = {path.partition(".")[0] for path, _ in leaves if "." in path}
    if not told and len(heads) == 1:
        for path, shape in leaves:
            rest = path.partition(".")[2]
            within = _at(holder, rest) if rest else None
            if within is not None and _tells(write, shape, within):
                told[path] = rest
    return {path: f"{before}{where}" for path, where in told.items()}


def _at(shape: Shape, path: str) -> Shape | None:
    found: Shape | None = shape
    for name in path.split("."):
        if found is None or found.type_name != "structure":
            return None
        found = found.members.get(name)
    return found


def _tells(write: _Write, mine: Shape, theirs: Shape) -> bool:
    """Tell whether a value of an answer can be compared with one of the write."""
    return not is_secret(write.service, mine) and is_of_form(mine, theirs)


def is_of_form(mine: Shape, theirs: Shape, depth: int = 0) -> bool:
    """Tell whether two shapes hold the same sort of value; structures may tell more, or less."""
    if depth > _DEEP:
        return False
    match mine.type_name:
        case "list":
            return theirs.type_name == "list" and is_of_form(mine.member, theirs.member, depth + 1)
        case "map":
            return theirs.type_name == "map" and is_of_form(mine.value, theirs.value, depth + 1)
        case "structure":
            shared = mine.members.keys() & theirs.members.keys()
            return (
                theirs.type_name == "structure"
                and (bool(shared) or not mine.members)
                and shared >= set(mine.required_members)
                and all(
                    is_of_form(mine.members[each], theirs.members[each], depth + 1)
                    for each in shared
                )
            )
        case name if name in _NUMBERS:
            return theirs.type_name in _NUMBERS
        case name:
            return theirs.type_name == name


_DEEP = 8
"""Levels of structures that are compared: recursive ones end nowhere."""


def _in_lists(write: _Write) -> Iterator[AddressedRead]:
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


def _listed(write: _Write, operation: str) -> Iterator[AddressedRead]:
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
            told=_told(write, item, "", every),
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


def _excepted(write: _Write, exception: ReadException) -> AddressedRead | None:
    model = write.model(exception.operation)
    if model is None:
        return None
    known = {**write.given, **write.optional}
    names = [*_PART.findall(str(exception.arguments)), *exception.matches.values()]
    parts = {name: known[name] for name in dict.fromkeys(names)}
    if exception.items:
        told = _told(write, model[1].members[exception.items].member, "", parts)
    else:
        told = _best_told(write, model[1], parts)
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
