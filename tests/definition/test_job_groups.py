from __future__ import annotations

import pytest

from bulkops.definition.catalogue import load
from bulkops.definition.derived_job import derived
from bulkops.definition.job_groups import group_of, grouped
from bulkops.definition.thing_kinds import KINDS, nouns


@pytest.mark.parametrize(
    ("name", "group"),
    [
        ("create-users", "Users"),
        ("delete-users", "Users"),
        ("associate-routing-profile-queues", "Routing profiles"),
        ("associate-queue-quick-connects", "Queues"),
        ("create-cases", "Cases"),
        ("put-case-field-options", "Case fields"),
    ],
)
def test_a_job_is_about_what_its_first_step_is_about(name, group):
    assert group_of(load(name).job) == group


@pytest.mark.parametrize(
    ("reference", "group"),
    [
        ("connect:StopContact", "Contacts"),
        ("connect:UpdateContactAttributes", "Contacts"),
        ("cognito-idp:ConfirmSignUp", "Signs"),
        ("sns:Publish", "Sns"),
    ],
)
def test_what_names_nothing_is_about_what_its_operation_says(reference, group):
    assert group_of(derived(reference)) == group


def test_groups_and_what_is_in_them_are_in_the_order_of_the_alphabet():
    jobs = [load(name).job for name in ("delete-users", "create-users", "create-queues")]
    found = [(group, [job.name for job in each]) for group, each in grouped(jobs).items()]
    assert found == [("Queues", ["create-queues"]), ("Users", ["create-users", "delete-users"])]


def test_every_kind_has_a_nouns():
    assert nouns("queue") == "queues"
    assert nouns("agent status") == "agent statuses"
    assert nouns("hours of operation") == "hours of operation"
    assert nouns("vocabulary") == "vocabularies"
    assert nouns("survey") == "surveys"
    assert nouns("comment on a case") == "comments on a case"
    assert nouns("override of hours of operation") == "overrides of hours of operation"
    assert all(nouns(kind.noun) for kind in KINDS.values())
