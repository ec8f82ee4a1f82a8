from __future__ import annotations

import asyncio
import socket
from pathlib import Path
from types import SimpleNamespace

import aiohttp
import anyio
import pytest

from bulkops.aws import client as client_module
from bulkops.aws.client import AwsClient
from bulkops.aws.credentials import SessionOptions
from bulkops.aws.http_session import OneShotSession, _keepalive_socket, wire_error
from bulkops.pacing.replies import Fault, FaultClass, Reply
from tests.aws.endpoint import CUT, SILENCE, answer, refusal

pytestmark = pytest.mark.process

PASSWORD = "Sesame-open-1&2"
USER = {
    "InstanceId": "11111111-2222-3333-4444-555555555555",
    "Username": "ada",
    "Password": PASSWORD,
    "PhoneConfig": {"PhoneType": "SOFT_PHONE"},
    "SecurityProfileIds": ["sp"],
    "RoutingProfileId": "rp",
}
READ = {"InstanceId": USER["InstanceId"], "UserId": "u"}


FLOW_REFUSED = {"x_amzn_errortype": "InvalidContactFlowException"}


@pytest.fixture
async def client(endpoint):
    async with AwsClient(SessionOptions(endpoint_url=endpoint.url), read_seconds=0.3) as made:
        yield made


async def create(client):
    return await client.call("connect", "CreateUser", USER)


async def describe(client):
    return await client.call("connect", "DescribeUser", READ)


async def test_an_answer_is_a_reply_without_botocores_own_metadata(client, endpoint):
    endpoint.answers(answer({"UserId": "u1", "UserArn": "arn"}))
    assert await create(client) == Reply(
        data={"UserId": "u1", "UserArn": "arn"}, request_id="request-1", http_status=200
    )
    request = endpoint.requests[0]
    assert request.method == "PUT"
    assert request.params["Password"] == PASSWORD
    assert request.headers["user-agent"].startswith("bulkops/")


async def test_a_refusal_is_a_fault_with_code_message_status_and_request_id(client, endpoint):
    endpoint.answers(refusal("DuplicateResourceException", 409, "The name is taken."))
    assert await create(client) == Fault(
        fault_class=FaultClass.REJECTED,
        code="DuplicateResourceException",
        message="The name is taken.",
        http_status=409,
        request_id="request-1",
    )


@pytest.mark.parametrize(
    ("said", "code", "fault_class"),
    [
        (refusal("TooManyRequestsException", 429), "TooManyRequestsException", "THROTTLED"),
        (answer(status=429), "429", "THROTTLED"),
        (refusal("LimitExceededException", 429), "LimitExceededException", "EXHAUSTED"),
        (refusal("AccessDeniedException", 403), "AccessDeniedException", "FATAL"),
        (refusal("InternalServiceException", 500), "InternalServiceException", "IN_DOUBT"),
        (answer(status=502), "502", "IN_DOUBT"),
        (answer("<html>", status=403, content_type="text/html"), "403", "IN_DOUBT"),
        (answer("[1]", status=403), "403", "IN_DOUBT"),
        (answer({"code": 403}, status=403), "403", "IN_DOUBT"),
        (answer({"code": "Blocked"}, status=403, x_amzn_requestid=""), "Blocked", "IN_DOUBT"),
        (answer({"problems": 1}, status=400, **FLOW_REFUSED), "400", "IN_DOUBT"),
    ],
)
async def test_every_refusal_is_one_attempt_and_has_its_class(
    client, endpoint, said, code, fault_class
):
    endpoint.answers(said)
    fault = await create(client)
    assert (fault.code, fault.fault_class) == (code, FaultClass[fault_class])
    assert len(endpoint.requests) == 1


async def test_a_server_error_of_a_read_is_not_in_doubt(client, endpoint):
    endpoint.answers(refusal("InternalServiceException", 500))
    assert (await describe(client)).fault_class is FaultClass.TRANSIENT


async def test_other_members_of_a_refusal_are_its_details(client, endpoint):
    endpoint.answers(refusal("ResourceInUseException", 409, ResourceType="QUEUE", ResourceId="q1"))
    fault = await client.call(
        "connect", "DeleteQueue", {"InstanceId": USER["InstanceId"], "QueueId": "q1"}
    )
    assert fault.details == {"ResourceType": "QUEUE", "ResourceId": "q1"}


async def test_problems_of_a_flow_are_its_message(client, endpoint):
    body = {"problems": [{"message": "No entry block."}, {"message": "No exit."}]}
    endpoint.answers(answer(body, status=400, x_amzn_errortype="InvalidContactFlowException"))
    fault = await client.call(
        "connect",
        "UpdateContactFlowContent",
        {"InstanceId": USER["InstanceId"], "ContactFlowId": "f", "Content": "{}"},
    )
    assert fault.message == "No entry block. No exit."


