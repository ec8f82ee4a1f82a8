from __future__ import annotations

import boto3
import pytest
from botocore.exceptions import ClientError

from bulkops.aws.target_errors import DeniedError
from bulkops.pacing.replies import Reply
from bulkops.sim.core.simulation_config import SimConfig
from bulkops.sim.core.simulator import Simulator
from bulkops.sim.simulated_client import SimulatedClient
from bulkops.sim.state.permissions import Permissions, PermissionsError
from tests.served import served

ROLE = "arn:aws:iam::123456789012:role/teams/bulk"
USER = "arn:aws:iam::123456789012:user/operator"
CALLER = "arn:aws:sts::123456789012:assumed-role/bulk/bulkops"


@pytest.fixture
def simulator():
    return Simulator(SimConfig())


@pytest.fixture
async def client(simulator):
    return SimulatedClient(simulator)


async def code_of(client, service, operation, **params):
    return (await client.call(service, operation, params)).code


async def assume(client, **params):
    asked = {"RoleArn": ROLE, "RoleSessionName": "me", **params}
    return await client.call("sts", "AssumeRole", asked)


async def test_who_calls_is_the_user_and_then_the_role_that_was_assumed(client):
    assert (await client.call("sts", "GetCallerIdentity", {})).data["Arn"] == USER
    await client.assume(ROLE)
    told = (await client.call("sts", "GetCallerIdentity", {})).data
    assert told["Arn"] == CALLER
    assert told["UserId"].startswith("AROA")
    assert told["UserId"].endswith(":bulkops")


async def test_keys_of_a_role_are_temporary_and_never_the_same(client):
    first, second = (await assume(client), await assume(client))
    keys = [each.data["Credentials"] for each in (first, second)]
    assert all(each["AccessKeyId"].startswith("ASIA") for each in keys)
    assert len({each["SecretAccessKey"] for each in keys}) == 2
    assert (keys[0]["Expiration"].timestamp()) > 3600


@pytest.mark.parametrize(
    ("params", "code"),
    [
        ({"RoleArn": "arn:aws:iam::999999999999:role/bulk"}, "AccessDenied"),
        ({"RoleArn": "arn:aws:iam::123456789012:user/somebody"}, "ValidationError"),
        ({"RoleArn": "short"}, "ValidationError"),
        ({"RoleSessionName": "no blanks"}, "ValidationError"),
        ({"DurationSeconds": 3601}, "ValidationError"),
        ({"DurationSeconds": 1}, "ValidationError"),
    ],
)
async def test_what_can_not_be_assumed_is_refused(client, params, code):
    assert (await assume(client, **params)).code == code


async def test_a_role_of_a_role_lasts_an_hour_at_the_most(client):
    await client.assume(ROLE)
    assert isinstance(await assume(client, DurationSeconds=3600), Reply)
    assert "role chaining" in (await assume(client, DurationSeconds=3601)).message


async def test_permissions_refuse_calls_and_one_role_alone(simulator, client):
    simulator.permissions = Permissions(denied=("connect:listusers", f"sts:AssumeRole {ROLE}"))
    with pytest.raises(DeniedError, match="The role may not be assumed"):
        await client.assume(ROLE)
    other = "arn:aws:iam::123456789012:role/other"
    assert isinstance(await assume(client, RoleArn=other), Reply)
    instance = next(iter(simulator.world.instances))
    assert await code_of(client, "connect", "ListUsers", InstanceId=instance) == (
        "AccessDeniedException"
    )
    assert isinstance(await client.call("connect", "ListQueues", {"InstanceId": instance}), Reply)


