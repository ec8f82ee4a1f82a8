"""The words a job is written in: columns, steps, and the expressions that fill a call."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Literal, TypeAlias

Kind: TypeAlias = Literal["text", "integer", "boolean", "tags"]
Identity: TypeAlias = Literal["CONNECT_MANAGED", "SAML", "EXISTING_DIRECTORY"]
Verb: TypeAlias = Literal["create", "update", "delete", "associate", "disassociate"]


@dataclass(frozen=True, slots=True)
class Col:
    """The typed value of this row's cell in a column."""

    name: str

    @property
    def column(self) -> str:
        """The name of the column whose cell is read."""
        return self.name


@dataclass(frozen=True, slots=True)
class Find:
    """The id of the thing that a cell names; a list column gives a list of ids.

    `kind` is a key of `definition.thing_kinds.KINDS`, such as "routing-profile".
    """

    kind: str
    by: Col

    @property
    def column(self) -> str:
        """The name of the column whose cell is read."""
        return self.by.name


@dataclass(frozen=True, slots=True)
class Member:
    """A place in another thing's list, such as a queue of a routing profile.

    `relation` is a key of `definition.relations.RELATIONS`; `of` finds the thing whose list it is.
    """

    relation: str
    of: Find


@dataclass(frozen=True, slots=True)
class Saved:
    """A value that an earlier step of the same row returned."""

    name: str


@dataclass(frozen=True, slots=True)
class Token:
    """A client token derived from run and call: sending it again has no second effect."""


@dataclass(frozen=True, slots=True)
class Each:
    """A list with one element for each row that shares the call; the model says how many fit.

    Beside a `Saved`, which is one row's alone, the list has that row's element only.
    """

    item: Arg


Arg: TypeAlias = "Col | Find | Saved | Token | Each | Mapping[str, Arg] | str | int | bool"


@dataclass(frozen=True, slots=True)
class Again:
    """Settle by sending again: setting a value twice is harmless."""


@dataclass(frozen=True, slots=True)
class ByToken:
    """Settle by sending again with the same client token: the service drops the second."""


@dataclass(frozen=True, slots=True)
class Look:
    """Settle by reading the step's subject back and comparing it with what was sent.

    `duplicate` is the error code with which the service refuses a second one of the same name;
    where there is such a code, sending again is safe and that answer settles the doubt.
    """

    duplicate: str = ""


@dataclass(frozen=True, slots=True)
class Never:
    """No way to tell what happened: the row is `unknown` and a person decides."""


Settle: TypeAlias = Again | ByToken | Look | Never


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column of a job's sheet.

    Length, range, pattern and allowed values come from the service model's member that the column
    feeds; only what the model does not say stands here.
    """

    name: str
    help: str
    kind: Kind = "text"
    required: bool = False
    required_for: tuple[Identity, ...] = ()
    """Identity management types of the instance under which a value must be given."""
    refused_for: tuple[Identity, ...] = ()
    """Identity management types under which the service refuses a value."""
    required_if: tuple[str, str] | None = None
    """(column, value): a value must be given where that column has that value."""
    aliases: tuple[str, ...] = ()
    split: str = ""
    """Characters of which each separates several values in one cell; empty: one value."""
    spellings: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """API value → other ways people write it, matched without case, spaces or hyphens."""
    default: str | int | bool | None = None
    secret: bool = False
    example: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One operation of a job, and all that is known about it.

    `subject` is the thing that the step makes or changes, found by its name. A Create step makes
    it (it must not be there yet), any other step needs it. `otherwise` is what to send where a
    Create's or Associate's subject is already there but different. `undo` takes back what the
    step did; for a step that sets values of its subject it is left out: the values from before
    are put back with the same operation. InstanceId is filled by itself.
    """

    operation: str
    args: Mapping[str, Arg]
    subject: Find | Member | None = None
    when: str = ""
    """Send only where this column has a value."""
    save: Mapping[str, str] = field(default_factory=dict)
    """Name for `Saved` → member of the reply."""
    settle: Settle = field(default_factory=Never)
    otherwise: tuple[Step, ...] = ()
    undo: Step | None = None
    irreversible: str = ""
    """Why this step can't be taken back; shown before the run."""

    @property
    def about(self) -> Find | None:
        """How the thing is found that the step is about: of a place in a list, its owner."""
        return self.subject.of if isinstance(self.subject, Member) else self.subject


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """What can be done in bulk: one frozen value in `jobs/<name>.py`."""

    name: str
    summary: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    steps: tuple[Step, ...]
    service: str = "connect"

    def column(self, name: str) -> Column:
        """Return the column of that name; KeyError where there is none."""
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(name)

    def step(self, address: str) -> Step:
        """Return the step at an address of `addresses`, such as "0", "0.1" or "0.undo"."""
        for place, step in self.addresses():
            if place == address:
                return step
        raise KeyError(address)

    def addresses(self) -> Iterator[tuple[str, Step]]:
        """Yield every step with its address: top steps, their alternatives, their undo steps."""
        for number, step in enumerate(self.steps):
            yield from _addresses(str(number), step)


def _addresses(address: str, step: Step) -> Iterator[tuple[str, Step]]:
    yield address, step
    for number, other in enumerate(step.otherwise):
        yield from _addresses(f"{address}.{number}", other)
    if step.undo is not None:
        yield from _addresses(f"{address}.undo", step.undo)


def leaves(arg: Arg) -> Iterator[Col | Find | Saved | Token]:
    """Yield every expression inside an argument, in the order written."""
    if isinstance(arg, Col | Find | Saved | Token):
        yield arg
    elif isinstance(arg, Each):
        yield from leaves(arg.item)
    elif isinstance(arg, Mapping):
        for inner in arg.values():
            yield from leaves(inner)


VERBS: Mapping[str, Verb] = {
    "Associate": "associate",
    "BatchAssociate": "associate",
    "Create": "create",
    "Claim": "create",
    "Delete": "delete",
    "Release": "delete",
    "Disassociate": "disassociate",
    "BatchDisassociate": "disassociate",
    "Tag": "associate",
    "Untag": "disassociate",
}


@cache
def verb(operation: str) -> Verb:
    """Return what an operation does.

    Read off its name, as AWS names its operations by their verb.
    """
    found = [word for word in VERBS if operation.startswith(word)]
    return VERBS[max(found, key=len)] if found else "update"


_SETTING = re.compile(r"(Batch)?(Modify|Put|Set|Update)(?=[A-Z0-9]|$)")


@cache
def sets_values(operation: str) -> bool:
    """Tell whether an operation sets values of a thing, so that without any it asks for nothing.

    Every other word of AWS (Stop, Resume, Send, Add, Start) asks for something by itself.
    """
    return _SETTING.match(operation) is not None


_READING = (
    "BatchDescribe", "BatchGet", "Describe", "Get", "Head", "List", "Lookup", "Query", "Search",
)  # fmt: skip


def only_reads(operation: str) -> bool:
    """Tell whether an operation only reads, as AWS names those that change nothing."""
    return operation.startswith(_READING)
