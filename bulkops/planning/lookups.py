"""What must be read from an instance before the rows of an order can be planned."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from bulkops.definition.expressions import leaves
from bulkops.definition.job import Job, Step
from bulkops.definition.kinds.found_things import Find, Member
from bulkops.definition.thing_kinds import KINDS
from bulkops.definition.verbs import verb
from bulkops.planning.compared_members import looked_at, looks_at_values
from bulkops.planning.described_columns import described_columns, described_set, has_any
from bulkops.planning.existing_things import OnExists
from bulkops.planning.given_names import entries_named, gives_names, names_given
from bulkops.planning.inventory import Want, Wants
from bulkops.planning.promotion.flow_lookups import named_in
from bulkops.planning.promotion.flow_mapping import FlowMapping
from bulkops.planning.rows.cells import LaterText, Value
from bulkops.planning.rows.conditions import any_holds
from bulkops.planning.rows.names_meant import names_meant
from bulkops.planning.rows.typed_rows import TypedRow


@dataclass(slots=True)
class KindLookup:
    """What is wanted of one kind, while rows are gathered; each is said in `Want`."""

    names: set[str] = field(default_factory=set)
    described: set[str] = field(default_factory=set)
    whole: set[str] = field(default_factory=set)
    every: bool = False
    state: bool = False
    new: bool = False
    removed: set[str] = field(default_factory=set)


class Lookups:
    """What is wanted of one target, while its rows are gathered; holds each name once."""

    def __init__(self) -> None:
        self._kinds: dict[str, KindLookup] = {}
        self._relations: dict[str, set[str]] = {}

    def of(self, kind: str) -> KindLookup:
        """Return what is wanted of a kind; ancestors, which make names into paths, are state."""
        if kind not in self._kinds:
            self._kinds[kind] = KindLookup(state=KINDS[kind].has_paths)
        return self._kinds[kind]

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
                    removed=frozenset(lookup.removed),
                )
                for kind, lookup in self._kinds.items()
            },
            relations={name: frozenset(of) for name, of in self._relations.items()},
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    """What steps find by a name.

    `cases` are the conditions of those steps (`Step.only_if`), of which one must hold.
    """

    find: Find
    cases: frozenset[tuple[str, str] | None]

    def is_meant(self, values: Mapping[str, Value]) -> bool:
        """Tell whether a row has a name to be found by."""
        return self.find.by.name in values and any_holds(self.cases, values)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Named(_Found):
    """What a job finds by a name, by all of its steps: `state` and `every` as in `Want`."""

    state: bool
    every: bool
    levels: str = ""
    """Kind of the levels that must be known, where things that lie in others are made."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Subject(_Found):
    """What steps are about: by which columns it must be described, if it is new or to go."""

    described: frozenset[str]
    whole: frozenset[str]
    new: bool
    removed: bool


class Gatherer:
    """Gathers what planning one target's rows wants."""

    def __init__(self, job: Job, on_exists: OnExists, mapping: FlowMapping | None = None) -> None:
        self._flows = [column.name for column in job.columns if column.kind == "flow"]
        self._key = job.key[0] if job.key else ""
        self._mapping = mapping or FlowMapping()
        self._steps = tuple(_in_play(job, on_exists))
        self._lookups = Lookups()
        self._named = tuple(_named(self._steps))
        self._subjects = tuple(_subjects(self._steps, on_exists))
        kept = (was for step in self._steps for was in step.kept)
        self._shown = {was.finds for was in kept if was.finds}
        self._lists = [
            (relation, owner, _cases([step]))
            for step in self._steps
            for relation, owner in _lists_of(step)
        ]
        self._entries = [entry for step in self._steps for entry in entries_named(step)]
        self._given = [step for step in self._steps if gives_names(step)]

    def add(self, row: TypedRow) -> None:
        """Take in the names that a row mentions, and what is to be known of them."""
        self._add_named(row)
        for subject in self._subjects:
            if subject.is_meant(row.values):
                lookup = self._lookups.of(subject.find.kind)
                lookup.new |= subject.new
                if subject.removed:
                    lookup.removed.update(names_meant(row, subject.find))
                if has_any(row.values, subject.described):
                    lookup.described.update(names_meant(row, subject.find))
                elif has_any(row.values, subject.whole):
                    lookup.whole.update(names_meant(row, subject.find))
        for kind in self._shown:
            self._lookups.of(kind).every = True
        for relation, owner, cases in self._lists:
            if any_holds(cases, row.values):
                self._lookups.lists(relation).update(names_meant(row, owner))
        self._add_sought(row)
        for column in self._flows:
            self._add_flow(row, row.values.get(column))

    def _add_flow(self, row: TypedRow, text: Value | None) -> None:
        """Take in what a flow refers to: by name, or all of its kind where only ids are known."""
        if isinstance(text, str | LaterText):
            for kind, name in named_in(text, self._mapping, str(row.values.get(self._key, ""))):
                lookup = self._lookups.of(kind)
                lookup.every |= not name
                lookup.names.update(filter(None, (name,)))

    def _add_sought(self, row: TypedRow) -> None:
        """Take in what else things are sought by: their keys, and the names that rows give them."""
        for kind, columns in self._entries:
            if all(column in row.values for column in columns):
                name = "=".join(str(row.values[column]) for column in columns)
                self._lookups.of(kind).names.add(name)
        for step in self._given:
            for kind, name in names_given(step, row.values):
                self._lookups.of(kind).names.add(name)

    def _add_named(self, row: TypedRow) -> None:
        for named in self._named:
            if named.is_meant(row.values):
                lookup = self._lookups.of(named.find.kind)
                lookup.names.update(names_meant(row, named.find))
                lookup.state |= named.state
                lookup.every |= named.every
                if named.levels:
                    self._lookups.of(named.levels).every = True

    def wants(self) -> Wants:
        """Return all that was gathered."""
        kinds = {find.kind for step in self._steps for find in _finds(step)}
        return self._lookups.wants({kind: looked_at(self._steps, kind) for kind in kinds})


