"""Everything that is wrong with a job, found before it is used."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bulkops.definition.job import Job
from bulkops.definition.job_checks.column_checks import column_faults
from bulkops.definition.job_checks.step_checks import step_faults
from bulkops.definition.model.operations import service_model
from bulkops.errors import JobError

_JOB_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def faults_of(job: Job) -> tuple[str, ...]:
    """Return all that is wrong with a job, each fault once and with the nearest right word."""
    try:
        service_model(job.service)
    except JobError as error:
        return error.faults
    return tuple(dict.fromkeys((*_own_faults(job), *column_faults(job), *step_faults(job))))


def _own_faults(job: Job) -> Iterator[str]:
    if not _JOB_NAME.fullmatch(job.name):
        yield f'job name "{job.name}": small letters and digits with hyphens between them only.'
    if not job.summary:
        yield "the job has no summary."
    if not job.steps:
        yield "the job has no steps."
