"""Jobs of which two equal rows can make sense, since each of their calls acts anew."""

from __future__ import annotations

from bulkops.definition.job import Job
from bulkops.definition.verbs import sets_values, verb


def idle_repeat(job: Job) -> str:
    """Return why a second call of a job, equal to the first, would do nothing; empty: it would.

    What is found by its name is there once, and what sets a value sets it again to the same.
    """
    for step in job.steps:
        if sets_values(step.operation):
            return f"{step.operation} sets values, and the second row would set them once more"
        if step.about is not None:
            return f"{step.operation} is about a thing of one name, which the first row deals with"
        if verb(step.operation) not in ("create", "update"):
            return f"what {step.operation} does for the first row is done for the second as well"
    return ""
