"""What must be read from an instance before the rows of an order can be planned."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from bulkops.definition.job import Arg, Col, Find, Job, Member, Step, leaves, verb
from bulkops.definition.thing_kinds import KINDS
from bulkops.planning.existing_things import OnExists
from bulkops.planning.inventory import Want, Wants
from bulkops.planning.rows.cells import Clear, Value
from bulkops.planning.rows.typed_rows import TypedRow

COMPARED = frozenset({"create", "update", "associate"})
"""What a step does for which the state of its subject is looked at."""
_GIVES = frozenset({"create", "update"})


def wants_description(step: Step, values: Mapping[str, Value], on_exists: OnExists) -> bool:
    """Tell whether a row needs what only a Describe operation says of the step's subject.

    An update replaces a structure as a whole, so all of it must be known before a part is set:
    the rest is sent as it was. What a create gives of it is compared with what is there.
    """
    columns = _columns(*described_args(step), *_hidden_args(step))
    if any(values.get(column) is not None for column in columns):
        return True
    return any(wants_description(other, values, on_exists) for other in _others(step, on_exists))


def sets_described(step: Step, values: Mapping[str, Value], on_exists: OnExists) -> bool:
    """Tell whether a row itself sets what only a Describe operation says of the step's subject.

    No search tells whether that is so already.
    """
    if any(values.get(column) is not None for column in _columns(*_hidden_args(step))):
        return True
    return any(sets_described(other, values, on_exists) for other in _others(step, on_exists))


def _others(step: Step, on_exists: OnExists) -> tuple[Step, ...]:
    """Return the alternatives of a step that a plan may send."""
    return step.otherwise if on_exists == "update" else ()


def _columns(*args: Arg) -> Iterator[str]:
    """Return the columns that feed arguments."""
    fed = (leaf for arg in args for leaf in leaves(arg))
    return (leaf.column for leaf in fed if isinstance(leaf, Col | Find))


def described_args(step: Step) -> tuple[Arg, ...]:
    """Return what an update sets of its subject that only a Describe operation tells."""
    if verb(step.operation) != "update" or not isinstance(step.subject, Find):
        return ()
    hidden = KINDS[step.subject.kind].described_members
    return tuple(arg for member, arg in step.args.items() if member in hidden)


def _hidden_args(step: Step) -> tuple[Arg, ...]:
    """Return what a step gives its subject that only a Describe operation tells."""
    if verb(step.operation) not in _GIVES or not isinstance(step.subject, Find):
        return ()
    return tuple(_at_paths(step.args, KINDS[step.subject.kind].described_only))


def _at_paths(args: Mapping[str, Arg], paths: Iterable[str]) -> Iterator[Arg]:
    for path in paths:
        arg: Arg | None = args
        for member in path.split("."):
            # of what is inside a list's elements the whole list is told by that operation
            arg = arg.get(member) if isinstance(arg, Mapping) else arg
        if arg is not None:
            yield arg


@dataclass(slots=True)
class KindLookup:
    """What is wanted of one kind, while rows are gathered; each is said in `Want`."""

    names: set[str] = field(default_factory=set)
    described: set[str] = field(default_factory=set)
    whole: set[str] = field(default_factory=set)
    every: bool = False
    state: bool = False
    new: bool = False


class Lookups:
    """What is wanted of one target, while its rows are gathered; holds each name once."""

    def __init__(self) -> None:
        self._kinds: dict[str, KindLookup] = {}
        self._relations: dict[str, set[str]] = {}

    def of(self, kind: str) -> KindLookup:
        """Return what is wanted of a kind; ancestors, which make names into paths, are state."""
        return self._kinds.setdefault(kind, KindLookup(state=KINDS[kind].has_paths))

    def lists(self, relation: str) -> set[str]:
        """Return the names of the things whose lists of a relation are wanted."""
        return self._relations.setdefault(relation, set())

    def wants(self, members: Mapping[str, frozenset[str]] | None = None) -> Wants:
        """Return all that was gathered; `members` are those looked at of a kind's state."""
        looked_at = members or {}
        return Wants(
            kinds={
                kind: Want(
                    names=frozenset(lookup.names),
                    every=lookup.every,
                    state=lookup.state,
                    members=looked_at.get(kind, frozenset()),
                    described=frozenset(lookup.described),
                    whole=frozenset(lookup.whole - lookup.described),
                    new=lookup.new,
                )
                for kind, lookup in self._kinds.items()
            },
            relations={name: frozenset(of) for name, of in self._relations.items()},
        )


class Gatherer:
    """Gathers what planning one target's rows wants."""

    def __init__(self, job: Job, on_exists: OnExists) -> None:
        self._on_exists = on_exists
        self._steps = tuple(_in_play(job, on_exists))
        self._lookups = Lookups()

    def add(self, row: TypedRow) -> None:
        """Take in the names that a row mentions, and what is to be known of them."""
        for step in self._steps:
            compared = isinstance(step.subject, Find) and verb(step.operation) in COMPARED
            for find in _finds(step):
                if find.column in row.values:
                    lookup = self._lookups.of(find.kind)
                    lookup.names.update(_names(row, find))
                    lookup.state |= compared and find == step.subject
                    lookup.every |= compared and find != step.subject
            match step.subject:
                case Find() as subject if subject.column in row.values:
                    self._add_described(row, step, subject)
                case Member(relation=relation, of=of):
                    self._lookups.lists(relation).update(_names(row, of))

    def _add_described(self, row: TypedRow, step: Step, subject: Find) -> None:
        lookup = self._lookups.of(subject.kind)
        lookup.new |= verb(step.operation) == "create" and self._on_exists != "update"
        if sets_described(step, row.values, self._on_exists):
            lookup.described.update(_names(row, subject))
        elif wants_description(step, row.values, self._on_exists):
            lookup.whole.update(_names(row, subject))

    def wants(self) -> Wants:
        """Return all that was gathered."""
        kinds = {find.kind for step in self._steps for find in _finds(step)}
        return self._lookups.wants({kind: looked_at(self._steps, kind) for kind in kinds})


def looked_at(steps: Iterable[Step], kind: str) -> frozenset[str]:
    """Return the members of a thing's state that steps about it are compared with.

    A state spells them as the write does, or with a capital. None, which is all of them, for
    things with ancestors.
    """
    if KINDS[kind].has_paths:
        return frozenset()
    about = [step for step in steps if isinstance(step.subject, Find) and step.subject.kind == kind]
    return frozenset(
        spelling
        for step in about
        for name in step.args
        for spelling in (name, name[:1].upper() + name[1:])
    )


def _in_play(job: Job, on_exists: OnExists) -> Iterator[Step]:
    """Yield the steps that a plan may send: alternatives of a Create only where it updates."""
    for step in job.steps:
        yield step
        if on_exists == "update" or isinstance(step.subject, Member):
            yield from step.otherwise


def _finds(step: Step) -> Iterator[Find]:
    """Yield all that a step finds by name: its subject, and what its arguments name."""
    if isinstance(step.subject, Find):
        yield step.subject
    yield from named_by(step)


def named_by(step: Step) -> Iterator[Find]:
    """Yield what a step's arguments find by name."""
    for arg in step.args.values():
        for leaf in leaves(arg):
            if isinstance(leaf, Find):
                yield leaf


def _names(row: TypedRow, find: Find) -> Iterator[str]:
    value = row.values.get(find.column)
    if isinstance(value, tuple):
        yield from map(str, value)
    elif value is not None and not isinstance(value, Clear):
        yield str(value)
