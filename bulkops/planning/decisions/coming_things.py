"""What rows make that others name before it is there, by the call that makes it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from bulkops.definition.job import Job, Step
from bulkops.definition.kinds.found_things import Find
from bulkops.definition.thing_kinds import KINDS
from bulkops.definition.verbs import verb
from bulkops.planning.calls.arguments import StepArguments
from bulkops.planning.calls.subject_ids import saved_as
from bulkops.planning.lookups import named_by
from bulkops.planning.plan import Need, Placeholder
from bulkops.planning.rows.typed_rows import TypedRow


class Coming(NamedTuple):
    """A thing that a row makes by a step. It may be there by then: then it is not asked for."""

    need: Need
    step: Step

    def placeholder(self, *, arn: bool) -> Placeholder:
        """Return what stands for its id or ARN until it is made."""
        return Placeholder(kind="made", name=saved_name(self.step, arn=arn), of=self.need)


class ComingThings:
    """The things of one target that rows make, by kind and name.

    `kinds` are those that rows of the plan may both make and name.
    """

    def __init__(self, kinds: frozenset[str]) -> None:
        self.kinds = kinds
        self._things: dict[tuple[str, str], Coming] = {}

    def __bool__(self) -> bool:
        return bool(self._things)

    def add(self, kind: str, name: str, coming: Coming) -> None:
        """Take in a thing; of several rows that make one of a name the first counts."""
        self._things.setdefault((kind, KINDS[kind].key_of(name)), coming)

    def of(self, kind: str, name: str) -> Coming | None:
        """Return the thing of a name that a row makes; None where none does."""
        return self._things.get((kind, KINDS[kind].key_of(name)))


def own_kinds(job: Job) -> frozenset[str]:
    """Return the kinds that a job makes and names besides, so that its rows may need one another.

    One that removes things that lie in one another is such a job too.
    """
    made = {
        step.subject.kind
        for step in job.steps
        if isinstance(step.subject, Find) and verb(step.operation) == "create"
    }
    named = {
        find.kind
        for address, step in job.addresses()
        for find in named_by(step)
        if find != step.subject and not address.endswith(".undo")
    }
    return frozenset(made & named)


def coming_things(
    job: Job, steps: Iterable[StepArguments], rows: Iterable[TypedRow]
) -> Mapping[str, ComingThings]:
    """Return what the rows of a job make that others of them may need, by target."""
    kinds = own_kinds(job)
    found: dict[str, ComingThings] = {}
    if not kinds:
        return found
    makers = [(each, subject) for each in steps for subject in _made_by(each, kinds)]
    for row in rows:
        things = found.setdefault(row.target, ComingThings(kinds))
        for maker, subject in makers:
            name = row.values.get(subject.by.name)
            if name is not None and maker.is_due(row.values):
                coming = Coming(Need(row.number, maker.address), maker.step)
                things.add(subject.kind, str(name), coming)
    return found


def _made_by(args: StepArguments, kinds: frozenset[str]) -> Iterator[Find]:
    subject = args.step.subject
    if args.does == "create" and isinstance(subject, Find) and subject.kind in kinds:
        yield subject


def saved_name(step: Step, *, arn: bool) -> str:
    """Return what `saved_as` returns; KeyError where the step saves none."""
    name = saved_as(step, arn=arn)
    if not name:
        wanted = "ARN" if arn else "id"
        raise KeyError(f"{step.operation} saves no {wanted} of what it makes")
    return name
