"""What must be read from an instance before the rows of an order can be planned."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from bulkops.definition.job import Col, Find, Job, Member, Step, leaves, verb
from bulkops.definition.kinds import KINDS
from bulkops.planning.inventory import Want, Wants
from bulkops.planning.rows.cells import Clear, Value
from bulkops.planning.rows.typed_rows import OnExists, TypedRow

_COMPARED = frozenset({"create", "update", "associate"})


def wants_description(step: Step, values: Mapping[str, Value], on_exists: OnExists) -> bool:
    """Tell whether a row needs what only a Describe operation says of the step's subject.

    An update replaces a structure as a whole, so all of it must be known before a part is set:
    the rest is sent as it was.
    """
    if verb(step.operation) == "create":
        others = step.otherwise if on_exists == "update" else ()
        return any(wants_description(other, values, on_exists) for other in others)
    if verb(step.operation) != "update" or not isinstance(step.subject, Find):
        return False
    hidden = {path.partition(".")[0] for path in KINDS[step.subject.kind].described_only}
    columns = {
        _column(leaf)
        for member, arg in step.args.items()
        if member in hidden
        for leaf in leaves(arg)
        if isinstance(leaf, Col | Find)
    }
    return any(values.get(name) is not None for name in columns)


def _column(leaf: Col | Find) -> str:
    return leaf.by.name if isinstance(leaf, Find) else leaf.name


@dataclass(slots=True)
class _Wanted:
    """What is wanted of one kind, while rows are gathered."""

    names: set[str] = field(default_factory=set)
    described: set[str] = field(default_factory=set)
    every: bool = False
    state: bool = False


class Gatherer:
    """Gathers what one target's rows want; holds each name once."""

    def __init__(self, job: Job, on_exists: OnExists) -> None:
        self._on_exists = on_exists
        self._steps = tuple(_in_play(job, on_exists))
        self._kinds: dict[str, _Wanted] = {}
        self._relations: dict[str, set[str]] = {}

    def add(self, row: TypedRow) -> None:
        """Take in the names that a row mentions, and what is to be known of them."""
        for step in self._steps:
            compared = isinstance(step.subject, Find) and verb(step.operation) in _COMPARED
            for find in _finds(step):
                if find.by.name in row.values:
                    wanted = self._wanted(find.kind)
                    wanted.names.update(_names(row, find))
                    wanted.state |= compared and find == step.subject
                    wanted.every |= compared and find != step.subject
            match step.subject:
                case Find() as subject if wants_description(step, row.values, self._on_exists):
                    self._wanted(subject.kind).described.update(_names(row, subject))
                case Member(relation=relation, of=of):
                    self._relations.setdefault(relation, set()).update(_names(row, of))

    def wants(self) -> Wants:
        """Return all that was gathered."""
        return Wants(
            kinds={
                kind: Want(
                    names=frozenset(wanted.names),
                    every=wanted.every,
                    state=wanted.state,
                    members=_looked_at(self._steps, kind),
                    described=frozenset(wanted.described),
                )
                for kind, wanted in self._kinds.items()
            },
            relations={name: frozenset(of) for name, of in self._relations.items()},
        )

    def _wanted(self, kind: str) -> _Wanted:
        """Return what is wanted of a kind; ancestors, which make names into paths, are state."""
        search = KINDS[kind].search
        paths = search is not None and bool(search.names_path)
        return self._kinds.setdefault(kind, _Wanted(state=paths))


def _looked_at(steps: Iterable[Step], kind: str) -> frozenset[str]:
    """Return the members of a thing's state that steps about it are compared with.

    A state spells them as the write does, or with a capital. None, which is all of them, for
    things with ancestors.
    """
    search = KINDS[kind].search
    if search is not None and search.names_path:
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


def _finds(step: Step) -> Iterable[Find]:
    """Yield all that a step finds by name: its subject, and what its arguments name."""
    if isinstance(step.subject, Find):
        yield step.subject
    for arg in step.args.values():
        for leaf in leaves(arg):
            if isinstance(leaf, Find):
                yield leaf


def _names(row: TypedRow, find: Find) -> Iterator[str]:
    value = row.values.get(find.by.name)
    if isinstance(value, tuple):
        yield from map(str, value)
    elif value is not None and not isinstance(value, Clear):
        yield str(value)
