"""Reads and undoings that the shapes of AWS's models don't tell: data, from the API references."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadException:
    """How a write's thing is read where names differ; without an `operation`, it is not read.

    `arguments`, `items` and `matches` as in `AddressedRead`. `told` are those that bear other
    names in the answer; the others are found by their own.
    """

    operation: str = ""
    arguments: Mapping[str, Any] = field(default_factory=dict)
    items: str = ""
    matches: Mapping[str, str] = field(default_factory=dict)
    told: Mapping[str, str] = field(default_factory=dict)
    amends: frozenset[str] = frozenset()


_LOG_GROUP = ReadException(
    operation="DescribeLogGroups",
    arguments={"logGroupNamePrefix": "{logGroupName}"},
    items="logGroups",
    matches={"logGroupName": "logGroupName"},
)
_QUEUE = ReadException(operation="GetQueueUrl", arguments={"QueueName": "{QueueName}"})
_SECURITY_GROUP = ReadException(
    operation="DescribeSecurityGroups",
    arguments={
        "Filters": [
            {"Name": "group-name", "Values": ["{GroupName}"]},
            {"Name": "vpc-id", "Values": ["{VpcId}"]},
        ]
    },
    items="SecurityGroups",
    matches={"GroupName": "GroupName"},
)
EXCEPTIONS: Mapping[str, ReadException] = {
    # Amazon Connect administrator guide: groups of one name may lie in different groups
    "connect:CreateUserHierarchyGroup": ReadException(),
    # Amazon EC2 API reference, DescribeSecurityGroups: names are told by a filter outside of a
    # default VPC, and are unique within a VPC
    "ec2:CreateSecurityGroup": _SECURITY_GROUP,
    # IAM API reference: a role's trust policy is part of GetRole, and policies are listed by name
    "iam:UpdateAssumeRolePolicy": ReadException(
        operation="GetRole",
        arguments={"RoleName": "{RoleName}"},
        told={"PolicyDocument": "Role.AssumeRolePolicyDocument"},
    ),
    "iam:CreatePolicy": ReadException(
        operation="ListPolicies",
        arguments={"Scope": "Local"},
        items="Policies",
        matches={"PolicyName": "PolicyName"},
    ),
    # CloudWatch Logs API reference: how long a log group keeps what it has is part of the group
    "logs:PutRetentionPolicy": _LOG_GROUP,
    # the same: without an id another query definition of the name is made
    "logs:PutQueryDefinition": ReadException(),
    # Amazon S3 API reference: what HeadObject tells is not what is in the object
    "s3:PutObject": ReadException(),
    # AWS Secrets Manager API reference: a secret's name is one form of its id; a value is a secret
    # and is not read to be compared
    "secretsmanager:CreateSecret": ReadException(
        operation="DescribeSecret", arguments={"SecretId": "{Name}"}
    ),
    "secretsmanager:PutSecretValue": ReadException(),
    # Amazon SQS API reference: CreateQueue answers with the queue of that name where it is there,
    # and SetQueueAttributes leaves alone the attributes that it does not name
    "sqs:CreateQueue": _QUEUE,
    "sqs:SetQueueAttributes": ReadException(
        operation="GetQueueAttributes",
        arguments={"QueueUrl": "{QueueUrl}", "AttributeNames": ["All"]},
        amends=frozenset({"Attributes"}),
    ),
    "sqs:DeleteQueue": ReadException(
        operation="GetQueueAttributes",
        arguments={"QueueUrl": "{QueueUrl}", "AttributeNames": ["QueueArn"]},
    ),
}
"""Write → how what it writes is read."""

SAME_AGAIN = frozenset(
    {
        # Amazon SNS, EC2, DynamoDB, CloudFront API references: what is there is answered or set
        # anew, so that no answer tells whether the call made it
        "sns:CreateTopic", "ec2:CreateTags", "ec2:CreateFleet", "sns:CreatePlatformEndpoint",
        "sns:CreatePlatformApplication",
    }
)  # fmt: skip
"""Operations that make something and answer alike where it is there: undo must not delete that."""
REFUSES_SECOND = frozenset(
    {
        # Amazon EC2 API reference, error codes: InvalidPermission.Duplicate,
        # InvalidKeyPair.Duplicate, InvalidGroup.Duplicate
        "ec2:CreateKeyPair", "ec2:CreateSecurityGroup",
        "ec2:AuthorizeSecurityGroupIngress", "ec2:AuthorizeSecurityGroupEgress",
        # AWS Lambda API reference: ResourceConflictException for a statement id that is there
        "lambda:AddPermission",
    }
)  # fmt: skip
"""Operations that the service refuses where what they make is there, though no model says so."""
