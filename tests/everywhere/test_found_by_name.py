"""Ids of other services found by the names in cells, on moto's server."""

from __future__ import annotations

from tests.everywhere.everywhere import Ask
from tests.everywhere.test_operations import results

_POLICY = (
    '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:GetObject",'
    '"Resource":"*"}]}'
)


def where(everywhere):
    return ("--endpoint-url", everywhere.url, "--tps", "100")


def test_a_policy_is_attached_by_its_name(everywhere):
    everywhere.ask(Ask(service="iam", method="create_user", params={"UserName": "ann"}))
    policy = {"PolicyName": "read", "PolicyDocument": _POLICY}
    everywhere.ask(Ask(service="iam", method="create_policy", params=policy))
    sheet = everywhere.sheet([{"user_name": "ann", "policy_arn": "read"}])
    found = ("--find", "PolicyArn")
    everywhere.bulkops("run", "iam:AttachUserPolicy", sheet, *where(everywhere), *found, "--yes")
    attached = Ask(
        service="iam",
        method="list_attached_user_policies",
        params={"UserName": "ann"},
        find="AttachedPolicies[].PolicyName",
    )
    assert everywhere.ask(attached) == ["read"]


def test_a_rule_is_added_to_a_security_group_by_its_name(everywhere):
    vpc = Ask(service="ec2", method="describe_vpcs", find="Vpcs[0].VpcId", keep="vpc")
    everywhere.ask(vpc)
    group = {"GroupName": "front-desk", "Description": "d", "VpcId": "<vpc>"}
    everywhere.ask(Ask(service="ec2", method="create_security_group", params=group))
    rule = '[{"IpProtocol":"tcp","FromPort":443,"ToPort":443,"IpRanges":[{"CidrIp":"10.0.0.0/8"}]}]'
    sheet = everywhere.sheet([{"group_id": "front-desk", "ip_permissions": rule}])
    found = ("--find", "GroupId")
    job = "ec2:AuthorizeSecurityGroupIngress"
    everywhere.bulkops("run", job, sheet, *where(everywhere), *found, "--yes")
    seen = Ask(
        service="ec2",
        method="describe_security_groups",
        params={"GroupNames": ["front-desk"]},
        find="SecurityGroups[0].IpPermissions[].FromPort",
    )
    assert everywhere.ask(seen) == [443]
    everywhere.bulkops("undo", *where(everywhere), "--yes")
    assert everywhere.ask(seen) == []
    wrong = everywhere.sheet([{"group_id": "frontdesk", "ip_permissions": rule}], "wrong.csv")
    said = everywhere.bulkops("plan", job, wrong, *where(everywhere), *found, exit_code=3)
    assert '"frontdesk" is no security group that DescribeSecurityGroups lists' in said
    assert 'Did you mean "front-desk"?' in said
    assert results(everywhere)
