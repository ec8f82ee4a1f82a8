"""Where in a step's request each of its arguments stands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TypeAlias

from bulkops.definition.expressions import (
    Amended,
    Arg,
    Each,
    Empty,
    Entries,
    Held,
    JsonText,
    Keyed,
    Keys,
    Saved,
    Together,
    Token,
    Was,
    WasList,
)
from bulkops.definition.kinds.found_things import Col, Find
from bulkops.definition.model.member_paths import EACH
from bulkops.planning.calls.argument import Path

PlacedArg: TypeAlias = (
    Col
    | Find
    | Amended
    | Entries
    | Keys
    | Saved
    | Was
    | WasList
    | Held
    | Token
    | Empty
    | JsonText
    | Together
    | str
    | int
)
"""What gives one value of a request, where an `Arg` may also be a structure of such."""


def places(args: Mapping[str, Arg], path: Path) -> Iterator[tuple[Path, PlacedArg]]:
    """Yield each argument that gives one value, with its path from the one it begins at."""
    for name, arg in args.items():
        yield from _leaves(arg, (*path, name))


def _leaves(arg: Arg, path: Path) -> Iterator[tuple[Path, PlacedArg]]:
    if isinstance(arg, Each):
        yield from _leaves(arg.item, (*path, EACH))
    elif isinstance(arg, Keyed):
        for place, members in arg.elements():
            yield from places(members, (*path, place))
    elif isinstance(arg, Mapping):
        yield from places(arg, path)
    else:
        yield path, arg


def constants_beside(placed: Sequence[tuple[Path, PlacedArg]]) -> frozenset[Path]:
    """Return where constants stand beside what cells give: alone they would say nothing."""
    fixed = {path for path, arg in placed if isinstance(arg, str | int) and len(path) > 1}
    filled = {path[:-1] for path, _ in placed if path not in fixed}
    return frozenset(path for path in fixed if path[:-1] in filled)
