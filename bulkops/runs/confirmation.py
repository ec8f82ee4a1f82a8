"""What is done only where the instance's alias was typed: deleting, and protected targets."""

from __future__ import annotations

from bulkops.definition.job import Job
from bulkops.definition.verbs import verb
from bulkops.errors import RefusedError
from bulkops.targets.connect import Connection


def require_confirmed(job: Job, connection: Connection, confirmed: str | None) -> None:
    """Refuse what deletes, and protected targets, unless the instance's alias was typed.

    Where it can't be known what is protected, everything is refused.
    """
    if connection.fault:
        raise RefusedError(
            f"{connection.fault} It may say that an instance is protected: mend it, or move it "
            "away, before anything is sent."
        )
    deletes = any(verb(step.operation) == "delete" for step in job.steps)
    for target in connection.targets.values():
        if not deletes and not target.protected:
            continue
        alias = target.alias or target.instance_id
        if confirmed != alias:
            reason = "deletes" if deletes else "works on a protected target"
            raise RefusedError(f"{job.name} {reason}: add --confirm-instance {alias} to go on.")
