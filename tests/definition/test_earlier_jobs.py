"""Runs that began before a job got more go on with the job as it was."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from bulkops.definition.catalogue import load, load_earlier
from bulkops.definition.earlier_jobs import GAINED
from bulkops.runs.resume_checks import same_job

BEFORE = {
    "claim-phone-numbers": "339bccfcd4a4907db1e2c1b64359bd919aeecd525ad35245cacafb32231ed76b",
    "create-agent-statuses": "21c0ba1d4421f9a50dc302490291cf3a64696c0e1e6a41bd91056ac5b5f3d67d",
    "create-evaluation-forms": "f7b4d7e19cd3bb0e22a58b355085c84549362a755a3b9dd31c604d95e0f1783a",
    "create-hierarchy-groups": "453c29c4faed8620f44cfaef635d168cfbcd3e59d2bbda6582a2cb32ca4e6f11",
    "create-hours-of-operation": "cebf9048ec18133a7c55d4e7904d9aedae93711cd6e1c87c9178ff547ad04bab",
    "create-prompts": "fbfaca5de001e909d1d2e8ca690d65c9a285bbbf18381482c46e2cc8d4a5668f",
    "create-queues": "38e11a42412cd3be40128c32f9877f6a99bb55ad615df76d156dd8f830aa30da",
    "create-quick-connects": "64bf196adc3be3fdd24cdf743268e027b4e274a3a6322971def668b2361d6587",
    "create-routing-profiles": "95e83e61273cbe7d1ffdc40538c8484ef34927425eacba46774ad9571ee86ff2",
    "create-security-profiles": "aa04c30aea761527c85818be76b23cdeff92807414802005ecdad24cb1c5dbfd",
    "create-task-templates": "94dc8080fb6aa84b6b41f09033678d8869a1ac22209e50524cfc36f41f0afb7a",
    "create-users": "bb855bb0d31d59804c37cd40c72222411b16754a1f2b6a5528dfe47f3c1210da",
}
"""What the fingerprints were before jobs got more."""


@pytest.mark.parametrize("name", GAINED)
def test_a_run_that_began_before_goes_on_with_the_job_as_it_was(name):
    assert load(name).sha256 != BEFORE[name]
    loaded = same_job(name, SimpleNamespace(job_sha256=BEFORE[name], meta={}))
    assert loaded.sha256 == BEFORE[name]


def test_a_job_that_is_the_same_still_has_no_earlier_form():
    assert [*load_earlier("delete-users")] == []
