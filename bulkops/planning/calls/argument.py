"""One value of a call, and what a row gives it by."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple, TypeAlias

from bulkops.definition.expressions import JsonText
from bulkops.definition.kinds.found_things import Find
from bulkops.definition.model.member_paths import dotted
from bulkops.planning.calls.elements import Elements
from bulkops.planning.diff.list_amendments import Amendment
from bulkops.planning.plan import Placeholder
from bulkops.planning.rows.cells import LongText, Value

Path: TypeAlias = tuple[str, ...]
FindId: TypeAlias = Callable[[Find, str, bool], Any]
"""(what to find, name, whether its ARN is wanted) → id or ARN; None: it can't be found."""


CarryFlow: TypeAlias = Callable[[str, LongText], Any]
"""(column, the flow in its cell) → the flow as it is sent: with the things of the target in it."""


def as_it_is(_column: str, flow: LongText) -> str:
    """Return a flow with all that it refers to as the cell has it."""
    return str(flow)


class Argument(NamedTuple):
    """One value of a call. `value` None: the member is left out so as to empty it.

    `field` is the column that gives it, or the member's path for a constant. `finds` is the kind
    of thing whose id it is. `addresses`: it says which thing is meant and sets nothing of it.
    `default`: the cell is blank, the value is for something new. `way` is what the value does to a
    list that is there, one of `WAYS`; empty: it is all of the value. `held` is the map of the
    subject's of whose entries the value has the keys; empty: it is the value itself. `each` is the
    form of the elements of a list that rows make together, and `amends` what they do with the one
    that is there, where they are not the whole of it.
    """

    path: Path
    value: Any
    field: str = ""
    finds: str = ""
    addresses: bool = False
    default: bool = False
    way: str = ""
    held: str = ""
    each: Elements | None = None
    amends: Amendment | None = None
    text: JsonText | None = None
    """Of a text of JSON: its form."""

    @property
    def is_constant(self) -> bool:
        """Whether it is the same for every row."""
        return self.field == ".".join(self.path)

    @property
    def dotted(self) -> str:
        """The path as the facts of an operation name it: `QueueConfigs[].Priority`."""
        return dotted(self.path)


class ArgumentSource(NamedTuple):
    """Where a row's values come from: its cells, the inventory, what earlier steps returned.

    `rows` are values and defaulted columns of all rows that make a list together; none: there is
    this one alone.
    """

    values: Mapping[str, Value]
    find: FindId
    defaulted: frozenset[str] = frozenset()
    known: Mapping[str, Any] = MappingProxyType({})
    rows: tuple[tuple[Mapping[str, Value], frozenset[str]], ...] = ()
    flow: CarryFlow = as_it_is


ArgumentRead: TypeAlias = Callable[[ArgumentSource], Argument | None]
"""What reads a row's argument; None: the row sets nothing there."""
LATER = Placeholder(kind="found")
"""Stands for an id that is not looked up yet."""


def find_later(_find: Find, _name: str, _arn: bool) -> Placeholder:  # noqa: FBT001  # a FindId
    """Look nothing up: whatever a name means, its id is found later."""
    return LATER
