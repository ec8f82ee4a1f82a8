"""What is done only where the instance's alias was typed: deleting, and protected targets."""

from __future__ import annotations

from collections.abc import Iterable

from bulkops.definition.job import Job, verb
from bulkops.errors import RefusedError
from bulkops.planning.target import Target


def require_confirmed(job: Job, targets: Iterable[Target], confirmed: str | None) -> None:
    """Refuse what deletes, and protected targets, unless the instance's alias was typed."""
    deletes = any(verb(step.operation) == "delete" for step in job.steps)
    for target in targets:
        if not deletes and not target.protected:
            continue
        alias = target.alias or target.instance_id
        if confirmed != alias:
            reason = "deletes" if deletes else "works on a protected target"
            raise RefusedError(f"{job.name} {reason}: add --confirm-instance {alias} to go on.")