def _lists_of(step: Step) -> Iterator[tuple[str, Find]]:
    """Yield (relation, how its owner is found) of the lists that a step needs to know."""
    if isinstance(step.subject, Member):
        yield step.subject.relation, step.subject.of
    elif step.subject is not None:
        yield from ((relation, step.subject) for relation in step.kept_lists)


def _named(steps: Iterable[Step]) -> Iterator[_Named]:
    """Yield all that steps find by name, each once, in the order written."""
    every = [(step, find) for step in steps for find in _finds(step)]
    for found in dict.fromkeys(find for _, find in every):
        steps_of = [step for step, find in every if find == found]
        compared = [step for step in steps_of if _is_compared(step)]
        yield _Named(
            find=found,
            state=any(found == step.subject for step in compared) or _lists(steps_of, found),
            every=any(found != step.subject for step in compared),
            cases=_cases(steps_of),
            levels=KINDS[found.kind].levels
            if any(_makes(step, found) for step in compared)
            else "",
        )


def _lists(steps: Iterable[Step], found: Find) -> bool:
    """Tell whether what is found holds a list, of which a cell of a step must be one value."""
    return any(among.of == found for step in steps for among in step.among.values())


def _makes(step: Step, found: Find) -> bool:
    return verb(step.operation) == "create" and found == step.subject


def _is_compared(step: Step) -> bool:
    looks = looks_at_values(step) or bool(step.expects or step.kept)
    return isinstance(step.subject, Find) and looks


def _subjects(steps: Iterable[Step], on_exists: OnExists) -> Iterator[_Subject]:
    """Yield what steps are about, where it is a thing, each once."""
    about = [(step, step.subject) for step in steps if isinstance(step.subject, Find)]
    for subject in dict.fromkeys(subject for _, subject in about):
        mine = [step for step, other in about if other == subject]
        creates = any(verb(step.operation) == "create" for step in mine)
        yield _Subject(
            find=subject,
            described=frozenset[str]().union(*(described_set(step, on_exists) for step in mine)),
            whole=frozenset[str]().union(*(described_columns(step, on_exists) for step in mine)),
            new=creates and on_exists != "update",
            cases=_cases(mine),
            removed=any(verb(step.operation) == "delete" for step in mine),
        )


def _cases(steps: Iterable[Step]) -> frozenset[tuple[str, str] | None]:
    return frozenset(step.only_if for step in steps)


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
        if step.subject.within is not None:
            yield step.subject.within
        if step.subject.sort is not None:
            yield step.subject.sort
    yield from named_by(step)
    yield from (said for said in step.expects.values() if isinstance(said, Find))


def named_by(step: Step) -> Iterator[Find]:
    """Yield what a step's arguments find by name."""
    for arg in step.args.values():
        for leaf in leaves(arg):
            if isinstance(leaf, Find):
                yield leaf
