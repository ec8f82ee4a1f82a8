"""How what operations write is read, by the models of many services."""

from __future__ import annotations

import pytest

from bulkops.definition.catalogue import load
from bulkops.definition.kinds.derived_reads import _excepted, read_of
from bulkops.definition.kinds.members_told import Write
from bulkops.definition.kinds.read_exceptions import ReadException
from bulkops.definition.model.operation_names import operation_names
from bulkops.definition.model.operations import operation_model
from bulkops.definition.thing_kinds import KINDS

READS = (
    ("iam:DeleteAccessKey", "ListAccessKeys", 0, ""),
    ("logs:PutQueryDefinition", "", 0, ""),
    ("iam:CreateUser", "GetUser", 2, "DeleteUser"),
    ("iam:DeleteUser", "GetUser", 2, "CreateUser"),
    ("iam:CreateGroup", "GetGroup", 1, "DeleteGroup"),
    ("iam:DeleteGroup", "GetGroup", 1, "CreateGroup"),
    ("iam:CreateRole", "GetRole", 5, "DeleteRole"),
    ("iam:UpdateRole", "GetRole", 2, "itself"),
    ("iam:DeleteRole", "GetRole", 5, "CreateRole"),
    ("iam:UpdateAssumeRolePolicy", "GetRole", 1, "itself"),
    ("iam:PutUserPolicy", "GetUserPolicy", 1, "DeleteUserPolicy"),
    ("iam:DeleteUserPolicy", "GetUserPolicy", 1, "PutUserPolicy"),
    ("iam:PutRolePolicy", "GetRolePolicy", 1, "DeleteRolePolicy"),
    ("iam:AttachUserPolicy", "ListAttachedUserPolicies", 0, "DetachUserPolicy"),
    ("iam:DetachUserPolicy", "ListAttachedUserPolicies", 0, "AttachUserPolicy"),
    ("iam:AttachRolePolicy", "ListAttachedRolePolicies", 0, "DetachRolePolicy"),
    ("iam:AddUserToGroup", "ListGroupsForUser", 0, "RemoveUserFromGroup"),
    ("iam:RemoveUserFromGroup", "ListGroupsForUser", 0, "AddUserToGroup"),
    ("iam:CreatePolicy", "ListPolicies", 3, "DeletePolicy"),
    (
        "iam:AddRoleToInstanceProfile",
        "ListInstanceProfilesForRole",
        0,
        "RemoveRoleFromInstanceProfile",
    ),
    ("iam:CreateInstanceProfile", "GetInstanceProfile", 2, "DeleteInstanceProfile"),
    ("cognito-idp:AdminCreateUser", "AdminGetUser", 1, "AdminDeleteUser"),
    ("cognito-idp:AdminDeleteUser", "AdminGetUser", 1, "AdminCreateUser"),
    ("cognito-idp:CreateGroup", "GetGroup", 3, "DeleteGroup"),
    ("cognito-idp:UpdateGroup", "GetGroup", 3, "itself"),
    ("cognito-idp:AdminAddUserToGroup", "AdminListGroupsForUser", 0, "AdminRemoveUserFromGroup"),
    ("cognito-idp:CreateUserPoolClient", "", 0, "DeleteUserPoolClient"),
    ("cognito-idp:UpdateUserPoolClient", "", 0, ""),
    ("ssm:PutParameter", "GetParameter", 2, "DeleteParameter"),
    ("ssm:DeleteParameter", "GetParameter", 2, ""),
    ("ssm:CreateDocument", "GetDocument", 5, "DeleteDocument"),
    ("dynamodb:CreateTable", "DescribeTable", 13, "DeleteTable"),
    ("dynamodb:DeleteTable", "DescribeTable", 13, "CreateTable"),
    ("dynamodb:PutItem", "", 0, ""),
    ("sqs:CreateQueue", "GetQueueUrl", 0, "DeleteQueue"),
    ("sqs:SetQueueAttributes", "GetQueueAttributes", 1, "itself"),
    ("sqs:DeleteQueue", "GetQueueAttributes", 1, ""),
    ("sns:CreateTopic", "", 0, ""),
    ("s3:CreateBucket", "HeadBucket", 0, "DeleteBucket"),
    ("s3:PutBucketTagging", "GetBucketTagging", 1, "DeleteBucketTagging"),
    ("s3:PutBucketVersioning", "GetBucketVersioning", 2, "itself"),
    ("s3:PutBucketPolicy", "GetBucketPolicy", 1, "DeleteBucketPolicy"),
    ("s3:DeleteBucket", "HeadBucket", 0, "CreateBucket"),
    ("s3:PutObject", "", 0, ""),
    ("s3:DeleteObject", "HeadObject", 22, ""),
    ("ec2:CreateSecurityGroup", "DescribeSecurityGroups", 1, "DeleteSecurityGroup"),
    ("ec2:CreateKeyPair", "DescribeKeyPairs", 1, "DeleteKeyPair"),
    ("ec2:AuthorizeSecurityGroupIngress", "", 0, "RevokeSecurityGroupIngress"),
    ("ec2:CreateTags", "", 0, ""),
    ("lambda:CreateFunction", "GetFunction", 21, "DeleteFunction"),
    ("lambda:DeleteFunction", "GetFunction", 21, ""),
    ("lambda:UpdateFunctionConfiguration", "GetFunctionConfiguration", 20, "itself"),
    ("lambda:CreateAlias", "GetAlias", 3, "DeleteAlias"),
    ("lambda:UpdateAlias", "GetAlias", 4, "itself"),
    ("lambda:AddPermission", "", 0, "RemovePermission"),
    ("lambda:PutFunctionConcurrency", "GetFunctionConcurrency", 1, "DeleteFunctionConcurrency"),
    ("secretsmanager:CreateSecret", "DescribeSecret", 3, "DeleteSecret"),
    ("secretsmanager:PutSecretValue", "", 0, ""),
    ("secretsmanager:DeleteSecret", "DescribeSecret", 4, ""),
    ("logs:CreateLogGroup", "DescribeLogGroups", 2, "DeleteLogGroup"),
    ("logs:CreateLogStream", "DescribeLogStreams", 0, "DeleteLogStream"),
    ("logs:PutRetentionPolicy", "DescribeLogGroups", 1, "DeleteRetentionPolicy"),
    ("logs:PutMetricFilter", "DescribeMetricFilters", 5, "DeleteMetricFilter"),
    ("logs:PutSubscriptionFilter", "DescribeSubscriptionFilters", 7, "DeleteSubscriptionFilter"),
    ("logs:DeleteLogGroup", "DescribeLogGroups", 2, "CreateLogGroup"),
    ("events:PutRule", "DescribeRule", 5, "DeleteRule"),
    ("events:DeleteRule", "DescribeRule", 5, "PutRule"),
    ("events:CreateEventBus", "DescribeEventBus", 5, "DeleteEventBus"),
    ("connect:UpdateUserRoutingProfile", "DescribeUser", 1, "itself"),
    ("connect:UpdateQueueName", "DescribeQueue", 2, "itself"),
    ("connect:DeleteUser", "DescribeUser", 16, ""),
    ("connect:CreateUserHierarchyGroup", "", 0, "DeleteUserHierarchyGroup"),
    ("kms:CreateAlias", "", 0, "DeleteAlias"),
    ("ecr:CreateRepository", "DescribeRepositories", 5, "DeleteRepository"),
    ("stepfunctions:UpdateStateMachine", "DescribeStateMachine", 8, "itself"),
    ("glue:CreateDatabase", "", 0, ""),
    ("kinesis:CreateStream", "DescribeStream", 1, "DeleteStream"),
)
"""Operation, what reads its thing, how many members that tells, and what takes it back."""