async def test_a_page_for_a_message_is_cut_short(client, endpoint):
    endpoint.answers(answer("<html>" + "x" * 9000, status=500, content_type="text/html"))
    assert len((await create(client)).message) < 1100


async def test_nobody_listening_is_transient_and_names_the_host(unused_port):
    access = SessionOptions(endpoint_url=f"http://127.0.0.1:{unused_port}")
    async with AwsClient(access) as lonely:
        fault = await create(lonely)
    assert fault.fault_class is FaultClass.TRANSIENT
    assert fault.code == "EndpointConnectionError"
    assert "127.0.0.1" in fault.message


@pytest.fixture
def unused_port():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return taken.getsockname()[1]


async def test_a_proxy_that_is_not_there_is_transient(endpoint, monkeypatch, unused_port):
    monkeypatch.setenv("HTTP_PROXY", f"http://127.0.0.1:{unused_port}")
    monkeypatch.setenv("NO_PROXY", "")
    async with AwsClient(SessionOptions(endpoint_url=endpoint.url)) as client:
        fault = await create(client)
    assert (fault.code, fault.fault_class) == ("ProxyConnectionError", FaultClass.TRANSIENT)
    assert endpoint.requests == []


async def test_a_cut_before_the_answer_leaves_a_write_in_doubt(client, endpoint):
    endpoint.answers(CUT)
    fault = await create(client)
    assert (fault.code, fault.fault_class) == ("ConnectionClosedError", FaultClass.IN_DOUBT)
    assert len(endpoint.requests) == 1


async def test_a_cut_on_a_connection_kept_open_sends_a_put_or_delete_no_second_time(
    client, endpoint
):
    """aiohttp would, of itself; the second of two CreateUser is the dangerous one."""
    endpoint.answers(answer(), CUT)
    assert isinstance(await create(client), Reply)
    assert (await create(client)).fault_class is FaultClass.IN_DOUBT
    assert [request.connection for request in endpoint.requests] == [1, 1]


async def test_a_cut_within_the_answer_leaves_a_write_in_doubt(client, endpoint):
    endpoint.answers(answer({"UserId": "u1"}, content_length="999"))
    fault = await create(client)
    assert fault.fault_class is FaultClass.IN_DOUBT
    assert len(endpoint.requests) == 1


async def test_silence_leaves_a_write_in_doubt_and_a_read_not(client, endpoint):
    endpoint.answers(SILENCE)
    written, read = await create(client), await describe(client)
    assert (written.code, written.fault_class) == ("ReadTimeoutError", FaultClass.IN_DOUBT)
    assert (read.code, read.fault_class) == ("ReadTimeoutError", FaultClass.TRANSIENT)


async def test_an_answer_that_is_no_http_leaves_a_write_in_doubt(client, endpoint):
    endpoint.answers(b"SSH-2.0-OpenSSH_9.6\r\n\r\n")
    assert (await create(client)).fault_class is FaultClass.IN_DOUBT


@pytest.mark.parametrize("body", ["[1, 2]", "{", "null", '"text"', '{"UserId": {"a": 1}}'])
async def test_an_answer_that_can_not_be_read_never_raises(client, endpoint, body):
    endpoint.answers(answer(body))
    outcome = await create(client)
    assert (outcome.code, outcome.fault_class) == ("ForeignAnswer", FaultClass.IN_DOUBT)


async def test_a_redirect_is_not_followed(client, endpoint):
    endpoint.answers(answer(status=307, location=f"{endpoint.url}/elsewhere"))
    fault = await create(client)
    assert (fault.code, fault.fault_class) == ("307", FaultClass.IN_DOUBT)
    assert len(endpoint.requests) == 1


PAGE = "<html>Welcome to our network</html>"
NO_ID = {"x_amzn_requestid": ""}


@pytest.mark.parametrize(
    "said",
    [
        answer(PAGE, content_type="text/html"),
        answer(PAGE, content_type="text/html", **NO_ID),
        answer("", **NO_ID),
        answer("OK", content_type="text/plain", **NO_ID),
        answer("", status=204, **NO_ID),
        answer('{"UserId": "u1"'),
        answer({"UserId": "u1", "UserArn": "arn", "User": {}}, **NO_ID),
    ],
)
async def test_a_success_that_is_not_awss_is_none(client, endpoint, said):
    endpoint.answers(said)
    written, read = await create(client), await describe(client)
    assert (written.code, written.fault_class) == ("ForeignAnswer", FaultClass.IN_DOUBT)
    assert (read.code, read.fault_class) == ("ForeignAnswer", FaultClass.TRANSIENT)
    assert f"HTTP {written.http_status}" in written.message


