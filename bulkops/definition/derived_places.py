"""The places of a request that cells fill: names of their own, arguments, and what is left out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from bulkops.definition.derived_keys import Place, naming
from bulkops.definition.expressions import Arg, Each, Token
from bulkops.definition.item_answers import ItemAnswers
from bulkops.definition.kinds.found_things import Col
from bulkops.definition.model.member_paths import EACH, put_at
from bulkops.definition.model.shapes import Shape


def named_apart(places: Iterable[Place]) -> Iterator[Place]:
    """Give each place a name of its own: `Mapping.Template` and `MappingTemplate` read alike."""
    known: Counter[str] = Counter()
    for place in places:
        name = place.column.name
        known[name] += 1
        many = known[name]
        yield (
            place
            if many == 1
            else replace(place, column=replace(place.column, name=f"{name}_{many}"))
        )


def with_one_required(operation: str, places: list[Place]) -> list[Place]:
    """Require what names the thing, where the model requires nothing: rows are told apart by it."""
    named = naming(operation, places)
    return [
        replace(place, column=replace(place.column, required=True)) if place is named else place
        for place in places
    ]


def not_held(shape: Shape | None, places: list[Place], skipped: set[str]) -> list[str]:
    """Return the members that no column can fill and without which a call makes no sense.

    Those are the required ones, or all of them where the columns fill the address alone.
    """
    if shape is None:
        return []
    held = skipped | {place.path[0].removesuffix(EACH) for place in places}
    others = [name for name in shape.members if name not in held]
    if any(place.location == "" for place in places):
        return [name for name in others if name in shape.required_members]
    return others


def args_of(places: list[Place], token: str, answers: ItemAnswers | None = None) -> dict[str, Arg]:
    """Return a call's arguments: its token, and what each place's column fills."""
    args: dict[str, Any] = {token: Token()} if token else {}
    for place in places:
        put_at(args, place.path, Col(place.column.name))
    if answers is not None:
        item = args.pop(f"{answers.items}{EACH}")
        number = {answers.sent_by: Token()} if answers.numbered else {}
        args[answers.items] = Each({**number, **item} if isinstance(item, dict) else item)
    return args


def key_of_items(
    answers: ItemAnswers, places: list[Place], found: tuple[str, ...]
) -> tuple[str, ...]:
    """Return what tells items apart: where they go, and the members that are known for it."""
    at = f"{answers.items}{EACH}"
    mine = {(at, *path.split(".")) for path in answers.tells_apart} | {(at,)}
    named = [place.column.name for place in places if place.path in mine]
    where = [place.column.name for place in places if place.path[0] != at]
    return tuple(dict.fromkeys((*(name for name in found if name in where), *named)))
