"""What each kind of column is: what it can be sent to, how it is told, and how it is written.

A new kind is a word of `job.Kind`, an entry here and a reader in
`planning.rows.readers.column_readers`; mypy refuses to leave one of them out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, assert_never, get_args

from bulkops.definition.job import Kind
from bulkops.definition.model.value_limits import MOMENT
from bulkops.definition.model.value_texts import instant_text, json_text, number_text


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnKind:
    """One kind of column, for all that depends on what a column's cells hold."""

    types: tuple[type, ...]
    """Python types of a value, as a cell is read or as the service answers."""
    feeds: frozenset[str]
    """Types of the service model's members that a value can be sent to."""
    derived_from: frozenset[str] = frozenset()
    """Those of them that a job derived from an operation fills by a column of this kind."""
    texts: Callable[[Any], Iterable[str]]
    """From a value to the texts that write it in a cell: one, or one for each entry of a map."""
    members: frozenset[str] = frozenset()
    """The members of the structure that a value fills, where it fills a structure."""
    is_map: bool = False
    """Whether one cell holds several values by their keys."""
    is_moment: bool = False
    """Whether Excel may hold a cell as a date or a time, and not as text."""
    says: str = ""
    """What a cell holds, in words; empty: what the model allows."""
    choices: tuple[str, ...] = ()
    """Words for a drop-down; a cell may spell them otherwise."""
    unit: str = ""
    """What the bounds of a single value count; empty: its own amount."""
    items: str = "values"
    """What the bounds of a cell with several values count."""


_FRACTIONS = frozenset({"float", "double"})
_WHOLES = frozenset({"integer", "long"})
_MAP = frozenset({"map"})
_TEXTS = frozenset({"string", "timestamp"})
_CLOCK = frozenset({"Hours", "Minutes"})

_TEXT = ColumnKind(
    types=(str,),
    feeds=_TEXTS | {"blob"},
    derived_from=frozenset({"string"}),
    texts=lambda value: (str(value),),
    unit="characters",
)
_INTEGER = ColumnKind(
    types=(int, float),
    feeds=_WHOLES | _FRACTIONS,
    derived_from=_WHOLES,
    texts=lambda value: (number_text(value),),
)
_NUMBER = ColumnKind(
    types=(float, int),
    feeds=_FRACTIONS,
    derived_from=_FRACTIONS,
    texts=lambda value: (number_text(value),),
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
    feeds=_MAP,
    texts=lambda value: (f"{key}={text}" for key, text in value.items()),
    is_map=True,
    says="key=value",
    items="tags",
)
_ENTRIES = ColumnKind(
    types=(dict,),
    feeds=_MAP,
    texts=lambda value: (f"{key}={written(each)}" for key, each in value.items()),
    is_map=True,
    says="key=value, or a JSON object",
    items="entries",
)
_DATE = ColumnKind(
    types=(date,),
    feeds=frozenset({"string"}),
    texts=lambda value: (value.isoformat(),),
    is_moment=True,
    says="a date, such as 2026-12-24",
)
_TIME = ColumnKind(
    types=(time, dict),
    feeds=frozenset({"string", "structure"}),
    texts=lambda value: (_clock_text(value),),
    members=_CLOCK,
    is_moment=True,
    says="a time of day, such as 09:00 or 9:00 am",
)
_DATETIME = ColumnKind(
    types=(datetime,),
    feeds=_TEXTS,
    derived_from=frozenset({"timestamp"}),
    texts=lambda value: (instant_text(value),),
    is_moment=True,
    says=MOMENT,
)
_DURATION = ColumnKind(
    types=(int, float),
    feeds=_WHOLES | _FRACTIONS,
    texts=lambda value: (number_text(value),),
    is_moment=True,
)
_JSON = ColumnKind(
    types=(dict, list),
    feeds=frozenset({"list", "map", "structure", "string"}),
    texts=lambda value: (json_text(value),),
    says="JSON",
)

_FLOW = ColumnKind(
    types=(str,),
    feeds=frozenset({"string"}),
    texts=lambda value: (str(value),),
    says="a flow as JSON",
    unit="characters",
)


def _entry(kind: Kind) -> ColumnKind:  # noqa: C901, PLR0911, PLR0912  # one a kind
    match kind:
        case "text":
            return _TEXT
        case "integer":
            return _INTEGER
        case "number":
            return _NUMBER
        case "boolean":
            return _BOOLEAN
        case "tags":
            return _TAGS
        case "map":
            return _ENTRIES
        case "date":
            return _DATE
        case "time":
            return _TIME
        case "datetime":
            return _DATETIME
        case "duration":
            return _DURATION
        case "json":
            return _JSON
        case "flow":
            return _FLOW
        case _:
            assert_never(kind)


COLUMN_KINDS: Mapping[Kind, ColumnKind] = {kind: _entry(kind) for kind in get_args(Kind)}
"""Every kind by its name, as `Column.kind` writes it."""


def kind_of(value: object) -> ColumnKind:
    """Return the kind whose values are of a Python value's form; text for any other."""
    if isinstance(value, Mapping):
        return _kind_of_mapping(value)
    for kind in COLUMN_KINDS.values():
        if type(value) in kind.types:
            return kind
    return _TEXT


def _kind_of_mapping(value: Mapping[Any, Any]) -> ColumnKind:
    if value.keys() == _CLOCK:
        return _TIME
    if all(isinstance(each, str) for each in value.values()):
        return _TAGS
    return _JSON if any(map(_is_nested, value.values())) else _ENTRIES


def written(value: object, between: str = "; ", kind: Kind | None = None) -> str:
    """Return a value as a cell says it; what is several in a list or map stands side by side.

    `kind` is the column's, where it is known: the same value may be tags or JSON.
    """
    if kind == "json":
        return json_text(value)
    return between.join(_texts(value))


def _texts(value: object) -> Iterator[str]:
    if not isinstance(value, list | tuple):
        yield from kind_of(value).texts(value)
    elif any(kind_of(each) is _JSON for each in value if isinstance(each, Mapping)):
        yield json_text(value)
    else:
        for each in value:
            yield from _texts(each)


def _is_nested(value: object) -> bool:
    return value is None or isinstance(value, Mapping | list | tuple)


def _clock_text(value: time | Mapping[str, Any]) -> str:
    """Return a time of day as a cell says it, from a cell or from the service's structure."""
    if isinstance(value, time):
        return value.isoformat("minutes")
    return f"{value['Hours']:02}:{value['Minutes']:02}"
