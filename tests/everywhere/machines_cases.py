"""Operations of EC2 and Lambda."""

from __future__ import annotations

from tests.everywhere.everywhere import Ask, Case

_VPC = Ask(
    service="ec2",
    method="create_vpc",
    params={"CidrBlock": "10.1.0.0/16"},
    find="Vpc.VpcId",
    keep="vpc",
)
_WALL = Ask(
    service="ec2",
    method="create_security_group",
    params={"GroupName": "desk", "Description": "of the desk", "VpcId": "<vpc>"},
    find="GroupId",
    keep="wall",
)
_NAMED = {"Filters": [{"Name": "group-name", "Values": ["desk"]}]}
_PORTS = Ask(
    service="ec2",
    method="describe_security_groups",
    params=_NAMED,
    find="SecurityGroups[].IpPermissions[].FromPort",
)

EC2 = (
    Case(
        job="ec2:CreateSecurityGroup",
        given=(_VPC,),
        rows=({"group_name": "desk", "description": "of the desk", "vpc_id": "<vpc>"},),
        seen=Ask(
            service="ec2",
            method="describe_security_groups",
            params=_NAMED,
            find="SecurityGroups[].Description",
        ),
        before=[],
        after=["of the desk"],
        repeated="unchanged",
    ),
    Case(
        job="ec2:AuthorizeSecurityGroupIngress",
        given=(_VPC, _WALL),
        rows=(
            {
                "group_id": "<wall>",
                "ip_permissions": (
                    '[{"IpProtocol":"tcp","FromPort":443,"ToPort":443,'
                    '"IpRanges":[{"CidrIp":"10.0.0.0/8"}]}]'
                ),
            },
        ),
        seen=_PORTS,
        before=[],
        after=[443],
        repeated="InvalidPermission.Duplicate",
    ),
    Case(
        job="ec2:CreateTags",
        given=(_VPC, _WALL),
        rows=({"resources": "<vpc>; <wall>", "tags": '[{"Key":"team","Value":"Billing"}]'},),
        seen=Ask(
            service="ec2",
            method="describe_tags",
            params={"Filters": [{"Name": "key", "Values": ["team"]}]},
            find="Tags[].Value",
        ),
        before=[],
        after=["Billing", "Billing"],
        undone="would take away what may have been there before",
    ),
    Case(
        job="ec2:CreateKeyPair",
        rows=({"key_name": "desk"},),
        seen=Ask(service="ec2", method="describe_key_pairs", find="KeyPairs[].KeyName"),
        before=[],
        after=["desk"],
        repeated="unchanged",
    ),
    Case(
        job="ec2:ModifyVpcAttribute",
        given=(_VPC,),
        rows=({"vpc_id": "<vpc>", "enable_dns_hostnames_value": "yes"},),
        seen=Ask(
            service="ec2",
            method="describe_vpc_attribute",
            params={"VpcId": "<vpc>", "Attribute": "enableDnsHostnames"},
            find="EnableDnsHostnames.Value",
        ),
        before=False,
        after=True,
        undone="bulkops does not know how to read",
    ),
    Case(
        job="ec2:DeleteSecurityGroup",
        given=(_VPC, _WALL),
        rows=({"group_id": "<wall>"},),
        seen=Ask(
            service="ec2",
            method="describe_security_groups",
            params=_NAMED,
            find="SecurityGroups[].GroupName",
        ),
        before=["desk"],
        after=[],
        repeated="InvalidGroup.NotFound",
        undone="bulkops does not know how to read",
    ),
)

_ROLE = Ask(
    service="iam",
    method="create_role",
    params={"RoleName": "desk", "AssumeRolePolicyDocument": "{}"},
    find="Role.Arn",
    keep="role",
)
_FUNCTION = Ask(
    service="lambda",
    method="create_function",
    params={
        "FunctionName": "desk",
        "Runtime": "python3.12",
        "Role": "<role>",
        "Handler": "desk.main",
        "Code": {"ZipFile": b"PK"},
    },
    find="FunctionArn",
    keep="function",
)
_CONFIGURATION = {"FunctionName": "desk"}

LAMBDA = (
    Case(
        job="lambda:UpdateFunctionConfiguration",
        given=(_ROLE, _FUNCTION),
        rows=(
            {
                "function_name": "desk",
                "timeout": "30",
                "environment_variables": "STAGE=test; LEVEL=2",
            },
        ),
        seen=Ask(
            service="lambda",
            method="get_function_configuration",
            params=_CONFIGURATION,
            find="[Timeout, Environment.Variables.LEVEL]",
        ),
        before=[3, None],
        after=[30, "2"],
        undone="what was there before is not known",
    ),
    Case(
        job="lambda:PutFunctionConcurrency",
        given=(_ROLE, _FUNCTION),
        rows=({"function_name": "desk", "reserved_concurrent_executions": "5"},),
        seen=Ask(
            service="lambda",
            method="get_function_concurrency",
            params=_CONFIGURATION,
            find="ReservedConcurrentExecutions",
        ),
        before=None,
        after=5,
        repeated="unchanged",
    ),
    Case(
        job="lambda:CreateAlias",
        given=(_ROLE, _FUNCTION),
        rows=({"function_name": "desk", "name": "live", "function_version": "$LATEST"},),
        seen=Ask(
            service="lambda",
            method="list_aliases",
            params=_CONFIGURATION,
            find="Aliases[].Name",
        ),
        before=[],
        after=["live"],
        repeated="unchanged",
    ),
    Case(
        job="lambda:TagResource",
        given=(_ROLE, _FUNCTION),
        rows=({"resource": "<function>", "tags": "team=Billing"},),
        seen=Ask(
            service="lambda",
            method="list_tags",
            params={"Resource": "<function>"},
            find="Tags.team",
        ),
        before=None,
        after="Billing",
        undone="would take away what may have been there before",
    ),
    Case(
        job="lambda:DeleteFunction",
        given=(_ROLE, _FUNCTION),
        rows=({"function_name": "desk"},),
        seen=Ask(service="lambda", method="list_functions", find="Functions[].FunctionName"),
        before=["desk"],
        after=[],
        repeated="unchanged",
        undone="CreateFunction needs Code, which GetFunction does not tell.",
    ),
)
