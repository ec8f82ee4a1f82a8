from __future__ import annotations

import pytest

from bulkops.definition.catalogue import load
from bulkops.definition.repeatable_jobs import idle_repeat


@pytest.mark.parametrize(
    ("job", "why"),
    [
        ("connect:UpdateUserRoutingProfile", "sets values"),
        ("connect:PutUserStatus", "sets values"),
        ("create-users", "a thing of one name"),
        ("connect:DeleteUser", "a thing of one name"),
        ("connect:AssociateLambdaFunction", "is done for the second as well"),
        ("connect:CreateUserHierarchyGroup", ""),
        ("sns:Publish", ""),
        ("connect:StopContact", ""),
    ],
)
def test_what_would_do_nothing_twice_stays_refused(job, why):
    said = idle_repeat(load(job).job)
    assert (why in said) if why else said == ""
