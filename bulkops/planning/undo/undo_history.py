"""What a run did, row by row, and what must be looked at before it can be taken back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from bulkops.definition.job import Find, Job, Member, Step, verb
from bulkops.planning.calls.inverse import Done, inverse_address, subject_id
from bulkops.planning.calls.placeholders import placeholders_in
from bulkops.planning.export_rows import has_paths
from bulkops.planning.inventory import Inventory, Want, Wants
from bulkops.planning.rows.typed_rows import Order, TypedRow
from bulkops.planning.target import Target
from bulkops.planning.undo.undo_state import kinds_set, reads_described, thing_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """What a run did for one row: its calls that took effect, in the order they were planned.

    `doubtful`: of some call it is not known whether it did.
    """

    done: tuple[Done, ...] = ()
    doubtful: bool = False


Pasts = Mapping[int, Past]
"""Row number → what was done for it; rows for which nothing was sent may be left out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unseen:
    """A thing that does not bear the name any more by which a run knew it, or is gone.

    `relation` is the list of it that is wanted; empty: none.
    """

    kind: str
    name: str
    id: str
    relation: str = ""


def wants(order: Order, targets: Mapping[str, Target], past: Pasts) -> dict[str, Wants]:
    """Return what must be read from each target before a run can be taken back."""
    gathered: dict[str, _Wanted] = {}
    for row in _rows(order, targets):
        for done in past.get(row.number, Past()).done:
            gathered.setdefault(row.target, _Wanted()).add(order.job, row, done)
    return {name: wanted.wants() for name, wanted in gathered.items()}


def unseen(
    order: Order, targets: Mapping[str, Target], past: Pasts, inventories: Mapping[str, Inventory]
) -> Iterator[tuple[str, Unseen]]:
    """Yield (target, thing) for what was not found by its name: only its id tells if it is gone."""
    for row in _rows(order, targets):
        for done in past.get(row.number, Past()).done:
            step = order.job.step(done.step)
            subject = subject_of(step)
            if subject is None or remakes(order.job, done):
                continue
            name, thing_id = name_of(row, subject), subject_id(step, done.params, done.saved)
            if thing_id and not thing_of(step, done, subject, name, inventories[row.target]):
                relation = step.subject.relation if isinstance(step.subject, Member) else ""
                yield (
                    row.target,
                    Unseen(kind=subject.kind, name=name, id=thing_id, relation=relation),
                )


def secretive(past: Pasts) -> frozenset[int]:
    """Return the rows of which taking back sends secret cells again: what is made once more."""
    return frozenset(
        row
        for row, each in past.items()
        for done in each.done
        if done.step.endswith(".undo") and _has_secret(done)
    )


def _has_secret(done: Done) -> bool:
    return any(each.kind == "secret" for each in placeholders_in(done.undo))


def _rows(order: Order, targets: Mapping[str, Target]) -> Iterator[TypedRow]:
    return order.rows({name: target.identity for name, target in targets.items()})


def subject_of(step: Step) -> Find | None:
    """Return how a step finds what it is about; of a place in a list, whose list it is."""
    return step.subject.of if isinstance(step.subject, Member) else step.subject


def name_of(row: TypedRow, find: Find | None) -> str:
    """Return the name that a row gives; empty where it gives none."""
    return "" if find is None else str(row.values.get(find.by.name, ""))


def remakes(job: Job, done: Done) -> bool:
    """Tell whether taking a call back makes its subject again, so that it has no id yet."""
    address = inverse_address(job, done.step)
    return address is not None and verb(job.step(address).operation) == "create"


@dataclass(slots=True)
class _Wanted:
    """What is wanted of one target, while rows are gathered."""

    names: dict[str, set[str]] = field(default_factory=dict)
    described: dict[str, set[str]] = field(default_factory=dict)
    states: set[str] = field(default_factory=set)
    every: set[str] = field(default_factory=set)
    relations: dict[str, set[str]] = field(default_factory=dict)

    def add(self, job: Job, row: TypedRow, done: Done) -> None:
        step = job.step(done.step)
        subject = subject_of(step)
        if subject is None:
            return
        name = name_of(row, subject)
        self.names.setdefault(subject.kind, set()).add(name)
        if isinstance(step.subject, Member):
            self.relations.setdefault(step.subject.relation, set()).add(name)
        elif verb(step.operation) == "update" or remakes(job, done):
            self.states.add(subject.kind)
        if reads_described(step):
            self.described.setdefault(subject.kind, set()).add(name)
        self.every |= kinds_set(step) - {subject.kind}

    def wants(self) -> Wants:
        return Wants(
            kinds={
                kind: Want(
                    names=frozenset(self.names.get(kind, ())),
                    every=kind in self.every,
                    state=kind in self.states or has_paths(kind),
                    described=frozenset(self.described.get(kind, ())),
                )
                for kind in sorted({*self.names, *self.every})
            },
            relations={name: frozenset(of) for name, of in self.relations.items()},
        )
