"""How a cell says which thing is meant: by a name, a path, or all that tells which it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Col:
    """The typed value of this row's cell in a column."""

    name: str

    @property
    def column(self) -> str:
        """The name of the column whose cell is read."""
        return self.name


APART = "\N{NO-BREAK SPACE}/\N{NO-BREAK SPACE}"
"""What joins the parts by which a thing is addressed: hardly any part holds it."""


WITHIN = " / "
"""What joins the name of a thing that lies in another to that one's."""


@dataclass(frozen=True, slots=True)
class Find:
    """The id of the thing that a cell names; a list column gives a list of ids.

    `kind` is a key of `definition.thing_kinds.KINDS`, such as "routing-profile". `renamed` is the
    column of the name that the job gives the thing: where nothing bears the old name any more,
    what bears the new one is meant, so that a row that is done is known to be. `within` finds the
    thing in which this one lies, where its name is its own only there. `arn`: its ARN is sent,
    though the member's name does not say so.
    """

    kind: str
    by: Col
    renamed: Col | None = None
    within: Find | None = None
    arn: bool = False
    sort: Find | None = None
    """Of a thing that lies in another: the sort of which it is, where names are of their sort."""

    @property
    def column(self) -> str:
        """The name of the column whose cell is read."""
        return self.by.name

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns by which it is found: of a thing that lies in another, that one's first."""
        above = self.within.columns if self.within is not None else ()
        return (*above, *(self.sort.columns if self.sort is not None else ()), self.by.name)

    def name_in(self, values: Mapping[str, object]) -> str:
        """Return the name that values by column give; empty where a part of it is blank.

        Of a thing that lies in another, that one's name stands before its own.
        """
        if self.within is None:
            return str(values.get(self.by.name, ""))
        parts = [str(values.get(column, "")) for column in self.columns]
        return WITHIN.join(parts) if all(parts) else ""


@dataclass(frozen=True, slots=True)
class Leaf(Col):
    """The last part of the path in a cell: the own name of a thing that lies in others."""


@dataclass(frozen=True, slots=True)
class Parent(Find):
    """The id of the thing in which the one lies whose path a cell holds; at the top, nothing.

    It may be there, or another row may make it.
    """


@dataclass(frozen=True, slots=True)
class Addressed(Find):
    """A thing that a row addresses by all that tells which one it is, each part in its column.

    `kind` is the operation that writes it, such as "iam:CreateUser": that says how it is read, and
    by which parts. `parts` are their columns, in that order; those of `optional` may be blank.
    """

    parts: tuple[Col, ...] = ()
    optional: tuple[Col, ...] = ()

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns of all parts."""
        return tuple(part.name for part in self.parts)

    def name_in(self, values: Mapping[str, object]) -> str:
        """Return the parts as one name; empty where one is blank that must be given."""
        said = {part: str(values.get(part.name, "")) for part in self.parts}
        if not all(text for part, text in said.items() if part not in self.optional):
            return ""
        return APART.join(said.values())


def said_address(name: str) -> str:
    """Return a name as people are shown it: of an address, the parts that are not blank."""
    return WITHIN.join(filter(None, name.split(APART))) if APART in name else name


@dataclass(frozen=True, slots=True)
class Member:
    """A place in another thing's list, such as a queue of a routing profile.

    `relation` is a key of `definition.relations.RELATIONS`; `of` finds the thing whose list it is.
    """

    relation: str
    of: Find


@dataclass(frozen=True, slots=True)
class Among:
    """A list in the state of a named thing, of which a cell must hold one of the values.

    `path` is the dotted path of the list.
    """

    of: Find
    path: str
