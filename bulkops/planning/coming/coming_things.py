"""What rows make that others name before it is there, by the call that makes it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from bulkops.definition.job import Job, Step
from bulkops.definition.kinds.found_things import Find, Member
from bulkops.definition.thing_kinds import KINDS
from bulkops.definition.verbs import verb
from bulkops.planning.calls.arguments import StepArguments
from bulkops.planning.calls.subject_ids import saved_as
from bulkops.planning.lookups import named_by
from bulkops.planning.name_resolution import Names
from bulkops.planning.plan import Need, Placeholder
from bulkops.planning.rows.typed_rows import TypedRow


class Coming(NamedTuple):
    """A thing that a row makes by a step. It may be there by then: then it is not asked for.

    `name` is what the row calls it, without what it lies in.
    """

    need: Need
    step: Step
    name: str

    def known_as(self, *, arn: bool) -> Placeholder | str:
        """Return what stands for its id or ARN until it is made: an id that is a name is known."""
        if not arn and is_named_by_id(self.step):
            return self.name
        name = saved_name(self.step, arn=arn)
        return Placeholder(kind="made", name=name, of=self.need, said=self.name)


def is_named_by_id(step: Step) -> bool:
    """Tell whether the id of what a step makes is the name that its row gives it."""
    about = step.about
    if about is None or saved_as(step, arn=False):
        return False
    return KINDS[about.kind].listing.id == KINDS[about.kind].listing.name


class ComingThings:
    """The things of one target that rows make and that are not there yet, by kind and name.

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


def needed_kinds(jobs: Iterable[Job]) -> frozenset[str]:
    """Return the kinds that some jobs make and name besides, so that rows may need one another."""
    made, named, any_of_all = set[str](), set[str](), False
    for job in jobs:
        any_of_all |= any(column.kind == "flow" for column in job.columns)
        own = {
            step.subject.kind
            for step in job.steps
            if isinstance(step.subject, Find) and verb(step.operation) == "create"
        }
        made |= own
        named |= {
            find.kind
            for address, step in job.addresses()
            if not address.endswith(".undo")
            for find in _named_beside(step, own)
        }
    return frozenset(made if any_of_all else made & named)  # flows may name anything


def _named_beside(step: Step, own: set[str]) -> Iterator[Find]:
    """Yield what a step names beside what its own job makes, or changes where it is there."""
    about = step.about
    if about is not None and about.within is not None:
        yield about.within
    if isinstance(step.subject, Member):
        yield step.subject.of
    yield from (find for find in named_by(step) if find != about or find.kind not in own)


class MakingStep(NamedTuple):
    """A step that makes things which rows may need before they are there, and what it makes."""

    args: StepArguments
    subject: Find

    def coming(self, row: TypedRow, names: Names) -> tuple[str, Coming] | None:
        """Return (name, thing) of what a row makes; None where it makes nothing, or it is there."""
        name = self.subject.name_in(row.values)
        if not name or not self.args.is_due(row.values):
            return None
        find = names.at_path if self.args.by_path else names.things
        if find(self.subject.kind, name):
            return None
        own = str(row.values.get(self.subject.by.name))
        return name, Coming(Need(row.number, self.args.address), self.args.step, own)


def making_steps(steps: Iterable[StepArguments], kinds: frozenset[str]) -> list[MakingStep]:
    """Return those of a job's steps that make things of some kinds."""
    return [
        MakingStep(each, each.step.subject)
        for each in steps
        if each.does == "create"
        and isinstance(each.step.subject, Find)
        and each.step.subject.kind in kinds
    ]


def add_coming(
    found: Mapping[str, ComingThings],
    steps: Iterable[MakingStep],
    rows: Iterable[TypedRow],
    names: Mapping[str, Names],
) -> None:
    """Add what rows make to what is coming on each target; the rest is by the target's name too."""
    makers = list(steps)
    for row in rows if makers else ():
        if row.verb == "none" or row.target not in names:
            continue
        for maker in makers:
            thing = maker.coming(row, names[row.target])
            if thing is not None:
                found[row.target].add(maker.subject.kind, *thing)


def saved_name(step: Step, *, arn: bool) -> str:
    """Return what `saved_as` returns; KeyError where the step saves none."""
    name = saved_as(step, arn=arn)
    if not name:
        wanted = "ARN" if arn else "id"
        raise KeyError(f"{step.operation} saves no {wanted} of what it makes")
    return name