async def test_iam_says_what_it_makes_of_actions(simulator, client):
    simulator.permissions = Permissions(allowed=("iam:*", "connect:L*"), denied=("*:ListUsers x",))
    names = ["connect:ListUsers", "connect:ListQueues", "connect:DeleteUser"]
    asked = {"PolicySourceArn": USER, "ActionNames": names, "ResourceArns": ["x", "y"]}
    told = (await client.call("iam", "SimulatePrincipalPolicy", asked)).data
    decided = {each["EvalActionName"]: each["EvalDecision"] for each in told["EvaluationResults"]}
    assert list(decided.values()) == ["explicitDeny", "allowed", "implicitDeny"]
    by_resource = told["EvaluationResults"][0]["ResourceSpecificResults"]
    assert [each["EvalResourceDecision"] for each in by_resource] == ["explicitDeny", "allowed"]
    page = (await client.call("iam", "SimulatePrincipalPolicy", {**asked, "MaxItems": 2})).data
    assert (page["IsTruncated"], page["Marker"]) == (True, "2")


@pytest.mark.parametrize(
    ("params", "code"),
    [
        ({"PolicySourceArn": CALLER}, "InvalidInput"),
        ({"PolicySourceArn": USER.replace("operator", "nobody")}, "NoSuchEntity"),
        ({"PolicySourceArn": ROLE}, "NoSuchEntity"),
        ({"ActionNames": ["connect"]}, "InvalidInput"),
    ],
)
async def test_iam_refuses_what_it_can_not_judge(client, params, code):
    asked = {"PolicySourceArn": USER, "ActionNames": ["connect:ListUsers"], **params}
    assert await code_of(client, "iam", "SimulatePrincipalPolicy", **asked) == code


async def test_a_role_that_was_assumed_is_found_with_its_path(client):
    assert await code_of(client, "iam", "GetRole", RoleName="bulk") == "NoSuchEntity"
    await client.assume(ROLE)
    role = (await client.call("iam", "GetRole", {"RoleName": "bulk"})).data["Role"]
    assert (role["Arn"], role["Path"]) == (ROLE, "/teams/")


async def test_operations_that_are_not_simulated_are_refused(client):
    assert await code_of(client, "iam", "ListUsers") == "UnsupportedOperationException"
    code = await code_of(client, "sts", "GetSessionToken")
    assert code == "UnsupportedOperationException"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("{", "not JSON"),
        ("[]", "object of"),
        ('{"deny": []}', "object of"),
        ('{"denied": [1]}', "list"),
    ],
)
def test_permissions_that_are_none_are_told_of(text, says):
    with pytest.raises(PermissionsError, match=says):
        Permissions.from_json(text)


def test_permissions_are_read_from_a_list_or_a_single_text():
    given = Permissions.from_json('{"denied": "connect:Delete*"}')
    assert given == Permissions(denied=("connect:Delete*",))


@pytest.mark.process
def test_any_client_assumes_a_role_over_http_and_asks_iam():
    config = SimConfig(permissions=Permissions(denied=("connect:DeleteUser",)))
    with served(config) as url:

        def client(service, **keys):
            named = {"aws_access_key_id": "test", "aws_secret_access_key": "test", **keys}
            return boto3.client(service, endpoint_url=url, region_name="us-east-1", **named)

        given = client("sts").assume_role(RoleArn=ROLE, RoleSessionName="me")["Credentials"]
        keys = {
            "aws_access_key_id": given["AccessKeyId"],
            "aws_secret_access_key": given["SecretAccessKey"],
            "aws_session_token": given["SessionToken"],
        }
        assert client("sts", **keys).get_caller_identity()["Arn"].endswith("assumed-role/bulk/me")
        names = ["connect:DeleteUser", "connect:ListUsers"]
        context = {
            "ContextKeyName": "aws:RequestedRegion",
            "ContextKeyValues": ["us-east-1"],
            "ContextKeyType": "string",
        }
        told = client("iam", **keys).simulate_principal_policy(
            PolicySourceArn=ROLE, ActionNames=names, ContextEntries=[context]
        )["EvaluationResults"]
        assert [each["EvalDecision"] for each in told] == ["explicitDeny", "allowed"]
        keys["aws_session_token"] = "other"
        with pytest.raises(ClientError, match="InvalidClientTokenId"):
            client("sts", **keys).get_caller_identity()