async def test_an_answer_is_not_judged_by_its_content_type(client, endpoint):
    endpoint.answers(answer({"UserId": "u1"}, content_type="text/html"))
    assert (await create(client)).data == {"UserId": "u1"}


async def test_a_blocked_read_stops_at_once_and_says_what_came(client, endpoint):
    endpoint.answers(answer(PAGE, status=403, content_type="text/html"))
    fault = await describe(client)
    assert (fault.code, fault.fault_class) == ("403", FaultClass.FATAL)
    assert fault.message == f"HTTP 403, text/html: {PAGE}"


async def test_a_refusal_of_expired_credentials_that_is_not_awss_is_not_sent_again(
    client, endpoint
):
    said = refusal("ExpiredTokenException", 403).replace(b"x-amzn-requestid", b"x-other-header")
    endpoint.answers(said)
    assert (await create(client)).fault_class is FaultClass.IN_DOUBT
    assert len(endpoint.requests) == 1


@pytest.mark.parametrize(
    "echo",
    [
        f"Password {PASSWORD} is too weak",
        f"Password {PASSWORD.upper()} is too weak",
        "Password Sesame-open-1&amp;2 is too weak",
        "Password Sesame-open-1%262 is too weak",
    ],
)
async def test_a_password_that_the_service_repeats_is_masked(client, endpoint, echo):
    listed = [{"PropertyPath": "Password", "Message": echo}]
    endpoint.answers(refusal("PropertyValidationException", 400, echo, PropertyList=listed))
    fault = await create(client)
    masked = "Password *** is too weak"
    assert fault.message == f"{masked} Password: {masked}"
    assert fault.details == {"PropertyList": [{"PropertyPath": "Password", "Message": masked}]}


async def test_a_hostile_answer_brings_neither_a_secret_nor_an_escape(client, endpoint):
    hostile = f"{PASSWORD}\x1b[2J"
    listed = [{"PropertyPath": hostile, "Message": hostile, hostile: hostile}]
    body = {"code": hostile, "Message": "x" * 990 + hostile, "PropertyList": listed}
    said = [
        answer(body, status=400, x_amzn_requestid=PASSWORD),
        answer(f"<html>{hostile}", status=403, content_type=PASSWORD),
        answer(f"<html>{hostile}"),
        answer({"UserId": "u"}, x_amzn_requestid=PASSWORD),
    ]
    for each in said:
        endpoint.answers(each)
        outcome = repr(await create(client))
        assert not any(PASSWORD[at : at + 6] in outcome for at in range(len(PASSWORD) - 5))
        assert "x1b" not in outcome


async def test_arguments_that_the_model_does_not_take_are_rejected_before_sending(client, endpoint):
    params = {**USER, "Password": [PASSWORD], "Nonsense": 1}
    fault = await client.call("connect", "CreateUser", params)
    assert (fault.code, fault.fault_class) == ("ParamValidationError", FaultClass.REJECTED)
    assert PASSWORD not in fault.message
    assert endpoint.requests == []


async def test_an_operation_that_botocore_does_not_know_is_fatal(client, endpoint):
    fault = await client.call("connect", "CreateUnicorn", {})
    assert (fault.code, fault.fault_class) == ("UnknownOperationException", FaultClass.FATAL)
    assert endpoint.requests == []


async def test_a_bug_is_not_taken_for_an_outcome(client, monkeypatch):
    def broken(_):
        raise ZeroDivisionError

    monkeypatch.setattr("botocore.xform_name", broken)
    with pytest.raises(ZeroDivisionError):
        await create(client)


async def test_an_answer_that_breaks_botocore_is_in_doubt(client, monkeypatch):
    monkeypatch.setattr("aiobotocore.parsers.AioRestJSONParser.parse", _raise_key_error)
    fault = await create(client)
    assert (fault.code, fault.fault_class) == ("ForeignAnswer", FaultClass.IN_DOUBT)
    assert "KeyError" in fault.message


async def _raise_key_error(*_: object) -> None:
    raise KeyError("x")


async def test_a_cancelled_call_is_cancelled(client, endpoint):
    endpoint.answers(answer(), SILENCE)
    await create(client)
    with anyio.move_on_after(0.1) as scope:
        await create(client)
    assert scope.cancelled_caught
    assert len(endpoint.requests) == 2


