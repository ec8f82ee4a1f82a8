"""The expressions that fill a call: from a row's cells, from names, from earlier steps."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from bulkops.definition.kinds.found_things import Col, Find
from bulkops.definition.model.member_paths import at_key


@dataclass(frozen=True, slots=True)
class Amended:
    """A list of the subject's as one cell changes it: made what the cell lists, more, or less.

    `by` is the column that says which, by one of `WAYS`; blank, the list is replaced. What comes
    of it is compared with the list that is there, and sent whole.
    """

    item: Col | Find
    by: Col

    @property
    def column(self) -> str:
        """The name of the column whose cell is read."""
        return self.item.column


WAYS = ("replace", "add", "remove")
"""What a cell may do to a list that is there already."""


@dataclass(frozen=True, slots=True)
class Entries:
    """The entries of a map of the subject's, under those keys of a cell's list that are there.

    `path` is the member of the subject's state. In an undo step they are what was there before,
    kept when the step was planned.
    """

    path: str
    keys: Col

    @property
    def column(self) -> str:
        """The name of the column whose cell is read."""
        return self.keys.name


@dataclass(frozen=True, slots=True)
class Keys:
    """The keys of a map, as a list: of the map that a cell holds, or of entries that are there."""

    of: Col | Entries

    @property
    def column(self) -> str:
        """The name of the column whose cell is read."""
        return self.of.column


@dataclass(frozen=True, slots=True)
class Saved:
    """A value that an earlier step of the same row returned."""

    name: str


@dataclass(frozen=True, slots=True)
class Was:
    """What stood at a path of the subject's state before the step: for its undo step alone.

    Of a place in a list, `path` is the member of its entry.

    The plan keeps it. `finds` is the kind of the thing whose id it is; empty: it is none.
    """

    path: str
    finds: str = ""


@dataclass(frozen=True, slots=True)
class WasList:
    """A list of the subject's as it was before the step: for what its undo step makes again.

    `relation` is a key of `definition.relations.RELATIONS`. What makes the thing takes as many
    entries as it may; `rest` are those beyond, in as many calls as they need.
    """

    relation: str
    rest: bool = False


@dataclass(frozen=True, slots=True)
class Held:
    """What stands at a path of the list's entry, or of the subject's state, now: sent as it is.

    Such as the version by which a service locks an entry: as it was read when the plan was made.
    """

    path: str


@dataclass(frozen=True, slots=True)
class Token:
    """A client token derived from run and call: sending it again has no second effect."""


@dataclass(frozen=True, slots=True)
class Empty:
    """A structure with nothing in it, such as a choice that says all by being there."""


@dataclass(frozen=True, slots=True)
class Each:
    """A list with one element for each row that shares the call; the model says how many fit.

    Beside a `Saved`, which is one row's alone, the list has that row's element only.
    """

    item: Arg


@dataclass(frozen=True, slots=True)
class Keyed:
    """A list whose elements are told apart by a member, each with columns of its own.

    `items` are the elements, `by` the member, a constant in each: `{"Channel": "VOICE",
    "Concurrency": Col("voice")}`. An element of which all cells are blank is left out of something
    new and stays as it is in an update, as does what is in the list and in no item.
    """

    by: str
    items: tuple[Mapping[str, Arg], ...]
    empty: str = ""
    """Member that says of an element that it has no value, beside the one that has it.

    Such a list is only what is to be changed: what is in no item stays, and is not sent again.
    """

    def elements(self) -> Iterator[tuple[str, Mapping[str, Arg]]]:
        """Yield each element's place in a path, with all of its members but the one it is by."""
        for item in self.items:
            members = {name: arg for name, arg in item.items() if name != self.by}
            yield at_key(self.by, item.get(self.by, "")), members


@dataclass(frozen=True, slots=True)
class Together:
    """A list that the rows about one thing make together, an element for each row, sent whole.

    A cell with several values gives an element for each of them. `how` is the column that says
    what a row does with its elements: "add" and "remove" amend the list that is there, "replace"
    makes them the list, as all rows do without `how`. `shown` says an element in words, by the
    columns in braces: "{day} {opens}-{closes}". `apart` are the members of an element at which it
    begins and ends: of elements that are otherwise alike none may begin before another has ended.
    """

    item: Arg
    how: Col | None = None
    shown: str = ""
    apart: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class JsonText:
    """A text that holds JSON: `form` is what stands in it, its lists as tuples.

    A structure or list of which all cells are blank is left out of it.
    """

    form: Form

    @property
    def leaves(self) -> tuple[Col | Find, ...]:
        """What it is filled from, in the order written."""
        return tuple(_in_form(self.form))


Form: TypeAlias = "Col | Find | str | int | bool | Mapping[str, Form] | tuple[Form, ...]"


def _in_form(form: Form) -> Iterator[Col | Find]:
    if isinstance(form, Col | Find):
        yield form
    elif isinstance(form, Mapping | tuple):
        for each in form.values() if isinstance(form, Mapping) else form:
            yield from _in_form(each)


Arg: TypeAlias = (
    "Col | Find | Amended | Entries | Keys | Saved | Was | WasList | Held | Token | Empty | Each"
    " | Keyed | Together | JsonText | Mapping[str, Arg]"
    " | str | int | bool"
)


def leaves(arg: Arg) -> Iterator[Col | Find | Saved | Token]:  # noqa: C901  # a case a word
    """Yield what an argument is filled from, in the order written; of an amended list its item."""
    if isinstance(arg, Col | Find | Saved | Token):
        yield arg
    elif isinstance(arg, Each | Amended | Together):
        yield from leaves(arg.item)
        if isinstance(arg, Together) and arg.how is not None:
            yield arg.how
    elif isinstance(arg, JsonText):
        yield from arg.leaves
    elif isinstance(arg, Entries):
        yield arg.keys
    elif isinstance(arg, Keys):
        yield from leaves(arg.of)
    elif isinstance(arg, Keyed):
        for item in arg.items:
            yield from leaves(item)
    elif isinstance(arg, Mapping):
        for inner in arg.values():
            yield from leaves(inner)


def kept_before(args: Mapping[str, Arg]) -> Iterator[Was]:
    """Yield what an undo step's arguments take from the state before."""
    for arg in args.values():
        inner = arg.item if isinstance(arg, Each) else arg
        if isinstance(inner, Was):
            yield inner
        elif isinstance(inner, Mapping):
            yield from kept_before(inner)


def entries_of(args: Mapping[str, Arg]) -> Iterator[Entries]:
    """Yield the entries of the subject's maps that a step's arguments speak of."""
    for arg in args.values():
        held = arg.of if isinstance(arg, Keys) else arg
        if isinstance(held, Entries):
            yield held


def lists_before(args: Mapping[str, Arg]) -> Iterator[str]:
    """Yield the relations of which an undo step's arguments take a list as it was."""
    for arg in args.values():
        if isinstance(arg, WasList):
            yield arg.relation
        elif isinstance(arg, Mapping):
            yield from lists_before(arg)
