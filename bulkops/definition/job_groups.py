"""What jobs are about, so that a long catalogue can be read: users, queues, phone numbers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from bulkops.definition.expressions import leaves
from bulkops.definition.job import Job, Step
from bulkops.definition.kinds.found_things import Addressed, Find
from bulkops.definition.thing_kinds import KINDS, nouns
from bulkops.definition.verbs import verb

_WORDS = re.compile(r"[A-Z][a-z0-9]*")


def group_of(job: Job) -> str:
    """Return what a job is about, in the plural: what its first step is about, or names first.

    Of a job that names nothing, or makes what has no name, it is what the operation is called by:
    StopContact, Contacts. Things of one type are with those of their kind.
    """
    first = job.steps[0]
    noun = next((KINDS[find.kind].noun for find in _found(first)), "").partition(" of type ")[0]
    if not noun or (first.subject is None and verb(first.operation) == "create"):
        words = _WORDS.findall(first.operation)[1:2]
        noun = words[0] if words else job.service
    return nouns(f"{noun[:1].upper()}{noun[1:]}")


def grouped(jobs: Iterable[Job]) -> dict[str, list[Job]]:
    """Return jobs by what they are about, both in the order of the alphabet."""
    groups: dict[str, list[Job]] = {}
    for job in sorted(jobs, key=lambda each: (group_of(each), each.name)):
        groups.setdefault(group_of(job), []).append(job)
    return groups


def _found(step: Step) -> Iterator[Find]:
    """Yield what a step finds by name, what it is about first."""
    if step.about is not None and not isinstance(step.about, Addressed):
        yield step.about
    for arg in step.args.values():
        yield from (leaf for leaf in leaves(arg) if isinstance(leaf, Find))