async def test_connections_are_opened_beforehand_without_a_request(client, endpoint):
    assert await client.warm("connect", 4) == 4
    assert endpoint.requests == []
    outcomes = await asyncio.gather(*(describe(client) for _ in range(4)))
    assert all(isinstance(outcome, Reply) for outcome in outcomes)
    assert endpoint.connections == 4


async def test_connections_that_can_not_be_opened_are_not_counted(unused_port):
    async with AwsClient(SessionOptions(endpoint_url=f"http://127.0.0.1:{unused_port}")) as client:
        assert await client.warm("connect", 3) == 0


async def test_a_service_has_one_client_however_many_ask_for_it_at_once(client):
    made = []
    original = client._made

    async def counted(service):
        made.append(service)
        return await original(service)

    client._made = counted
    await asyncio.gather(*(describe(client) for _ in range(5)))
    assert made == ["connect"]
    assert repr(client) == "<AwsClient connect>"


async def test_its_endpoints_are_known_once_called(client, endpoint):
    assert (client.endpoint("connect"), client.is_custom) == ("", False)
    await describe(client)
    assert (client.endpoint("connect"), client.is_custom) == (endpoint.url, True)
    assert client.region == "eu-west-2"


def keys(path: Path, key: str) -> None:
    path.write_text(f"[default]\naws_access_key_id={key}\naws_secret_access_key=s\n")


@pytest.fixture
def credentials_file(monkeypatch, tmp_path):
    monkeypatch.delenv("AWS_ACCESS_KEY_ID")
    monkeypatch.delenv("AWS_SECRET_ACCESS_KEY")
    keys(tmp_path / "credentials", "OLDKEY")
    return tmp_path / "credentials"


def expiring(request):
    """Refuse the old key as expired; one that AWS knows is served."""
    if "Credential=OLDKEY" in request.headers["authorization"]:
        return refusal("ExpiredTokenException", 403, "The token has expired.")
    return answer()


async def test_expired_credentials_are_asked_for_anew_by_all_calls_at_once(
    credentials_file, client, endpoint
):
    endpoint.answers(expiring)
    assert (await describe(client)).code == "ExpiredTokenException"
    keys(credentials_file, "NEWKEY")
    outcomes = await asyncio.gather(*(create(client) for _ in range(3)))
    assert all(isinstance(outcome, Reply) for outcome in outcomes)


@pytest.mark.usefixtures("credentials_file")
async def test_credentials_that_stay_expired_are_fatal_after_one_attempt(client, endpoint):
    endpoint.answers(expiring)
    fault = await create(client)
    assert (fault.code, fault.fault_class) == ("ExpiredTokenException", FaultClass.FATAL)
    assert len(endpoint.requests) == 1


async def test_credentials_that_are_gone_are_fatal(credentials_file, client, endpoint):
    endpoint.answers(expiring)
    credentials_file.unlink()
    assert (await create(client)).fault_class is FaultClass.FATAL


PLACE = SimpleNamespace(host="connect.example", port=443, is_ssl=True, ssl=True)


@pytest.mark.parametrize(
    ("error", "code", "sent"),
    [
        (aiohttp.ServerDisconnectedError(), "ConnectionClosedError", True),
        (aiohttp.ClientOSError(104, "reset by peer"), "ConnectionClosedError", True),
        (aiohttp.ClientPayloadError("cut"), "ConnectionClosedError", True),
        (aiohttp.SocketTimeoutError("read"), "ReadTimeoutError", True),
        (TimeoutError(), "ReadTimeoutError", True),
        (aiohttp.ConnectionTimeoutError("connect"), "ConnectTimeoutError", False),
        (aiohttp.InvalidURL("x"), "EndpointConnectionError", False),
        (
            aiohttp.ClientConnectorCertificateError(PLACE, ValueError("self-signed")),
            "CertificateError",
            False,
        ),
    ],
)
def test_a_failure_is_known_by_its_name_and_by_whether_it_had_left(error, code, sent):
    found = wire_error(error, "connect.example")
    assert (found.code, found.sent) == (code, sent)
    assert "connect.example" in str(found)


def test_sockets_ask_whether_the_other_end_is_still_there():
    with _keepalive_socket((socket.AF_INET, socket.SOCK_STREAM, 0, "", None)) as made:
        assert made.getsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE) == 1


async def test_requests_go_through_the_session_that_sends_once(client):
    await describe(client)
    assert isinstance(client._wires["connect"], OneShotSession)
    assert client._clients["connect"]._endpoint.http_session is client._wires["connect"]
    assert client._wires["connect"]._theirs._max_pool_connections == client_module.CONNECTIONS
