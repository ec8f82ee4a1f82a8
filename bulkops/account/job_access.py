"""The IAM actions that working with a job needs, those of keeping what it deletes among them."""

from __future__ import annotations

from bulkops.definition.access import IamAction, actions
from bulkops.definition.catalogue import maker_of
from bulkops.definition.job import Job


def needed(job: Job) -> tuple[IamAction, ...]:
    """Return every action that a job needs, each once.

    What is to be deleted is first read as the job that makes such things would write it.
    """
    found = {access.action: access for access in actions(job)}
    maker = maker_of(job)
    for access in actions(maker) if maker is not None else ():
        if access.purpose == "read":
            found.setdefault(access.action, access)
    return tuple(found.values())
