from __future__ import annotations

from datetime import UTC, datetime, timedelta

import aioboto3
import pytest

from bulkops.aws.client import AwsClient
from bulkops.aws.credentials import SessionOptions, keys_of, open_session
from bulkops.aws.target_errors import (
    DeniedError,
    ExpiredCredentialsError,
    InvalidCredentialsError,
    NoCredentialsError,
    NoRegionError,
    UnknownProfileError,
    UnreachableError,
)
from bulkops.errors import TargetError
from bulkops.pacing.replies import FaultClass, Reply
from tests.aws.endpoint import CUT, answer

pytestmark = pytest.mark.process

ROLE = "arn:aws:iam::123456789012:role/bulk"
USER = {"InstanceId": "i" * 36, "UserId": "u"}


@pytest.fixture
def no_keys(monkeypatch):
    monkeypatch.delenv("AWS_ACCESS_KEY_ID")
    monkeypatch.delenv("AWS_SECRET_ACCESS_KEY")


async def test_keys_and_region_come_from_the_environment():
    session = await open_session(SessionOptions())
    assert session.region_name == "eu-west-2"
    assert await keys_of(session) == ("AKIDFROMENVIRONMENT", "secret", None)


async def test_a_given_region_goes_before_the_environments(monkeypatch):
    assert (await open_session(SessionOptions(region="us-west-2"))).region_name == "us-west-2"
    monkeypatch.setenv("AWS_DEFAULT_REGION", "ap-southeast-2")
    assert (await open_session(SessionOptions())).region_name == "eu-west-2"
    assert (await open_session(SessionOptions(), {})).region_name == "ap-southeast-2"


@pytest.mark.usefixtures("no_keys")
async def test_a_profile_has_its_own_keys_and_region(monkeypatch, tmp_path):
    monkeypatch.delenv("AWS_REGION")
    (tmp_path / "config").write_text("[profile prod]\nregion=us-east-1\n")
    (tmp_path / "credentials").write_text(
        "[prod]\naws_access_key_id=PRODKEY\naws_secret_access_key=s\naws_session_token=t\n"
    )
    session = await open_session(SessionOptions(profile="prod"))
    assert session.region_name == "us-east-1"
    assert await keys_of(session) == ("PRODKEY", "s", "t")


async def test_an_unknown_profile_is_answered_with_the_nearest_and_all(tmp_path):
    (tmp_path / "config").write_text("[profile production]\n[profile staging]\n")
    with pytest.raises(UnknownProfileError) as raised:
        await open_session(SessionOptions(profile="prodution"))
    assert str(raised.value) == (
        'No AWS profile "prodution". Did you mean "production"? There are: production, staging.'
    )


async def test_where_there_are_no_profiles_the_message_says_so(monkeypatch):
    monkeypatch.setenv("AWS_PROFILE", "prod")
    with pytest.raises(UnknownProfileError, match="There are none"):
        await open_session(SessionOptions())


async def test_no_region_is_an_error_that_says_how_to_give_one(monkeypatch):
    monkeypatch.delenv("AWS_REGION")
    with pytest.raises(NoRegionError, match="--region"):
        await open_session(SessionOptions())


@pytest.mark.usefixtures("no_keys")
async def test_no_credentials_is_an_error_that_says_how_to_give_them():
    with pytest.raises(NoCredentialsError) as raised:
        await open_session(SessionOptions())
    assert "--profile" in str(raised.value)
    assert "any" not in str(raised.value)


@pytest.mark.usefixtures("no_keys")
async def test_an_endpoint_of_ones_own_is_said_to_take_any_credentials():
    with pytest.raises(NoCredentialsError, match="AWS_ACCESS_KEY_ID=any"):
        await open_session(SessionOptions(endpoint_url="http://127.0.0.1:1"))


@pytest.mark.usefixtures("no_keys")
async def test_half_of_the_credentials_is_none(tmp_path):
    (tmp_path / "credentials").write_text("[default]\naws_access_key_id=HALF\n")
    with pytest.raises(NoCredentialsError, match="aws_secret_access_key"):
        await open_session(SessionOptions())


@pytest.mark.usefixtures("no_keys")
async def test_a_broken_configuration_is_told_of(tmp_path):
    (tmp_path / "config").write_text("[profile\n")
    with pytest.raises(TargetError, match="can't be used"):
        await open_session(SessionOptions())


@pytest.mark.usefixtures("no_keys")
async def test_an_sso_login_that_is_over_is_an_expired_credential(tmp_path):
    (tmp_path / "config").write_text(
        "[default]\nsso_session=corp\nsso_account_id=123456789012\nsso_role_name=Admin\n"
        "[sso-session corp]\nsso_region=us-east-1\n"
        "sso_start_url=https://corp.example/start\nsso_registration_scopes=sso:account:access\n"
    )
    with pytest.raises(ExpiredCredentialsError, match="aws sso login"):
        await open_session(SessionOptions())


