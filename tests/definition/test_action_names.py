from __future__ import annotations

import pytest

from bulkops.definition.iam import action_names
from bulkops.definition.iam.action_names import (
    actions_of,
    along_with,
    iam_prefix,
    passed_to,
    path_of,
    tagging,
)
from bulkops.definition.iam.reference import reference
from bulkops.definition.model.operations import operations


@pytest.mark.parametrize(
    ("service", "prefix"),
    [
        ("connect", "connect"),
        ("customer-profiles", "profile"),
        ("connectcases", "cases"),
        ("qconnect", "wisdom"),
        ("connectcampaignsv2", "connect-campaigns"),
        ("connect-contact-lens", "connect"),
        ("ec2", "ec2"),
        ("resourcegroupstaggingapi", "tag"),
        ("iot-data", "iot"),
        ("elbv2", "elasticloadbalancing"),
    ],
)
def test_services_sign_under_names_of_their_own(service, prefix):
    assert iam_prefix(service) == prefix


@pytest.mark.parametrize(
    ("service", "operation", "actions"),
    [
        ("connect", "CreateUser", ("connect:CreateUser",)),
        ("s3", "PutBucketTagging", ("s3:PutBucketTagging",)),
        ("s3", "PutBucketCors", ("s3:PutBucketCORS",)),
        ("s3", "CopyObject", ("s3:PutObject", "s3:GetObject")),
        ("s3", "ListDirectoryBuckets", ("s3express:ListAllMyDirectoryBuckets",)),
        ("lambda", "Invoke", ("lambda:InvokeFunction",)),
        ("sqs", "SendMessageBatch", ("sqs:SendMessage",)),
        ("apigateway", "CreateResource", ("apigateway:POST",)),
        ("connectparticipant", "SendMessage", ()),
        ("sts", "AssumeRoleWithSAML", ()),
        ("codecatalyst", "CreateProject", ("codecatalyst:CreateProject",)),
    ],
)
def test_an_operation_needs_the_actions_that_iam_has_for_it(service, operation, actions):
    assert actions_of(service, operation) == actions


def test_only_api_gateways_paths_are_resources():
    assert path_of("apigateway", "CreateResource") == "/restapis/{restapi_id}/resources/{parent_id}"
    assert not path_of("s3", "PutObject")


def test_what_is_checked_along_is_said_by_the_reference_and_by_the_handlers():
    assert "iam:PassRole" in along_with("lambda:CreateFunction")
    assert along_with("wisdom:CreateQuickResponse") == (
        "connect:DescribeRoutingProfile",
        "connect:SearchRoutingProfiles",
    )
    assert along_with("connect:DeleteUser") == along_with("nothing:Known") == ()


@pytest.mark.parametrize(
    ("action", "tags"),
    [
        ("iam:CreateUser", "iam:TagUser"),
        ("lambda:CreateFunction", "lambda:TagResource"),
        ("sqs:CreateQueue", "sqs:TagQueue"),
        ("ssm:CreateDocument", "ssm:AddTagsToResource"),
        ("sts:CreateNothing", ""),
        ("nothing:CreateKnown", ""),
    ],
)
def test_tags_of_something_new_are_allowed_by_the_action_that_tags_it(action, tags):
    assert tagging(action) == tags


def test_roles_are_passed_to_the_service_that_takes_them():
    assert passed_to("ecs") == "ecs-tasks.amazonaws.com"
    assert not passed_to("connect")


def test_whatever_is_said_beside_the_reference_exists():
    table = action_names._table()
    for service, said in table["operations"].items():
        newer = {"BatchUpdateCase", "BatchCreateRelatedItem"}
        assert set(said) - newer <= set(operations(service)), service
        for operation in said.keys() - newer:
            for action in actions_of(service, operation):
                prefix, _, name = action.partition(":")
                assert name in reference(prefix).actions, action
    for action, along in table["dependents"].items():
        for each in (action, *along):
            prefix, _, name = each.partition(":")
            assert name in reference(prefix).actions, each
    assert all(reference(prefix) for prefix in table["passed_to"])
