"""What is read of an instance to export the sheets of a whole workbook: each kind once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from bulkops.definition.job import Job
from bulkops.definition.kinds.thing_kind import ThingKind
from bulkops.definition.relations import RelationKind
from bulkops.definition.thing_kinds import KINDS
from bulkops.planning.diff.state import is_hidden
from bulkops.planning.export_scope import (
    export_parts,
    is_told,
    needs_states,
    owner_kind,
    places_of,
    relation_of,
    rows_are_hidden,
    wants_of,
)
from bulkops.planning.inventory import Inventory, Thing, Wants, merged_wants
from bulkops.planning.spoken_names import things_of


@dataclass(frozen=True, slots=True)
class ExportPart:
    """One job whose things are read, or a part of one; `fixed` are the cells that it fixes."""

    job: Job
    fixed: Mapping[str, str]

    @property
    def kind(self) -> ThingKind:
        """The kind of the things that are its rows, or whose lists are."""
        return owner_kind(self.job)

    @property
    def relation(self) -> RelationKind | None:
        """The relation whose entries are its rows; None where things are."""
        return relation_of(self.job)


def parts_of(jobs: Iterable[Job]) -> list[ExportPart]:
    """Return the parts of several jobs, in their order. Raises JobError: nothing to export."""
    return [ExportPart(part, fixed) for job in jobs for part, fixed in export_parts(job)]


def wants_of_all(parts: Iterable[ExportPart]) -> Wants:
    """Return what all parts want together: of each kind as much as the one that wants most."""
    return merged_wants(wants_of(part.job) for part in parts)


def is_described(part: ExportPart, inventory: Inventory, *, full: bool) -> bool:
    """Tell whether each thing must be described, for what a search did not tell of it.

    With `full` that is so for any column that a search leaves out.
    """
    if part.relation is not None or not needs_states(part.job):
        return False
    if rows_are_hidden(part.job) or (full and any(hidden_columns(part.job))):
        return True
    return not all(is_told(part.kind, thing) for thing in things_of(inventory, part.kind.name))


def hidden_columns(job: Job) -> Iterator[str]:
    """Yield the columns whose values only a Describe operation tells."""
    kind = owner_kind(job)
    for column in job.columns:
        if any(is_hidden(kind, place.path) for place in places_of(job, column)):
            yield column.name


def owners_listed(part: ExportPart, inventory: Inventory) -> Iterator[Thing]:
    """Yield the things whose lists must be read: those that may have something on them.

    What is listed of an instance that has nothing of the kind is empty, and so is a list of which
    its owner's state tells that it has no entry.
    """
    relation = part.relation
    if relation is None or any(not inventory.names(kind) for kind in _named(part.job)):
        return
    for thing in things_of(inventory, part.kind.name):
        if (thing.state or {}).get(relation.counted) != 0:
            yield thing


def _named(job: Job) -> Iterator[str]:
    """Yield the kinds of which every entry of a job's lists names a thing.

    What lies in other things is read beside the lists, and not known before them.
    """
    for column in job.columns:
        found = (each.finds for each in places_of(job, column) if column.name in job.key)
        yield from (kind for kind in found if kind and not KINDS[kind].within)


def kinds_within(wants: Wants) -> list[str]:
    """Return the kinds that are wanted and whose things lie in others."""
    return [name for name in wants.kinds if KINDS[name].within]
