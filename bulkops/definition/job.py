"""The words a job is written in: the job itself, its columns and its steps."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from bulkops.definition.expressions import Arg, Held, Saved, Was, kept_before, lists_before
from bulkops.definition.file_uploads import Upload
from bulkops.definition.kinds.found_things import Addressed, Among, Col, Find, Member
from bulkops.definition.settling_ways import Never, Settle
from bulkops.definition.verbs import replaces_whole, verb

Kind: TypeAlias = Literal[
    "text", "integer", "number", "boolean", "tags", "map", "date", "time", "datetime", "duration",
    "json", "flow",
]  # fmt: skip
Unit: TypeAlias = Literal["milliseconds", "seconds", "minutes", "hours", "days"]
SHOWN = "shown"
"""Marks a field that changes what is reported alone: it is no part of a job's digest."""
Identity: TypeAlias = Literal["CONNECT_MANAGED", "SAML", "EXISTING_DIRECTORY"]


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
    kept_for: tuple[Identity, ...] = ()
    """Identity management types under which the service refuses to have the value emptied."""
    required_if: tuple[str, str] | None = None
    """(column, value): a value must be given where that column has that value."""
    aliases: tuple[str, ...] = ()
    split: str = ""
    """Characters of which each separates several values in one cell; empty: one value."""
    spellings: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """API value → other ways people write it, matched without case, spaces or hyphens."""
    maximum: int | None = None
    """The most that a number may be, where the model allows more than the service does here."""
    known: tuple[str, ...] = ()
    """Values that are known by name: another one may be right, and is warned of."""
    sets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Word → the API values that it stands for, where a cell may hold several: "every day"."""
    spans: bool = False
    """Whether a cell may say several API values by the first and the last: "Mon-Fri"."""
    default: str | float | bool | None = None
    secret: bool = False
    example: str = ""
    file: bool = False
    """Whether a cell may name a file that holds the value: `@flows/main.json`."""
    unit: Unit = "seconds"
    """What a column of kind "duration" is sent in, and what a number without a unit means."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Polling:
    """A read that is repeated until it says that accepted work has come to an end.

    `args` are the read's arguments: what the step saved, or the thing that it is about.
    InstanceId is filled by itself.
    """

    operation: str
    args: Mapping[str, Saved | Find]
    path: str
    """Dotted path of the state in the reply."""
    done: tuple[str, ...] = ()
    """States in which the work is done."""
    failed: tuple[str, ...] = ()
    """States in which it has come to nothing."""
    message: str = ""
    """Dotted path of what the service says of it in words; empty: it says nothing."""
    gone: bool = False
    """Whether the work is done once there is nothing to be read any more."""
    most: int = 900
    """Seconds that a run waits for it; the next one asks on."""


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
    uploads: Mapping[str, Upload] = field(default_factory=dict)
    """Member → the file whose id it takes."""
    expects: Mapping[str, Col | Find] = field(default_factory=dict)
    """Path in the subject's state → what must stand there, where the row has a value for it.

    Else the row is a conflict, and nothing is sent for it.
    """
    leads_to: Mapping[str, str | int | bool | Held | None] = field(default_factory=dict)
    """Of a step that sets no value: path in the subject's state → what stands there after it.

    None: nothing does. What is so already is not sent, and a look tells by it whether a lost
    answer meant success. `Held` stands for what the step itself sends of the state.
    """
    only_from: tuple[str, tuple[str, ...]] | None = None
    """(path, values): one must stand in the subject's state, else the row is a conflict."""
    among: Mapping[str, Among] = field(default_factory=dict)
    """Column → the list of values of which its cell must be one."""
    only_if: tuple[str, str] | None = None
    """(column, value): send only where that column has that value."""
    save: Mapping[str, str] = field(default_factory=dict)
    """Name for `Saved` → member of the reply, dotted where it stands inside of another."""
    shows: Mapping[str, str] = field(default_factory=dict, metadata={SHOWN: True})
    """Name → member of the reply that tells what was made, kept for reports where it is there."""
    settle: Settle = field(default_factory=Never)
    accepted: Polling | None = None
    """How its end is found out, where an answer says only that the service has begun."""
    levels: Mapping[str, str] = field(default_factory=dict, metadata={SHOWN: True})
    """Path in the subject's state → the job that sets what stands there, which this one sets alike.

    A row about a subject that has something there is warned of it.
    """
    keyed: Mapping[str, Find] = field(default_factory=dict, metadata={SHOWN: True})
    """Column of a map → how that is found which its keys name, and which must be there before."""
    otherwise: tuple[Step, ...] = ()
    undo: Step | None = None
    also: tuple[Step, ...] = ()
    """Of an undo step that makes a thing again: what is sent after it, for all else that it had."""
    each_of: str = ""
    """Of such a further step: the relation whose entries it is sent for, a call each."""
    if_was: tuple[str, str] | None = None
    """Of such a further step: (path, value) that the state must have had, else it is not sent."""
    entails: Mapping[str, Col] = field(default_factory=dict)
    """Of a step that sets values: path in the subject's state → the column that says what stands
    there after it, though it is not sent. Where that is not so yet, the step is sent for it."""
    of_new: bool = False
    """Of a further step of a job: whether it is only for what the row itself makes."""
    begins_as: Mapping[str, str] = field(default_factory=dict)
    """Of a Create: path in the state → what is there unasked, so that no further step says it."""
    qualifiers: Mapping[str, str] = field(default_factory=dict)
    """Member that takes an id → what follows the id as it is sent, such as a version's name."""
    hollow: Mapping[str, str] | None = None
    """Of a step that makes a flow: what members say where what it names is yet to be made.

    It gets a content then that names nothing, and its own by the step that `fills`. None: it is
    made but whole.
    """
    fills: bool = False
    """Of a further step: whether it is only for what the row makes hollow, to fill it."""
    makes: bool = False
    """Of an update: whether it makes its subject where that is not there yet.

    `undo` takes that back; what was there before is put back by the update itself.
    """
    if_there: bool = False
    """Of an update: whether a row about what is not there is passed over, and warned of."""
    irreversible: str = ""
    """Why this step can't be taken back; shown before the run."""

    @property
    def kept(self) -> tuple[Was, ...]:
        """What the plan keeps of the subject's state, so that the undo step can put it back."""
        if self.undo is None:
            return ()
        further = self.undo.also
        conditions = [Was(step.if_was[0]) for step in further if step.if_was]
        kept = [was for step in further if not step.each_of for was in kept_before(step.args)]
        return tuple(dict.fromkeys((*kept_before(self.undo.args), *kept, *conditions)))

    @property
    def kept_lists(self) -> tuple[str, ...]:
        """The relations of which the plan keeps the subject's list."""
        steps = (self.undo, *self.undo.also) if self.undo is not None else ()
        found = [relation for step in steps for relation in lists_before(step.args)]
        return tuple(dict.fromkeys([*found, *(step.each_of for step in steps if step.each_of)]))

    @property
    def remakes(self) -> bool:
        """Whether the undo step makes again what this one deletes, out of what was kept of it."""
        if self.undo is None or verb(self.operation) != "delete":
            return False
        anew = isinstance(self.subject, Addressed) and replaces_whole(self.undo.operation)
        return anew or verb(self.undo.operation) == "create"

    @property
    def unset_by_undo(self) -> bool:
        """Whether the undo step is for what an update set where nothing was before.

        What was there before is put back by the update itself.
        """
        if self.undo is None or verb(self.operation) != "update":
            return False
        addressed = isinstance(self.subject, Addressed) and verb(self.undo.operation) == "delete"
        return self.makes or addressed or verb(self.undo.operation) == "disassociate"

    @property
    def about(self) -> Find | None:
        """How the thing is found that the step is about: of a place in a list, its owner."""
        return self.subject.of if isinstance(self.subject, Member) else self.subject