@pytest.mark.parametrize(("reference", "read", "told", "undo"), READS)
def test_what_reads_and_takes_back_what_an_operation_writes(reference, read, told, undo):
    (step,) = load(reference).job.steps
    address = KINDS[step.subject.kind].address if step.subject else None
    assert (address.operation if address else "") == read
    assert (len(address.told) if address else 0) == told
    itself = "" if step.irreversible else "itself"
    assert (step.undo.operation if step.undo else itself) == undo


def test_more_than_sixty_operations_are_tried():
    assert len({reference for reference, *_ in READS}) > 60


def test_what_a_list_shows_is_told_by_what_names_it_alone():
    read = read_of("logs", "PutMetricFilter")
    assert read.matches == {"filterName": "filterName"}
    assert read.arguments == {
        "logGroupName": "{logGroupName}",
        "filterNamePrefix": "{filterName}",
    }
    assert read_of("logs", "CreateExportTask") is None


def test_no_secret_is_compared_and_no_content_is_read():
    assert "Value" not in read_of("ssm", "PutParameter").told
    assert read_of("s3", "DeleteObject").operation == "HeadObject"


def test_a_blank_part_is_no_part():
    (step,) = load("events:PutRule").job.steps
    both = step.subject.name_in({"name": "hourly", "event_bus_name": "own"})
    one = step.subject.name_in({"name": "hourly"})
    assert both != one
    assert one.startswith("hourly")
    assert step.subject.name_in({"event_bus_name": "own"}) == ""


def test_what_takes_back_must_be_without_fault():
    (step,) = load("events:DeleteConnection").job.steps
    assert step.subject is None
    assert step.irreversible


def test_why_nothing_is_made_again_is_said():
    key = load("iam:DeleteAccessKey").job.steps[0].irreversible
    assert key == "CreateAccessKey would make another one, with an id of its own."
    function = load("lambda:DeleteFunction").job.steps[0].irreversible
    assert function == "CreateFunction needs Code, which GetFunction does not tell."
    queue = load("sqs:DeleteQueue").job.steps[0].irreversible
    assert queue == "CreateQueue needs QueueName, which GetQueueAttributes does not tell."


def test_there_are_no_kinds_of_what_nothing_reads():
    for name in ("iam:TagUser", "iam:NoSuchThing", "no-such-kind", "iam:ListUsers:Users.X:Y"):
        assert name not in KINDS
        with pytest.raises(KeyError):
            KINDS[name]


def test_a_service_without_a_model_has_no_operations():
    assert operation_names("no-such-service") == ()
    assert "CreateUser" in operation_names("iam")


def test_an_exception_that_names_no_operation_of_the_service_reads_nothing():
    write = Write("iam", "CreateUser", operation_model("iam", "CreateUser").input_shape)
    assert _excepted(write, ReadException(operation="GetNobody")) is None
