from __future__ import annotations

import json
import re

import pytest

from bulkops.definition.catalogue import names
from bulkops.definition.iam.reference import reference

ARN = "arn:{}:connect:{}:123456789012:instance/b9de3877-c5e5-438a-b452-72d08265cbaf"
HERE = ARN.format("aws", "eu-west-2")
STATEMENT = ["Sid", "Effect", "Action", "Resource"]


def document(terminal, *words):
    result = terminal("policy", *words)
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def allowed(found):
    return {
        (action, resource)
        for statement in found["Statement"]
        for action in statement["Action"]
        for resource in statement["Resource"]
    }


def actions(found):
    return {action for action, _ in allowed(found)}


@pytest.mark.parametrize(
    ("arn", "region"),
    [("aws", "eu-west-2"), ("aws-us-gov", "us-gov-west-1"), ("aws-cn", "cn-north-1")],
)
def test_an_arn_fills_every_resource_and_nothing_is_asked(terminal, arn, region):
    instance = ARN.format(arn, region)
    found = document(terminal, "update-user-routing-profiles", "--instance", instance)
    assert ("connect:UpdateUserRoutingProfile", f"{instance}/agent/*") in allowed(found)
    assert ("connect:UpdateUserRoutingProfile", f"{instance}/routing-profile/*") in allowed(found)
    resources = {resource for _, resource in allowed(found)}
    assert all(each == "*" or each.startswith(instance) for each in resources)


def test_only_what_takes_no_resource_is_allowed_everywhere(terminal):
    found = document(terminal, *names(), "--instance", HERE)
    everywhere = {action for action, resource in allowed(found) if resource == "*"}
    assert "connect:ListInstances" in everywhere
    for action in everywhere:
        prefix, _, name = action.partition(":")
        assert not reference(prefix).actions[name].on, action


@pytest.mark.parametrize("jobs", [*([name] for name in names()), names()])
def test_the_document_is_one_that_iam_takes(terminal, jobs):
    found = document(terminal, *jobs, "--instance", HERE)
    assert list(found) == ["Version", "Statement"]
    assert found["Version"] == "2012-10-17"
    sids = [statement["Sid"] for statement in found["Statement"]]
    assert all(re.fullmatch("[A-Za-z0-9]+", sid) for sid in sids)
    assert len(set(sids)) == len(sids)
    told = [str((one["Resource"], one.get("Condition"))) for one in found["Statement"]]
    assert len(set(told)) == len(told)
    for statement in found["Statement"]:
        assert list(statement) in (STATEMENT, [*STATEMENT, "Condition"])
        assert statement["Effect"] == "Allow"
        for name in ("Action", "Resource"):
            assert statement[name] == sorted(set(statement[name]))


def test_statements_are_named_by_what_they_act_on(terminal):
    found = document(terminal, "associate-queue-quick-connects", "--instance", HERE)
    sids = {statement["Sid"]: statement for statement in found["Statement"]}
    assert sids["QueueAndTransferDestination"]["Action"] == [
        "connect:AssociateQueueQuickConnects",
        "connect:DisassociateQueueQuickConnects",
    ]
    assert set(sids) >= {"Instance", "Everywhere", "Queue"}


def test_what_only_undo_needs_can_be_left_out(terminal):
    with_undo = actions(document(terminal, "create-users"))
    without = actions(document(terminal, "create-users", "--without-undo"))
    assert with_undo - without == {"connect:DeleteUser", "connect:UntagResource"}


def test_what_one_job_undoes_by_and_another_does_stays(terminal):
    found = document(terminal, "create-users", "delete-users", "--without-undo")
    assert ("connect:DeleteUser", "arn:aws:connect:*:*:instance/*/agent/*") in allowed(found)


def test_what_the_service_checks_along_with_a_search_is_allowed_where_it_acts(terminal):
    found = allowed(document(terminal, "update-user-routing-profiles", "--instance", HERE))
    assert ("connect:SearchUsers", HERE) in found
    assert ("connect:DescribeUser", f"{HERE}/agent/*") in found
    assert ("connect:DescribeUser", HERE) not in found
    assert ("ds:DescribeDirectories", "*") in found


def test_without_a_target_the_policy_holds_for_every_instance_and_says_so(terminal):
    result = terminal("policy", "delete-users")
    assert ("connect:DeleteUser", "arn:aws:connect:*:*:instance/*/agent/*") in allowed(
        json.loads(result.stdout)
    )
    assert "every instance of the account: --instance narrows it" in result.stderr


def test_a_region_alone_is_filled_in_without_asking(terminal):
    found = document(terminal, "delete-users", "--region", "cn-northwest-1")
    instance = "arn:aws-cn:connect:cn-northwest-1:*:instance/*"
    assert ("connect:ListUsers", instance) in allowed(found)


def test_an_instance_that_is_no_arn_is_looked_up(terminal):
    found = document(terminal, "delete-users", "--simulate", "--instance", "bulkops-demo")
    instance = ARN.format("aws", "us-east-1")
    assert ("connect:ListUsers", instance) in allowed(found)


