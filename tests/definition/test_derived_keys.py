from __future__ import annotations

from types import SimpleNamespace

import pytest

from bulkops.definition.catalogue import load, load_earlier
from bulkops.definition.derived_as_first import kind_as_first
from bulkops.definition.derived_job import derived
from bulkops.definition.job_checks.job_faults import faults_of
from bulkops.definition.job_digest import digest
from bulkops.errors import JobError
from bulkops.runs.resume_checks import same_job

BEFORE = {
    "cognito-idp:AdminCreateUser": (
        "6d8385b76009517b27c2d2b2cd2fc75f414c238a2584bbe5c441e1bbd3c52c9e"
    ),
    "connect:UpdateInstanceAttribute": (
        "3efcd01fbdfcfb83962967ae49345b7a09ef16cca8b0a0c5e7b1e87bb7fdf525"
    ),
    "connect:AssociateTrafficDistributionGroupUser": (
        "22f6d02ed8320fb90be1835c720539950b8c35faad638f89910d93152fcbc6fd"
    ),
}
"""Digests that runs of earlier versions bear."""


@pytest.mark.parametrize(
    ("reference", "key"),
    [
        ("cognito-idp:AdminCreateUser", ["user_pool_id", "username"]),
        ("cognito-idp:AdminSetUserPassword", ["user_pool_id", "username"]),
        ("iam:CreateUser", ["user_name"]),
        ("connect:UpdateUserRoutingProfile", ["user_id"]),
        ("connect:UpdateInstanceAttribute", ["attribute_type"]),
        (
            "connect:AssociateTrafficDistributionGroupUser",
            ["traffic_distribution_group_id", "user_id"],
        ),
        ("connect:CreateUseCase", ["integration_association_id", "use_case_type"]),
        ("connect:AssociateQueueQuickConnects", ["queue_id"]),
        ("connect:BatchAssociateAnalyticsDataSet", ["data_set_ids"]),
        ("connectcampaignsv2:DeleteCampaignCommunicationTime", ["id", "config"]),
        ("lambda:PutFunctionRecursionConfig", ["function_name"]),
        ("lambda:CreateCodeSigningConfig", ["allowed_publishers_signing_profile_version_arns"]),
        ("sns:SetSMSAttributes", ["attributes"]),
        ("s3:CreateBucket", ["bucket"]),
        ("s3:PutObject", ["bucket", "key"]),
        ("ec2:DeleteSecurityGroup", ["group_id"]),
        ("ec2:AuthorizeSecurityGroupIngress", ["group_id"]),
        ("ec2:ReleaseAddress", ["allocation_id"]),
    ],
)
def test_rows_are_told_apart_by_all_that_must_be_given_and_may_be_shown(reference, key):
    job = derived(reference)
    assert sorted(job.key) == sorted(key)
    assert faults_of(job) == ()


def test_what_names_the_thing_must_be_given_where_the_model_requires_nothing():
    job = derived("ec2:DeleteSecurityGroup")
    assert [column.name for column in job.columns if column.required] == ["group_id"]


@pytest.mark.parametrize("name", ["CreateVpc", "AllocateAddress"])
def test_no_other_thing_is_made_the_name_of_a_new_one(name):
    with pytest.raises(JobError, match="no required member"):
        derived(f"ec2:{name}")


@pytest.mark.parametrize("name", ["SignUp", "AdminSetUserPassword", "ConfirmForgotPassword"])
def test_no_key_is_a_secret(name):
    job = derived(f"cognito-idp:{name}")
    secret = {column.name for column in job.columns if column.secret}
    assert secret
    assert secret.isdisjoint(job.key)


@pytest.mark.parametrize("reference", BEFORE)
def test_a_run_of_a_derived_job_that_began_before_goes_on_with_that_job(reference):
    assert load(reference).sha256 != BEFORE[reference]
    record = SimpleNamespace(job_sha256=BEFORE[reference], meta={})
    loaded = same_job(reference, record)
    assert loaded.sha256 == BEFORE[reference]
    assert loaded.job.key == derived(reference, form="first").key


def test_no_file_was_otherwise_before():
    assert list(load_earlier("jobs/create_users.py")) == []


def test_what_is_only_shown_of_a_reply_is_no_part_of_what_a_job_means():
    now, first = (derived("connect:CreateQueue", form=form) for form in ("unseen", "first"))
    assert now.steps[0].shows == {"made_id": "QueueId", "made_arn": "QueueArn"}
    assert first.steps[0].shows == {}
    assert digest(now) == digest(first)


@pytest.mark.parametrize(
    ("reference", "kept"),
    [
        ("iam:PutUserPolicy", True),
        ("connect:CreateUser", True),
        ("dynamodb:PutItem", False),  # a map of structures
        ("connect:CreateUseCase", False),  # nothing told its rows apart
        ("ec2:AuthorizeSecurityGroupIngress", False),  # a list of structures, alone
    ],
)
def test_what_could_not_be_derived_before_has_no_runs_to_go_on_with(reference, kept):
    try:
        derived(reference, form="first")
    except JobError:
        assert not kept
    else:
        assert kept


def test_a_list_of_lists_was_held_by_no_cell():
    text = SimpleNamespace(type_name="string")
    inner = SimpleNamespace(type_name="list", member=text)
    assert kind_as_first(inner) == ("text", ";|")
    assert kind_as_first(SimpleNamespace(type_name="list", member=inner)) == (None, "")
