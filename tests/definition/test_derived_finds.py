from __future__ import annotations

from dataclasses import replace

import pytest

from bulkops.definition import Col, Find
from bulkops.definition.catalogue import load, load_earlier
from bulkops.definition.derived_finds import finder, held_by, proposals
from bulkops.definition.job_references import with_finds
from bulkops.definition.thing_kinds import KINDS
from bulkops.errors import JobError


@pytest.mark.parametrize(
    ("service", "member", "kind"),
    [
        ("connect", "RoutingProfileId", "routing-profile"),
        ("connect", "SecurityProfileIds", "security-profile"),
        ("ec2", "GroupId", "ec2:DescribeSecurityGroups:SecurityGroups.GroupName:GroupId"),
        ("iam", "PolicyArn", "iam:ListPolicies:Policies.PolicyName:Arn"),
        (
            "elbv2",
            "TargetGroupArn",
            "elbv2:DescribeTargetGroups:TargetGroups.TargetGroupName:TargetGroupArn",
        ),
        ("cognito-idp", "UserPoolId", "cognito-idp:ListUserPools:UserPools.Name:Id"),
        ("apigateway", "restApiId", "apigateway:GetRestApis:items.name:id"),
        ("ec2", "VpcId", ""),  # only a tag names one
        ("iam", "UserName", ""),
    ],
)
def test_what_a_member_could_be_found_by(service, member, kind):
    assert finder(service, member) == kind
    assert not kind or kind in KINDS


def test_a_job_proposes_what_it_could_find():
    assert proposals(load("connect:UpdateUserRoutingProfile").job) == {
        "RoutingProfileId": "routing-profile",
        "UserId": "user",
    }


def test_what_a_person_confirms_is_found_and_looked_at_by_its_kind():
    (step,) = load("connect:UpdateUserRoutingProfile+UserId+RoutingProfileId").job.steps
    assert step.subject == Find("user", Col("user_id"))
    assert step.args["RoutingProfileId"] == Find("routing-profile", Col("routing_profile_id"))
    assert step.irreversible == ""
    (other,) = load("connect:UpdateUserRoutingProfile+RoutingProfileId").job.steps
    assert other.subject.columns == ("user_id",)
    (joins,) = load("iam:AttachUserPolicy+PolicyArn").job.steps
    assert joins.subject is None
    assert joins.undo is None
    assert joins.irreversible


def test_a_kind_may_be_said():
    said = "ec2:DescribeSecurityGroups:SecurityGroups.GroupName"
    (step,) = load(f"ec2:DeleteSecurityGroup+GroupId={said}").job.steps
    assert step.args["GroupId"] == Find(f"{said}:GroupId", Col("group_id"))
    (queue,) = load("connect:UpdateQueueName+QueueId=queue").job.steps
    assert queue.subject == Find("queue", Col("queue_id"))


@pytest.mark.parametrize(
    ("reference", "said"),
    [
        ("connect:UpdateQueueName+QueuId", 'Did you mean "QueueId"?'),
        ("iam:CreateUser+UserName", "Nothing lists names for UserName"),
        ("ec2:DeleteVpc+VpcId=ec2:DescribeVpcs:Vpcs.Name", "Nothing lists names for VpcId as"),
        ("ec2:DeleteVpc+VpcId=nothing", "as nothing"),
    ],
)
def test_what_can_not_be_found_is_said(reference, said):
    with pytest.raises(JobError, match=said.replace("?", r"\?")):
        load(reference)


def test_only_operations_are_told_what_to_find():
    assert with_finds("create-users", ()) == "create-users"
    assert with_finds("iam:AttachUserPolicy", ["PolicyArn"]) == "iam:AttachUserPolicy+PolicyArn"
    for reference in ("create-users", "jobs/mine.py", "C:\\jobs\\mine.py"):
        with pytest.raises(JobError, match="--find is for operations"):
            with_finds(reference, ["UserId"])


def test_runs_of_what_was_found_go_on_with_what_they_began_with():
    assert len(list(load_earlier("connect:UpdateQueueName+QueueId"))) == 2


def test_a_kind_that_nothing_describes_holds_nothing_that_a_step_sets():
    (step,) = load("connect:UpdateUserRoutingProfile").job.steps
    assert held_by(KINDS["user"], step)
    assert not held_by(replace(KINDS["user"], describe=None), step)
