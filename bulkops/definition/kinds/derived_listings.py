"""Lists by which things of any service are found by name, told by the shapes of the models.

A list is one that asks for nothing, and whose items hold both a member's id and a name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from bulkops.definition.kinds.listing import Listing
from bulkops.definition.kinds.thing_kind import ThingKind
from bulkops.definition.model.operation_words import singular, words_in
from bulkops.definition.model.operations import filled_member, operation_model, operations
from bulkops.definition.model.paging import paging
from bulkops.definition.model.shapes import Shape

_LISTING = re.compile(r"(?:List|Describe|Get)(?=[A-Z])")
_IDS = ("Ids", "Arns", "Id", "Arn", "ARN", "id", "Identifier")
_FORM = re.compile(r"[a-z0-9-]+:(?P<operation>\w+):(?P<items>\w+)\.(?P<name>\w+):(?P<id>\w+)")


@cache
def listings_of(service: str, member: str) -> tuple[str, ...]:
    """Return the kinds whose things a member's id may mean, the likeliest first.

    Each is named by the list and what it tells: `ec2:DescribeVpcs:Vpcs.Name:VpcId`.
    """
    stem = stem_of(member)
    if not stem:
        return ()
    found: list[tuple[int, str]] = []
    for operation in operations(service):
        begins = _LISTING.match(operation)
        if begins is not None:
            noun = "".join(singular(word) for word in words_in(operation[begins.end() :]))
            rank = _rank(noun, stem)
            found += [(rank, each) for each in _listings(service, operation, member, stem, noun)]
    return tuple(name for _, name in sorted(found))


def stem_of(member: str) -> str:
    """Return what a member is the id or ARN of: `SecurityGroup`; empty where it is neither."""
    end = next((end for end in _IDS if member.endswith(end)), "")
    return member.removesuffix(end) if end else ""


def _rank(noun: str, stem: str) -> int:
    if noun.casefold() == stem.casefold():
        return 0
    return 1 + len(noun)


def _listings(service: str, name: str, member: str, stem: str, noun: str) -> Iterator[str]:
    model = operation_model(service, name)
    asked, answered = model.input_shape, model.output_shape
    given = {filled_member(service), paging(service, name).size_member}
    if answered is None or (asked and set(asked.required_members) - given):
        return
    for items, shape in answered.members.items():
        if shape.type_name != "list" or shape.member.type_name != "structure":
            continue
        one = member.removesuffix("s")
        end = one[len(stem) :]
        own = next((each for each in (one, end, end.lower()) if each in shape.member.members), "")
        is_own = own == one or noun.casefold() == stem.casefold()
        called = _name_in(shape.member, stem, noun)
        if own and is_own and called and called != own:
            yield f"{service}:{name}:{items}.{called}:{own}"


def _name_in(item: Shape, stem: str, noun: str) -> str:
    wanted = (f"{stem}Name", f"{noun}Name", "Name", "name")
    lowered = (f"{word[:1].lower()}{word[1:]}" for word in wanted)
    names = [*wanted, *lowered]
    return next(
        (
            each
            for each in names
            if each in item.members and item.members[each].type_name == "string"
        ),
        "",
    )


def listed_kind(name: str) -> ThingKind | None:
    """Return the kind that a list and two members of its items make; None for other names.

    Raises JobError where there is no such list.
    """
    form = _FORM.fullmatch(name)
    if form is None:
        return None
    service, operation = name.partition(":")[0], form["operation"]
    answered = operation_model(service, operation).output_shape
    items = answered.members.get(form["items"]) if answered is not None else None
    held = items.member.members if items is not None and items.type_name == "list" else {}
    if not {form["name"], form["id"]} <= held.keys():
        return None
    begins = _LISTING.match(operation)
    words = words_in(operation[begins.end() :] if begins else operation)
    noun = " ".join([*words[:-1], singular(words[-1])]).lower()
    arn = next((each for each in ("Arn", "arn") if each in held), "")
    return ThingKind(
        name=name,
        noun=noun,
        service=service,
        listing=Listing(
            operation=operation, items=form["items"], id=form["id"], name=form["name"], arn=arn
        ),
    )
