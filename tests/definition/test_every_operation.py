"""Every operation of many services that changes something: a job without fault, or a reason."""

from __future__ import annotations

import pytest

from bulkops.definition.derived_job import derived
from bulkops.definition.job_checks.job_faults import faults_of
from bulkops.definition.job_description import describe
from bulkops.definition.model.operations import operations
from bulkops.definition.verbs import only_reads
from bulkops.errors import JobError

SERVICES = (
    "acm", "cloudfront", "cognito-idp", "connect", "connectcampaignsv2", "connectcases",
    "customer-profiles", "dynamodb", "ec2", "events", "iam", "lambda", "logs", "qconnect", "s3",
    "secretsmanager", "sns", "sqs", "ssm",
)  # fmt: skip


@pytest.mark.parametrize("service", SERVICES)
def test_it_is_a_job_without_fault_or_refused_in_a_sentence(service):
    changing = [name for name in operations(service) if not only_reads(name)]
    assert changing
    made = [_made(f"{service}:{name}") for name in changing]
    jobs = [each for each in made if not isinstance(each, str)]
    assert [fault for job in jobs for fault in faults_of(job)] == []
    assert all(describe(job).columns for job in jobs)
    assert [each for each in made if isinstance(each, str) and not each.endswith(".")] == []


def _made(reference):
    """Return the job for an operation, or why there is none."""
    try:
        return derived(reference)
    except JobError as error:
        return str(error)
