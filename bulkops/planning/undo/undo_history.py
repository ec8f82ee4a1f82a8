"""What a run did, row by row, and what must be looked at before it can be taken back."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from bulkops.definition.batch_limits import batched_member
from bulkops.definition.job import Job, Step, takes_back
from bulkops.definition.kinds.found_things import Addressed, Find, Member
from bulkops.definition.relations import RELATIONS
from bulkops.definition.thing_kinds import KINDS
from bulkops.definition.verbs import verb
from bulkops.planning.calls.inverse import Done
from bulkops.planning.calls.inverse_steps import inverse_address
from bulkops.planning.calls.placeholders import placeholders_in
from bulkops.planning.calls.subject_ids import subject_id
from bulkops.planning.compared_members import looked_at
from bulkops.planning.described_columns import described_args
from bulkops.planning.inventory import Inventory, Wants
from bulkops.planning.lookups import Lookups, named_by
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
        return "" if find is None else find.name_in(self.names)


@dataclass(frozen=True, slots=True, kw_only=True)
class Unseen:
    """A thing that does not bear the name any more by which a run knew it, or is gone.

    `relation` is the list of it that is wanted; empty: none. `within` is the id of the thing in
    which it lies, where it lies in one.
    """

    kind: str
    name: str
    id: str
    relation: str = ""
    within: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Survey:
    """What is to be known of all rows of a run before it is taken back.

    `wants` must be read from each target, by its name, and is let go of then. `secretive` are the
    rows of which taking back sends secret cells again, those of what is made once more. `acted`
    are the rows for which something was done, in the order of the sheet. `needing`: some call
    needed another row's.
    """

    wants: dict[str, Wants]
    secretive: frozenset[int]
    acted: Sequence[int]
    needing: bool = False


def survey(job: Job, rows: Iterable[RowHistory]) -> Survey:
    """Go through a run's rows once; nothing of them is kept but names and numbers."""
    gathered: dict[str, _Gathered] = {}
    secretive: set[int] = set()
    acted = array("q")
    needing = False
    for row in rows:
        for done in row.done:
            needing |= bool(done.needs)
            gathered.setdefault(row.target, _Gathered(job)).add(row, done)
            if takes_back(done.step) and _has_secret(done):
                secretive.add(row.number)
        if row.done:
            acted.append(row.number)
    return Survey(
        wants={name: each.wants() for name, each in gathered.items()},
        secretive=frozenset(secretive),
        acted=acted,
        needing=needing,
    )


_CHANGES = frozenset({"update", "associate", "disassociate"})
"""What a step does to a thing that stays: what it holds now is compared with what was done."""


class _Gathered:
    """What is wanted of one target, and the steps whose subjects are looked at, by kind."""

    def __init__(self, job: Job) -> None:
        self._job = job
        self._lookups = Lookups()
        self._compared: dict[str, set[str]] = {}

    def add(self, row: RowHistory, done: Done) -> None:
        step = self._job.step(done.step)
        if step.about is None:
            return
        name = row.name_of(step.about)
        lookup = self._lookups.of(step.about.kind)
        lookup.names.add(name)
        if step.about.within is not None:
            owner = step.about.within
            self._lookups.of(owner.kind).names.add(row.name_of(owner))
        if isinstance(step.subject, Member):
            relation = RELATIONS[step.subject.relation]
            self._lookups.lists(relation.name).add(name)
            if relation.by_name:
                elements = relation.elements_in(done.sent, batched_member(step))
                lookup.names.update(map(relation.name_of, elements))
        elif verb(step.operation) in _CHANGES or step.kept or remakes(self._job, done):
            lookup.state = True
            self._compared.setdefault(step.about.kind, set()).add(done.step)
        if described_args(step):
            lookup.described.add(name)
        for kind in _kinds_set(step) - {step.about.kind}:
            self._lookups.of(kind).every = True

    def wants(self) -> Wants:
        return self._lookups.wants(
            {
                kind: looked_at(list(self._steps(addresses)), kind)
                for kind, addresses in self._compared.items()
            }
        )

    def _steps(self, addresses: Iterable[str]) -> Iterator[Step]:
        """Yield steps and what takes them back: both are compared with what is there."""
        for address in addresses:
            yield self._job.step(address)
            back = inverse_address(self._job, address)
            if back is not None:
                yield self._job.step(back)


def _kinds_set(step: Step) -> set[str]:
    """Return the kinds of the things whose ids a step sets: they are shown by name."""
    kept = {was.finds for was in step.kept if was.finds}
    if verb(step.operation) != "update":
        return kept
    return kept | {find.kind for find in named_by(step)}


def unseen(
    job: Job, rows: Iterable[RowHistory], inventories: Mapping[str, Inventory]
) -> Iterator[tuple[str, Unseen]]:
    """Yield (target, thing) for what was not found by its name: only its id tells if it is gone."""
    for row in rows:
        for done in row.done:
            step = job.step(done.step)
            if step.about is None or isinstance(step.about, Addressed) or remakes(job, done):
                continue
            name, thing_id = row.name_of(step.about), subject_id(step, done.sent, done.saved)
            if thing_id and not thing_of(step, done, step.about, name, inventories[row.target]):
                relation = step.subject.relation if isinstance(step.subject, Member) else ""
                within = str(done.sent.get(KINDS[step.about.kind].within_argument, ""))
                kind = step.about.kind
                thing = Unseen(kind=kind, name=name, id=thing_id, relation=relation, within=within)
                yield row.target, thing


def _has_secret(done: Done) -> bool:
    return any(each.kind == "secret" for each in placeholders_in(done.undo))


def remakes(job: Job, done: Done) -> bool:
    """Tell whether taking a call back makes its subject again, so that it has no id yet."""
    address = inverse_address(job, done.step)
    if address is None:
        return False
    return verb(job.step(address).operation) == "create" or job.step(done.step).remakes
