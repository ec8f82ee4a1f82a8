"""What a run did, row by row, and what must be looked at before it can be taken back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from bulkops.definition.job import Find, Job, Member, Step, verb
from bulkops.planning.calls.inverse import Done, inverse_address, subject_id
from bulkops.planning.calls.placeholders import placeholders_in
from bulkops.planning.inventory import Inventory, Wants
from bulkops.planning.lookups import Lookups, described_args, named_by
from bulkops.planning.undo.undo_state import thing_of
from bulkops.problems import Address


@dataclass(frozen=True, slots=True, kw_only=True)
class RowHistory:
    """One row of a run, and what was done for it: its calls that took effect, as planned in turn.

    `names` are column → name, for what the job's steps are about. `doubtful`: of some call it is
    not known whether it took effect. `cells` are the original texts, secrets masked.
    """

    number: int
    key: str
    target: str
    cells: tuple[str, ...]
    address: Address
    names: Mapping[str, str] = field(default_factory=dict)
    done: tuple[Done, ...] = ()
    doubtful: bool = False

    def name_of(self, find: Find | None) -> str:
        """Return the name that the row gives; empty where it gives none."""
        return "" if find is None else self.names.get(find.column, "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Unseen:
    """A thing that does not bear the name any more by which a run knew it, or is gone.

    `relation` is the list of it that is wanted; empty: none.
    """

    kind: str
    name: str
    id: str
    relation: str = ""


def wants(job: Job, rows: Iterable[RowHistory]) -> dict[str, Wants]:
    """Return what must be read from each target before a run can be taken back."""
    gathered: dict[str, Lookups] = {}
    for row in rows:
        for done in row.done:
            _add(gathered.setdefault(row.target, Lookups()), job, row, done)
    return {name: lookups.wants() for name, lookups in gathered.items()}


def _add(lookups: Lookups, job: Job, row: RowHistory, done: Done) -> None:
    step = job.step(done.step)
    if step.about is None:
        return
    name = row.name_of(step.about)
    lookup = lookups.of(step.about.kind)
    lookup.names.add(name)
    if isinstance(step.subject, Member):
        lookups.lists(step.subject.relation).add(name)
    elif verb(step.operation) == "update" or remakes(job, done):
        lookup.state = True
    if described_args(step):
        lookup.described.add(name)
    for kind in _kinds_set(step) - {step.about.kind}:
        lookups.of(kind).every = True


def _kinds_set(step: Step) -> set[str]:
    """Return the kinds of the things whose ids a step sets: they are shown by name."""
    return {find.kind for find in named_by(step)} if verb(step.operation) == "update" else set()


def unseen(
    job: Job, rows: Iterable[RowHistory], inventories: Mapping[str, Inventory]
) -> Iterator[tuple[str, Unseen]]:
    """Yield (target, thing) for what was not found by its name: only its id tells if it is gone."""
    for row in rows:
        for done in row.done:
            step = job.step(done.step)
            if step.about is None or remakes(job, done):
                continue
            name, thing_id = row.name_of(step.about), subject_id(step, done.params, done.saved)
            if thing_id and not thing_of(step, done, step.about, name, inventories[row.target]):
                relation = step.subject.relation if isinstance(step.subject, Member) else ""
                yield (
                    row.target,
                    Unseen(kind=step.about.kind, name=name, id=thing_id, relation=relation),
                )


def secretive(rows: Iterable[RowHistory]) -> frozenset[int]:
    """Return the rows of which taking back sends secret cells again: what is made once more."""
    return frozenset(
        row.number
        for row in rows
        for done in row.done
        if done.step.endswith(".undo") and _has_secret(done)
    )


def _has_secret(done: Done) -> bool:
    return any(each.kind == "secret" for each in placeholders_in(done.undo))


def remakes(job: Job, done: Done) -> bool:
    """Tell whether taking a call back makes its subject again, so that it has no id yet."""
    address = inverse_address(job, done.step)
    return address is not None and verb(job.step(address).operation) == "create"
