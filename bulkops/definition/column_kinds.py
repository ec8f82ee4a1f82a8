"""What each kind of column is: what it can be sent to, how it is told, and how it is written.

A new kind is a word of `job.Kind`, an entry here and a reader in `planning.rows.column_readers`;
mypy refuses to leave one of them out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, assert_never, get_args

from bulkops.definition.job import Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnKind:
    """One kind of column, for all that depends on what a column's cells hold."""

    types: tuple[type, ...]
    """Python types of a value, as a cell is read or as the service answers."""
    feeds: frozenset[str]
    """Types of the service model's members that a value can be sent to."""
    derived_from: frozenset[str]
    """Those of them that a job derived from an operation fills by a column of this kind."""
    texts: Callable[[Any], Iterable[str]]
    """From a value to the texts that write it in a cell: one, or one for each entry of a map."""
    is_map: bool = False
    """Whether one cell holds several values by their keys."""
    says: str = ""
    """What a cell holds, in words; empty: what the model allows."""
    choices: tuple[str, ...] = ()
    """Words for a drop-down; a cell may spell them otherwise."""
    unit: str = ""
    """What the bounds of a single value count; empty: its own amount."""
    items: str = "values"
    """What the bounds of a cell with several values count."""


_NUMBERS = frozenset({"integer", "long", "float", "double"})
_TEXTS = frozenset({"string", "timestamp"})


def _whole(value: float) -> str:
    """Return a number's text; the service answers 3.0 where 3 was sent."""
    return str(int(value)) if float(value).is_integer() else str(value)


_TEXT = ColumnKind(
    types=(str,),
    feeds=_TEXTS,
    derived_from=_TEXTS,
    texts=lambda value: (str(value),),
    unit="characters",
)
_INTEGER = ColumnKind(
    types=(int, float),
    feeds=_NUMBERS,
    derived_from=frozenset({"integer", "long"}),
    texts=lambda value: (_whole(value),),
)
_BOOLEAN = ColumnKind(
    types=(bool,),
    feeds=frozenset({"boolean"}),
    derived_from=frozenset({"boolean"}),
    texts=lambda value: ("yes" if value else "no",),
    says="yes or no",
    choices=("yes", "no"),
)
_TAGS = ColumnKind(
    types=(dict,),
    feeds=frozenset({"map"}),
    derived_from=frozenset({"map"}),
    texts=lambda value: (f"{key}={text}" for key, text in value.items()),
    is_map=True,
    says="key=value",
    items="tags",
)


def _entry(kind: Kind) -> ColumnKind:
    match kind:
        case "text":
            return _TEXT
        case "integer":
            return _INTEGER
        case "boolean":
            return _BOOLEAN
        case "tags":
            return _TAGS
        case _:
            assert_never(kind)


COLUMN_KINDS: Mapping[Kind, ColumnKind] = {kind: _entry(kind) for kind in get_args(Kind)}
"""Every kind by its name, as `Column.kind` writes it."""


def kind_of(value: object) -> ColumnKind:
    """Return the kind whose values are of a Python value's type; text for any other type."""
    for kind in COLUMN_KINDS.values():
        if type(value) in kind.types:
            return kind
    return COLUMN_KINDS["text"]


def written(value: object, between: str = "; ") -> str:
    """Return a value as a cell says it; what is several in a list or map stands side by side."""
    return between.join(_texts(value))


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, list | tuple):
        for each in value:
            yield from _texts(each)
    else:
        yield from kind_of(value).texts(value)
