"""What is exported of an instance for a job: which things, and where their columns stand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from bulkops.definition.column_facts import facts_of
from bulkops.definition.expressions import JsonText, entries_of
from bulkops.definition.gathered_rows import lists_of
from bulkops.definition.job import Column, Job, takes_back
from bulkops.definition.kinds.found_things import Col, Find, Member
from bulkops.definition.kinds.thing_kind import ThingKind
from bulkops.definition.model.member_paths import EACH
from bulkops.definition.model.operations import operation
from bulkops.definition.relations import RELATIONS, RelationKind
from bulkops.definition.thing_kinds import KINDS, nouns
from bulkops.definition.verbs import sets_values
from bulkops.errors import JobError
from bulkops.planning.diff.state import is_hidden
from bulkops.planning.inventory import Thing, Want, Wants
from bulkops.planning.rows.headers import TARGET


@dataclass(frozen=True, slots=True)
class ExportPlace:
    """Where a column's value stands in a state or an entry; `finds` is the kind of its ids.

    `inside` is the path in an element of the list at `path`, where rows make that together. `keys`:
    it is the keys of the map that stands there.
    """

    path: tuple[str, ...]
    finds: str
    inside: tuple[str, ...] | None = None
    keys: bool = False
    form: tuple[JsonText, Col | Find] | None = None
    """The text of JSON that stands at `path`, and what of it is the column's."""


def export_parts(job: Job) -> list[tuple[Job, Mapping[str, str]]]:
    """Return a job cut by the conditions of its steps, each part with the cells that these fix.

    So a job whose rows say of which kind their things are is exported kind by kind.
    """
    cases = dict.fromkeys(step.only_if for step in job.steps)
    owners = {step.about for step in job.steps}
    if None in cases or len(owners) < len(cases):
        return [(job, {})]
    return [
        (
            replace(job, steps=tuple(step for step in job.steps if step.only_if == case)),
            dict([case]),
        )
        for case in cases
        if case is not None
    ]


def wants_of(job: Job) -> Wants:
    """Return what must be read of an instance to export a job; of relations, the owners alone.

    Raises JobError where the job is not about named things, or about such as nothing lists.
    """
    kind = owner_kind(job)
    unlisted = kind.sought is not None and not kind.sought.listed
    if unlisted or kind.owner_sought is not None or kind.address is not None:
        raise JobError(f"The service lists no {nouns(kind.noun)}: nothing to export.")
    return wanted_for(job)


def wanted_for(job: Job) -> Wants:
    """Return what must be read so that rows of a job can be made of things that are named."""
    owner = owner_of(job)
    places = [place for column in job.columns for place in places_of(job, column)]
    found = {place.finds for place in places if place.finds} - {owner.kind}
    found |= {owner.within.kind} if owner.within is not None else set()
    state = bool(places or job.steps[0].leads_to) and relation_of(job) is None
    return Wants(
        kinds={
            owner.kind: Want(every=True, state=state or KINDS[owner.kind].has_paths),
            **{kind: Want(every=True, state=KINDS[kind].has_paths) for kind in sorted(found)},
        }
    )


def relation_of(job: Job) -> RelationKind | None:
    """Return the relation whose entries are the rows of a job; None where things are."""
    subject = job.steps[0].subject
    return RELATIONS[subject.relation] if isinstance(subject, Member) else None


def owner_kind(job: Job) -> ThingKind:
    """Return the kind of the things that are exported, or whose lists are."""
    return KINDS[owner_of(job).kind]


def needs_states(job: Job) -> bool:
    """Tell whether rows hold more than the names of things: their states must be known then."""
    return wanted_for(job).kinds[owner_kind(job).name].state


def rows_are_hidden(job: Job) -> bool:
    """Tell whether rows are elements of a list that only a Describe operation tells."""
    places = (place for column in job.columns for place in places_of(job, column))
    kind = owner_kind(job)
    return any(place.inside is not None and is_hidden(kind, place.path) for place in places)


def is_told(kind: ThingKind, thing: Thing) -> bool:
    """Tell whether a thing's state holds more than the line that a listing has of it."""
    begins = f"{kind.listing.items}{EACH}."
    output = operation(kind.service, kind.listing.operation).output
    line = {path.removeprefix(begins) for path in output if path.startswith(begins)}
    state = thing.state or {}
    return not set(state) <= line and (not kind.may_lack or kind.may_lack in state)


def sets_only(job: Job) -> bool:
    """Tell whether all that a job's rows do is to set values of what they name, as cells say."""
    sets = all(
        step.only_if is None and (sets_values(step.operation) or step.when) for step in job.steps
    )
    return sets and {*owner_of(job).columns} < {column.name for column in job.columns}


def export_headers(job: Job, *, several: bool) -> list[str]:
    """Return the headers of a job's export; with `several` targets the first names the target."""
    return [*([TARGET] if several else []), *(column.name for column in job.columns)]


def owner_of(job: Job) -> Find:
    """Return how the things are found that are exported, or whose lists are."""
    match job.steps[0].subject:
        case Find() as subject:
            return subject
        case Member(of=of):
            return of
    raise JobError(f"{job.name} is not about named things of an instance: nothing to export.")


def places_of(job: Job, column: Column) -> Iterator[ExportPlace]:
    """Yield where a column's value may stand, in the words of states or of a list's entries."""
    owner = owner_of(job)
    is_new_name = Col(column.name) == owner.renamed and not column.required
    if column.name in owner.columns or is_new_name:
        return  # what things are called now is said once, unless every row must say it
    yield from _looked_at(job, column.name)
    yield from _set(job, column.name)


def _looked_at(job: Job, column: str) -> Iterator[ExportPlace]:
    """Yield where a column's value stands that the first step looks at, and does not set."""
    for path, said in job.steps[0].expects.items():
        if said.column == column:
            yield ExportPlace(tuple(path.split(".")), said.kind if isinstance(said, Find) else "")
    for held in entries_of(job.steps[0].args):
        if held.column == column:
            yield ExportPlace(tuple(held.path.split(".")), "", keys=True)


def _set(job: Job, column: str) -> Iterator[ExportPlace]:
    """Yield where a column's value stands that a step about the same subject sets."""
    subject, relation, steps = job.steps[0].subject, relation_of(job), dict(job.addresses())
    for feed in facts_of(job, column).feeds:
        inside, each, element = feed.path.partition(EACH)
        if steps[feed.address].subject != subject or takes_back(feed.address):
            continue
        text = steps[feed.address].args.get(feed.path)
        if isinstance(text, JsonText):
            (leaf,) = {each for each in text.leaves if each.column == column}
            yield ExportPlace((feed.path,), feed.finds, form=(text, leaf))
            continue
        if relation is None:
            named = tuple(element.removeprefix(".").split(".")) if element else ()
            if not each or feed.place != feed.path:
                yield ExportPlace(tuple(feed.place.replace("[", ".[").split(".")), feed.finds)
            elif any(lists_of(steps[feed.address].args)):
                yield ExportPlace(tuple(inside.split(".")), feed.finds, named)
            continue
        held = relation.item_path(element.removeprefix("."))
        if each and held is not None:
            yield ExportPlace((held,), feed.finds)
