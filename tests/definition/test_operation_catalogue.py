from __future__ import annotations

import pytest

from bulkops.definition.catalogue import load
from bulkops.definition.model.operation_names import operation_names
from bulkops.definition.operation_catalogue import (
    _what_it_does,
    found_jobs,
    found_operations,
    listed_operations,
)
from bulkops.errors import JobError

JOBS = [load(name).job for name in ("create-case-fields", "create-users", "tag-resources")]


def test_a_service_lists_what_changes_something_with_the_jobs_that_do_it():
    listed = {each.name: each for each in listed_operations("connectcases", JOBS)}
    assert listed["CreateField"].jobs == ("create-case-fields",)
    assert listed["CreateField"].reference == "connectcases:CreateField"
    assert listed["DeleteField"].summary == "Deletes a field from a cases template."
    assert "ListFields" not in listed


def test_a_service_that_is_not_known_is_refused_with_the_nearest():
    with pytest.raises(JobError, match="cognito-idp"):
        listed_operations("cognito", JOBS)


def test_operations_are_found_by_words_of_their_names_the_family_first():
    found = [each.reference for each in found_operations("tag", JOBS)]
    assert found.index("connect:TagResource") < found.index("acm:AddTagsToCertificate")
    assert "connect:ListTagsForResource" not in found
    assert "autoscaling:SetInstanceProtection" not in found
    both = {each.reference for each in found_operations("evaluation form", JOBS)}
    assert "connect:CreateEvaluationForm" in both
    assert all("valuation" in each and "orm" in each for each in both)


def test_jobs_are_found_by_words_of_their_names_and_summaries():
    assert [job.name for job in found_jobs("tag", JOBS)] == ["tag-resources"]
    assert [job.name for job in found_jobs("create users", JOBS)] == ["create-users"]


def test_newer_operations_are_among_the_names():
    assert "CreateDataTable" in operation_names("connect")
    assert "CreateUser" in operation_names("iam")
    assert operation_names("nobody") == ()


def test_what_is_said_of_its_release_is_not_what_an_operation_does():
    preview = "<p>This API is in preview release for Connect and is subject to change.</p> "
    assert _what_it_does(f"{preview}<p>Makes a thing. And more.</p>") == "Makes a thing."
    assert _what_it_does("<p>Makes it</p>") == "Makes it"
    assert _what_it_does(preview) == preview.strip().removeprefix("<p>").removesuffix("</p>")