def test_targets_of_the_configuration_share_one_policy(terminal):
    (terminal.folder / "bulkops.toml").write_text(
        f'[targets.emea]\ninstance = "{HERE}"\n'
        f'[targets.apac]\ninstance = "{ARN.format("aws", "ap-southeast-2")}"\n'
    )
    found = document(terminal, "delete-users", "--target", "emea", "--target", "apac")
    resources = {resource for action, resource in allowed(found) if action == "connect:ListUsers"}
    assert resources == {HERE, ARN.format("aws", "ap-southeast-2")}


def test_a_policy_too_long_for_iam_is_said_to_be(terminal, monkeypatch):
    monkeypatch.setattr("bulkops.account.iam_policy.MOST_LETTERS", 600)
    result = terminal("policy", "create-users", "--instance", HERE)
    assert "more than the 600 of a managed policy" in result.stderr


def test_an_unknown_job_is_a_problem_with_the_nearest_name(terminal):
    result = terminal("policy", "create-user")
    assert result.exit_code == 3
    assert 'Did you mean "create-users"?' in result.stderr


def statements(found):
    return {action: statement for statement in found["Statement"] for action in statement["Action"]}


def test_a_job_of_another_service_is_allowed_on_that_services_own_resources(terminal):
    found = statements(document(terminal, "logs:PutRetentionPolicy", "--instance", HERE))
    assert {action.partition(":")[0] for action in found} == {"logs", "servicequotas"}
    put = found["logs:PutRetentionPolicy"]
    assert put["Resource"] == ["arn:aws:logs:eu-west-2:123456789012:log-group:*"]
    assert put["Sid"].startswith("LogsLogGroup")


def test_what_names_no_resource_is_allowed_in_the_targets_regions_alone(terminal):
    found = statements(document(terminal, "delete-users", "--instance", HERE))
    region = {"StringEquals": {"aws:RequestedRegion": ["eu-west-2"]}}
    assert found["connect:ListInstances"]["Condition"] == region
    assert (
        "Condition" not in statements(document(terminal, "delete-users"))["connect:ListInstances"]
    )


def test_what_lies_outside_of_the_instance_is_allowed_for_this_one_alone(terminal):
    found = statements(document(terminal, "claim-phone-numbers", "--instance", HERE))
    instance = {"connect:InstanceId": [HERE.rpartition("/")[2]]}
    assert found["connect:ClaimPhoneNumber"]["Condition"] == {"StringEqualsIfExists": instance}
    # the service gives that key to no release of a number
    assert "Condition" not in found["connect:ReleasePhoneNumber"]


def test_a_role_may_be_passed_to_the_service_that_takes_it_alone(terminal):
    found = statements(document(terminal, "lambda:CreateFunction", "--instance", HERE))
    passed = {"StringEquals": {"iam:PassedToService": ["lambda.amazonaws.com"]}}
    assert found["iam:PassRole"]["Condition"] == passed
    assert found["iam:PassRole"]["Resource"] == ["arn:aws:iam::123456789012:role/*"]
    made = "arn:aws:lambda:eu-west-2:123456789012:function:*"
    assert found["lambda:TagResource"]["Resource"] == [made]


def test_what_a_token_is_the_authority_for_needs_no_permission(terminal):
    result = terminal("policy", "cognito-idp:ConfirmForgotPassword", "--instance", HERE)
    assert "cognito-idp" not in result.stdout
    assert "ConfirmForgotPassword needs no permission" in result.stderr
    assert "the authority" in terminal("jobs", "cognito-idp:ConfirmForgotPassword").stdout


def test_statements_about_many_types_have_names_that_end(terminal):
    found = document(terminal, "connect:AssociateFlow", "lambda:TagResource", "ec2:CreateTags")
    sids = [statement["Sid"] for statement in found["Statement"]]
    assert any(sid.endswith("AndOthers") for sid in sids)
    assert "Ec2Anything" in sids


def test_what_a_job_works_in_beside_the_instance_is_the_targets_own(terminal):
    found = statements(document(terminal, "create-case-fields", "--simulate"))
    domain, fields = found["cases:CreateField"]["Resource"]
    assert fields == f"{domain}/field/*"
    assert re.fullmatch(r"arn:aws:cases:us-east-1:123456789012:domain/[0-9a-f-]{36}", domain)
    anywhere = statements(document(terminal, "create-case-fields"))
    assert anywhere["cases:CreateField"]["Resource"] == [
        "arn:aws:cases:*:*:domain/*",
        "arn:aws:cases:*:*:domain/*/field/*",
    ]


def test_a_job_without_an_instance_is_allowed_in_the_account_that_is_called(terminal):
    found = statements(document(terminal, "iam:CreateUser", "--simulate"))
    assert found["iam:CreateUser"]["Resource"] == ["arn:aws:iam::123456789012:user/*"]


def test_what_needs_no_instance_is_not_said_to_hold_for_every_one(terminal):
    result = terminal("policy", "iam:CreateUser")
    assert "instance" not in result.stderr


def test_a_workbook_needs_what_all_its_sheets_do(terminal):
    said = document(terminal, "workbook", "--simulate")
    actions = {action for each in said["Statement"] for action in each["Action"]}
    assert {"connect:CreateUser", "connect:CreateQueue", "connect:SearchUsers"} <= actions
