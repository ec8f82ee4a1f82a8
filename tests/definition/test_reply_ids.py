from __future__ import annotations

import pytest

from bulkops.definition.reply_ids import made_by


@pytest.mark.parametrize(
    ("reference", "made_id", "made_arn"),
    [
        ("connect:CreateQueue", "QueueId", "QueueArn"),
        ("iam:CreateUser", "User.UserId", "User.Arn"),
        ("sqs:CreateQueue", "QueueUrl", ""),
        ("cognito-idp:CreateUserPool", "UserPool.Id", "UserPool.Arn"),
        ("rds:CreateDBInstance", "DBInstance.DBInstanceIdentifier", "DBInstance.DBInstanceArn"),
        ("lambda:CreateFunction", "", "FunctionArn"),  # not RevisionId, not SigningJobArn
        ("connect:StartChatContact", "ContactId", ""),
        ("connect:AssociateSecurityKey", "AssociationId", ""),  # all that the reply tells
        ("secretsmanager:CreateSecret", "", "ARN"),  # not VersionId
        ("connect:UpdateUserRoutingProfile", "", ""),
        ("sts:AssumeRole", "", ""),
    ],
)
def test_what_an_operation_made_is_told_by_its_reply(reference, made_id, made_arn):
    told = {"made_id": made_id, "made_arn": made_arn}
    assert made_by(*reference.split(":")) == {name: path for name, path in told.items() if path}


def test_nothing_sensitive_is_kept_of_a_reply():
    assert made_by("iam", "CreateAccessKey") == {"made_id": "AccessKey.AccessKeyId"}
    assert "Token" not in str(made_by("connect", "StartChatContact"))
