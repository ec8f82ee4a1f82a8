"""What of a thing's state the steps about it depend on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bulkops.definition.expressions import Held, entries_of
from bulkops.definition.job import Step
from bulkops.definition.kinds.found_things import Find
from bulkops.definition.thing_kinds import KINDS
from bulkops.definition.verbs import verb

COMPARED = frozenset({"create", "update", "associate"})
"""What a step does for which the state of its subject is looked at."""


def looks_at_values(step: Step) -> bool:
    """Tell whether what a step does depends on what its subject holds."""
    return verb(step.operation) in COMPARED or any(entries_of(step.args))


def looked_at(steps: Iterable[Step], kind: str) -> frozenset[str]:
    """Return the members of a thing's state that steps about it are compared with.

    A state spells them as the write does, or with a capital. None, which is all of them, for
    things with ancestors.
    """
    if KINDS[kind].has_paths:
        return frozenset()
    about = [step for step in steps if isinstance(step.subject, Find) and step.subject.kind == kind]
    read_as = KINDS[kind].read_as
    return frozenset(
        spelling
        for step in about
        for name in (
            *(read_as.get(name, name) for name in step.args),
            *_members_at(step.entails),
            *_members_at(step.expects),
            *_members_at(step.leads_to),
            *_members_at(said[0] for said in (step.only_from,) if said),
            *_members_at(arg.path for arg in step.args.values() if isinstance(arg, Held)),
            *_members_at(step.levels),
            *_members_at(was.path for was in step.kept),
            *_members_at(held.path for held in entries_of(step.args)),
        )
        for spelling in (name, name[:1].upper() + name[1:])
    )


def _members_at(paths: Iterable[str]) -> Iterator[str]:
    yield from (path.partition(".")[0] for path in paths)
