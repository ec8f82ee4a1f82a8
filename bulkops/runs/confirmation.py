"""What is done only where the instance's alias was typed: deleting, and protected targets."""

from __future__ import annotations

from collections.abc import Sequence

from bulkops.definition.job import Job, Step
from bulkops.definition.verbs import is_final, verb
from bulkops.errors import RefusedError
from bulkops.targets.connect import Connection


def require_confirmed(job: Job, connection: Connection, confirmed: str | None) -> None:
    """Refuse what deletes, and protected targets, unless the instance's alias was typed.

    An alias that was typed and is no target's is refused whatever the job does. Where it can't be
    known what is protected, everything is refused.
    """
    if connection.fault:
        raise RefusedError(
            f"{connection.fault} It may say that an instance is protected: mend it, or move it "
            "away, before anything is sent."
        )
    final = [step for step in job.steps if is_final(step.operation)]
    aliases = [target.label for target in connection.targets.values()]
    for target, alias in zip(connection.targets.values(), aliases, strict=True):
        if confirmed != alias and (final or target.protected):
            reason = _reason(final)
            raise RefusedError(f"{job.name} {reason}: add --confirm-instance {alias} to go on.")
    if confirmed is not None and confirmed not in aliases:
        raise RefusedError(
            f'--confirm-instance says "{confirmed}", and this run works on {" and ".join(aliases)}:'
            " nothing was sent."
        )


def _reason(final: Sequence[Step]) -> str:
    """Say why the alias must be typed, by the steps that nothing takes back."""
    if not final:
        return "works on a protected target"
    deletes = any(verb(step.operation) == "delete" for step in final)
    return "deletes" if deletes else "ends what goes on"