@dataclass(frozen=True, slots=True, kw_only=True)
class DefinedColumns:
    """Columns that a target adds to a job: one for each thing of a kind that defines values.

    Each is headed by the thing's name, and gives an element of the steps' `Keyed` list `argument`.
    """

    kind: str
    argument: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """What can be done in bulk: one frozen value in `jobs/<name>.py`."""

    name: str
    summary: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    steps: tuple[Step, ...]
    service: str = "connect"
    defined: DefinedColumns | None = None
    prefix: str = ""
    """What the addresses of its steps begin with, where it is a part of another."""

    def part(self, _address: str, /) -> Job:
        """Return the job that a step's address belongs to: of a single job it is that one."""
        return self

    def each(self) -> tuple[Job, ...]:
        """Return the jobs that it is made of: of a single job it is that one."""
        return (self,)

    def column(self, name: str) -> Column:
        """Return the column of that name; KeyError where there is none."""
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(name)

    def step(self, address: str) -> Step:
        """Return the step at an address of `addresses`, such as "0", "0.1" or "0.undo"."""
        place = address.removeprefix(self.prefix)
        if place.isdecimal() and int(place) < len(self.steps):  # asked for at every call
            return self.steps[int(place)]
        for place, step in self.addresses():
            if place == address:
                return step
        raise KeyError(address)

    def addresses(self) -> Iterator[tuple[str, Step]]:
        """Yield every step with its address: top steps, their alternatives, their undo steps."""
        for number, step in enumerate(self.steps):
            yield from _addresses(f"{self.prefix}{number}", step)


def _addresses(address: str, step: Step) -> Iterator[tuple[str, Step]]:
    yield address, step
    for number, other in enumerate(step.otherwise):
        yield from _addresses(f"{address}.{number}", other)
    if step.undo is not None:
        yield from _addresses(f"{address}.undo", step.undo)
        for number, further in enumerate(step.undo.also):
            yield f"{address}.undo.also{number}", further


def takes_back(address: str) -> bool:
    """Tell whether the step at an address is for undo: an undo step, or one that follows it."""
    return ".undo" in address


def is_further(address: str) -> bool:
    """Tell whether the step at an address follows an undo step that makes a thing again."""
    return ".undo.also" in address
