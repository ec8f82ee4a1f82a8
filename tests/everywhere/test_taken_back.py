"""What operations of other services did, looked at and taken back on moto's server."""

from __future__ import annotations

import pytest

from tests.everywhere.conftest import ACCOUNT
from tests.everywhere.test_operations import CASES

TAKEN_BACK = (
    "iam:CreateUser", "iam:CreateGroup", "iam:DeleteGroup", "iam:AddUserToGroup",
    "iam:AttachUserPolicy", "iam:PutUserPolicy", "iam:CreateRole", "iam:DeleteUser",
    "cognito-idp:AdminCreateUser", "cognito-idp:CreateGroup", "ssm:PutParameter",
    "dynamodb:CreateTable", "s3:CreateBucket", "s3:PutBucketTagging",
    "lambda:CreateAlias", "ec2:CreateKeyPair",
    "ec2:CreateSecurityGroup", "logs:CreateLogGroup",
    "logs:CreateLogStream", "logs:PutRetentionPolicy", "logs:DeleteLogGroup", "events:PutRule",
    "events:DeleteRule", "sqs:CreateQueue", "sqs:SetQueueAttributes",
)  # fmt: skip


@pytest.mark.parametrize(
    "case", [each for each in CASES if each.job in TAKEN_BACK], ids=lambda c: c.job
)
def test_what_a_run_did_is_taken_back(case, everywhere):
    for each in case.given:
        everywhere.ask(each)
    assert everywhere.ask(case.seen) == case.before
    where = ("--endpoint-url", everywhere.url, "--tps", "100", "--yes")
    confirmed = ("--confirm-instance", ACCOUNT)
    everywhere.bulkops("run", case.job, everywhere.sheet(case.rows), *where, *confirmed)
    assert everywhere.ask(case.seen) == case.after
    everywhere.bulkops("undo", *where, *confirmed)
    assert everywhere.ask(case.seen) == case.before
