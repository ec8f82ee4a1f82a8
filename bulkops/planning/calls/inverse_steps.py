"""The step of a job that takes back what another did."""

from __future__ import annotations

from bulkops.definition.expressions import entries_of, kept_before
from bulkops.definition.job import Job, Step, takes_back


def inverse_address(job: Job, address: str) -> str | None:
    """Return the address of the step that takes back what one did; None: nothing does."""
    if takes_back(address):
        return address.partition(".undo")[0]
    step = job.step(address)
    if step.undo is not None:
        return f"{address}.undo"
    return None if step.irreversible else address


def needs_state(step: Step) -> bool:
    """Tell whether what was kept of the state before is for this step, and not for the call's own.

    Where an undo step needs nothing of it, what was kept is put back by the call's own operation.
    """
    return any(kept_before(step.args)) or any(entries_of(step.args))