@pytest.mark.usefixtures("no_keys")
async def test_a_credential_process_that_fails_gives_none(tmp_path):
    (tmp_path / "config").write_text("[default]\ncredential_process=false\n")
    with pytest.raises(NoCredentialsError):
        await open_session(SessionOptions())


def assumed(seconds):
    expires = (datetime.now(UTC) + timedelta(seconds=seconds)).isoformat()
    return answer(
        "<AssumeRoleResponse><AssumeRoleResult><Credentials><AccessKeyId>ROLEKEY</AccessKeyId>"
        "<SecretAccessKey>s</SecretAccessKey><SessionToken>t</SessionToken>"
        f"<Expiration>{expires}</Expiration></Credentials><AssumedRoleUser>"
        "<Arn>arn:aws:sts::123456789012:assumed-role/bulk/bulkops</Arn>"
        "<AssumedRoleId>x:bulkops</AssumedRoleId></AssumedRoleUser></AssumeRoleResult>"
        "</AssumeRoleResponse>",
        content_type="text/xml",
    )


def sts_refusal(code, status=403):
    return answer(
        f"<ErrorResponse><Error><Code>{code}</Code><Message>No.</Message></Error></ErrorResponse>",
        status=status,
        content_type="text/xml",
    )


async def test_a_role_is_assumed_at_the_same_endpoint_and_signs_every_call(endpoint):
    endpoint.answers(assumed(3600), answer({"UserId": "u1"}))
    access = SessionOptions(role_arn=ROLE, endpoint_url=endpoint.url)
    async with AwsClient(access) as client:
        assert isinstance(await client.call("connect", "DescribeUser", USER), Reply)
    assume, describe = endpoint.requests
    assert b"RoleSessionName=bulkops" in assume.body
    assert "Credential=AKIDFROMENVIRONMENT" in assume.headers["authorization"]
    assert "Credential=ROLEKEY" in describe.headers["authorization"]


@pytest.mark.parametrize(
    ("code", "error"),
    [
        ("AccessDenied", DeniedError),
        ("ExpiredToken", ExpiredCredentialsError),
        ("InvalidClientTokenId", InvalidCredentialsError),
    ],
)
async def test_a_role_that_is_refused_says_why(endpoint, code, error):
    endpoint.answers(sts_refusal(code))
    with pytest.raises(error, match=code):
        await open_session(SessionOptions(role_arn=ROLE, endpoint_url=endpoint.url))


async def test_a_role_that_can_not_be_asked_for_is_unreachable():
    with pytest.raises(UnreachableError, match=r"127\.0\.0\.1:1"):
        await open_session(SessionOptions(role_arn=ROLE, endpoint_url="http://127.0.0.1:1"))


@pytest.mark.usefixtures("no_keys")
async def test_a_role_needs_credentials_to_be_asked_for_with():
    with pytest.raises(NoCredentialsError):
        await open_session(SessionOptions(role_arn=ROLE))


@pytest.mark.parametrize(
    ("code", "status", "fault_class"),
    [("AccessDenied", 403, "FATAL"), ("Throttling", 400, "TRANSIENT")],
)
async def test_a_role_that_can_not_be_renewed_is_told_in_the_middle_of_a_run(
    endpoint, code, status, fault_class
):
    endpoint.answers(assumed(30), sts_refusal(code, status))
    async with AwsClient(SessionOptions(role_arn=ROLE, endpoint_url=endpoint.url)) as client:
        fault = await client.call("connect", "DescribeUser", USER)
    assert (fault.code, fault.fault_class) == (code, FaultClass[fault_class])
    assert fault.message == "AssumeRole gave no credentials: No."


async def test_no_way_to_renew_a_role_is_transient(endpoint):
    endpoint.answers(assumed(30))
    async with AwsClient(SessionOptions(role_arn=ROLE, endpoint_url=endpoint.url)) as client:
        endpoint.answers(CUT)
        fault = await client.call("connect", "DescribeUser", USER)
    assert fault.fault_class is FaultClass.TRANSIENT


@pytest.mark.usefixtures("no_keys")
async def test_a_call_without_credentials_is_fatal():
    access = SessionOptions(endpoint_url="http://127.0.0.1:1")
    client = AwsClient(access)
    client._session = aioboto3.Session(region_name="eu-west-2")
    fault = await client.call("connect", "DescribeUser", USER)
    await client.__aexit__()
    assert (fault.code, fault.fault_class) == ("NoCredentialsError", FaultClass.FATAL)
