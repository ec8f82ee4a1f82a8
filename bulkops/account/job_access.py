"""What working with a job needs of IAM, what keeping takes that it deletes included."""

from __future__ import annotations

from bulkops.definition.access import IamAction, actions
from bulkops.definition.catalogue import maker_of
from bulkops.definition.job import Job
from bulkops.definition.thing_kinds import KINDS


def needed(job: Job) -> tuple[IamAction, ...]:
    """Return what every operation needs that working with a job calls, each once.

    What is to be deleted is first read as the job that makes such things would write it. It is
    described then, thing by thing, and not searched for.
    """
    found = {(access.service, access.operation): access for access in actions(job)}
    maker = maker_of(job)
    for access in actions(maker) if maker is not None else ():
        if access.purpose == "read" and access.operation not in _searches(job):
            found.setdefault((access.service, access.operation), access)
    return tuple(found.values())


def _searches(job: Job) -> frozenset[str]:
    """Return the operations that search for what a job is about."""
    kinds = [KINDS[step.about.kind] for step in job.steps if step.about is not None]
    return frozenset(kind.search.operation for kind in kinds if kind.search is not None)
