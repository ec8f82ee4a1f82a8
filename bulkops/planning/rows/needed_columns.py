"""Which columns every row needs, and which only rows that make something new."""

from __future__ import annotations

from bulkops.definition.job import Column, Job
from bulkops.definition.kinds.found_things import Find
from bulkops.definition.verbs import verb
from bulkops.planning.existing_things import OnExists


def may_find_it_there(job: Job, on_exists: OnExists) -> bool:
    """Tell whether a job's rows may be about what is there already, and be brought to it or left.

    What only a new thing needs is then asked for where a row turns out to make one.
    """
    return on_exists != "fail" and any(
        isinstance(step.subject, Find) and verb(step.operation) == "create" for step in job.steps
    )


def always_required(job: Job, column: Column, on_exists: OnExists) -> bool:
    """Tell whether every row needs a value in a column: for its key, or for whatever it does."""
    return column.required and (column.name in job.key or not may_find_it_there(job, on_exists))
