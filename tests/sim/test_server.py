from __future__ import annotations

import json
import socket
import urllib.error
import urllib.request
from functools import partial

import anyio
import boto3
import pytest
from botocore.config import Config
from botocore.exceptions import ClientError, ConnectionClosedError, ReadTimeoutError

from bulkops.sim.core.simulation_config import BESIDE, InstanceConfig, SimConfig
from bulkops.sim.core.simulator import Simulator
from bulkops.sim.http.server import ServerConfig, run_server, serve
from bulkops.sim.state.throttle import Allowance
from tests.sim.centre import PASSWORD

pytestmark = pytest.mark.process

ONCE = Config(retries={"total_max_attempts": 1, "mode": "standard"}, read_timeout=2)


@pytest.fixture
def anyio_backend():
    """These tests talk over real sockets, on a real clock."""
    return "asyncio"


@pytest.fixture
async def url():
    async with serve(ServerConfig()) as base:
        yield base


def client(url, service="connect", secret="test", region="us-east-1", key="test"):  # noqa: S107  # made up
    return boto3.client(
        service,
        endpoint_url=url,
        region_name=region,
        aws_access_key_id=key,
        aws_secret_access_key=secret,
        config=ONCE,
    )


async def away(work, *args, **kwargs):
    """Do blocking work in a thread, while the server's loop goes on."""
    return await anyio.to_thread.run_sync(partial(work, *args, **kwargs))


def control(url, path, body=None):
    data = None if body is None else json.dumps(body).encode()
    with urllib.request.urlopen(f"{url}/_sim/{path}", data=data) as reply:  # noqa: S310
        return json.loads(reply.read())


def onboard(connect):
    """Make a user as any AWS client would, and return (instance id, user id)."""
    instance = connect.list_instances()["InstanceSummaryList"][0]["Id"]
    profiles = connect.list_routing_profiles(InstanceId=instance)["RoutingProfileSummaryList"]
    security = connect.list_security_profiles(InstanceId=instance)["SecurityProfileSummaryList"]
    user = connect.create_user(
        InstanceId=instance,
        Username="new.user",
        Password=PASSWORD,
        IdentityInfo={"FirstName": "Zoë", "LastName": "New"},
        PhoneConfig={"PhoneType": "SOFT_PHONE"},
        SecurityProfileIds=[security[0]["Id"]],
        RoutingProfileId=profiles[0]["Id"],
        Tags={"a b/c": "ü"},
    )
    return instance, user["UserId"]


async def test_boto3_makes_a_user_and_finds_it(url):
    def work():
        connect = client(url)
        instance, user = onboard(connect)
        described = connect.describe_user(InstanceId=instance, UserId=user)["User"]
        assert described["IdentityInfo"] == {"FirstName": "Zoë", "LastName": "New"}
        assert described["Tags"] == {"a b/c": "ü"}
        pages = connect.get_paginator("list_users").paginate(
            InstanceId=instance, PaginationConfig={"PageSize": 2}
        )
        assert [len(page["UserSummaryList"]) for page in pages] == [2, 2, 1]
        connect.untag_resource(resourceArn=described["Arn"], tagKeys=["a b/c"])
        assert connect.list_tags_for_resource(resourceArn=described["Arn"])["tags"] == {}

    await away(work)
    record = await away(control, url, "record")
    assert record["effects"]["CreateUser"] == {"new.user": 1}
    assert PASSWORD not in json.dumps(record)


async def test_boto3_reads_quotas_and_who_it_is(url):
    def work():
        pages = client(url, "service-quotas").get_paginator("list_service_quotas")
        found = [
            quota for page in pages.paginate(ServiceCode="connect") for quota in page["Quotas"]
        ]
        identity = client(url, "sts").get_caller_identity()
        return {quota["QuotaName"]: quota["Value"] for quota in found}, identity["Account"]

    quotas, account = await away(work)
    assert quotas["Rate of CreateUser API requests"] == 2.0
    assert account == "123456789012"


async def test_errors_arrive_with_code_message_status_and_request_id(url):
    def work():
        connect = client(url)
        instance, user = onboard(connect)
        del user
        with pytest.raises(connect.exceptions.ResourceNotFoundException) as caught:
            connect.describe_user(InstanceId=instance, UserId="no/such user")
        return caught.value.response

    response = await away(work)
    assert response["Error"]["Message"] == "The specified user was not found."
    assert response["ResponseMetadata"]["HTTPStatusCode"] == 404
    assert len(response["ResponseMetadata"]["RequestId"]) == 36


async def test_a_burst_is_throttled_as_connect_does(url):
    def work():
        connect = client(url)
        for _ in range(10):
            try:
                connect.list_instances()
            except ClientError as error:
                return error.response
        return {}

    response = await away(work)
    assert response["Error"]["Code"] == "ThrottlingException"
    assert response["ResponseMetadata"]["HTTPStatusCode"] == 429


@pytest.mark.parametrize(
    ("service", "given", "code"),
    [
        ("connect", {"secret": "wrong"}, "InvalidSignatureException"),
        ("connect", {"region": "eu-west-1"}, "InvalidSignatureException"),
        ("sts", {"secret": "wrong"}, "SignatureDoesNotMatch"),
        ("service-quotas", {"secret": "wrong"}, "InvalidSignatureException"),
    ],
)
async def test_a_wrong_signature_is_refused_in_every_protocol(url, service, given, code):
    calls = {
        "connect": lambda one: one.list_instances(),
        "sts": lambda one: one.get_caller_identity(),
        "service-quotas": lambda one: one.list_service_quotas(ServiceCode="connect"),
    }

    def work():
        with pytest.raises(ClientError) as caught:
            calls[service](client(url, service, **given))
        return caught.value.response

    response = await away(work)
    assert response["Error"]["Code"] == code
    assert response["ResponseMetadata"]["RequestId"]


@pytest.mark.parametrize(
    ("kind", "failure", "made"),
    [
        ("cut-before", ConnectionClosedError, {}),
        ("cut-after", ConnectionClosedError, {"new.user": 1}),
        ("timeout-before", ReadTimeoutError, {}),
        ("timeout-after", ReadTimeoutError, {"new.user": 1}),
        ("unavailable", ClientError, {}),
    ],
)
async def test_faults_are_set_from_outside_and_have_the_effect_they_say(url, kind, failure, made):
    mishap = {"kind": kind, "operation": "CreateUser", "seconds": 3}
    await away(control, url, "faults", {"mishaps": [mishap]})

    def work():
        with pytest.raises(failure):
            onboard(client(url))

    await away(work)
    record = await away(control, url, "record")
    assert record["effects"].get("CreateUser", {}) == made


async def test_the_state_is_told_with_and_without_ids(url):
    state = await away(control, url, "state?ids=0&times=0")
    assert state["bulkops-demo"]["user"]["user/admin"]["SecurityProfileIds"] == [
        "security-profile/Agent"
    ]
    whole = await away(control, url, "state")
    assert len(next(iter(whole["bulkops-demo"]["user"]))) == 36


@pytest.mark.parametrize(
    ("path", "body", "says"),
    [
        ("nothing", None, "GET /_sim/nothing is not one of GET /_sim/record"),
        ("faults", {"mishap": []}, "the faults file holds 'mishap'"),
    ],
)
async def test_a_wrong_word_to_the_back_door_is_explained(url, path, body, says):
    def work():
        with pytest.raises(urllib.error.HTTPError) as caught:
            control(url, path, body)
        with caught.value as error:
            return json.loads(error.read())["error"]

    assert (await away(work)).startswith(says)


async def test_a_strict_server_refuses_keys_it_does_not_know():
    config = ServerConfig(keys={}, strict_credentials=True)
    async with serve(config) as url:

        def work():
            with pytest.raises(ClientError) as caught:
                client(url).list_instances()
            return caught.value.response["Error"]["Code"]

        assert await away(work) == "UnrecognizedClientException"


async def test_the_number_of_an_account_is_a_key_to_its_instances():
    config = SimConfig(instances=(InstanceConfig(), *BESIDE))
    async with serve(ServerConfig(simulation=config)) as url:

        def seen(**given):
            found = client(url, **given).list_instances()["InstanceSummaryList"]
            return [one["InstanceAlias"] for one in found]

        def work():
            with pytest.raises(ClientError):
                seen(key="210987654321", secret="other")  # made up
            return seen(), seen(region="eu-west-1"), seen(key="210987654321")

        assert await away(work) == (["bulkops-demo"], ["bulkops-prod"], ["bulkops-twin"])


async def test_a_server_can_serve_a_simulation_that_is_there_already():
    simulator = Simulator(SimConfig(instances=(InstanceConfig(alias="mine"),)))
    async with serve(ServerConfig(), simulator) as url:
        found = await away(lambda: client(url).list_instances()["InstanceSummaryList"])
    assert [one["InstanceAlias"] for one in found] == ["mine"]
    assert simulator.request_log.calls == {"ListInstances": 1}


async def test_a_server_says_where_it_is_and_stops_when_cancelled():
    ready = []
    async with anyio.create_task_group() as tasks:
        tasks.start_soon(run_server, ServerConfig(), ready.append)
        with anyio.fail_after(10):
            while not ready:
                await anyio.lowlevel.checkpoint()
        host, port = ready[0].removeprefix("http://").split(":")
        with socket.create_connection((host, int(port)), timeout=5):
            pass
        tasks.cancel_scope.cancel()
    with pytest.raises(OSError, match="refused"):
        socket.create_connection((host, int(port)), timeout=5)


async def test_boto3_puts_a_file_and_makes_a_content_of_it():
    def work(url):
        articles = client(url, "qconnect")
        bases = articles.list_knowledge_bases()["knowledgeBaseSummaries"]
        base = next(each["knowledgeBaseId"] for each in bases if each["name"] == "Articles")
        place = articles.start_content_upload(knowledgeBaseId=base, contentType="text/plain")
        assert place["url"].startswith(url)
        headers = place["headersToInclude"]
        request = urllib.request.Request(place["url"], b"All fees.", headers, method="PUT")  # noqa: S310
        with urllib.request.urlopen(request) as reply:  # noqa: S310
            assert reply.headers["x-amz-request-id"]
        wrong = urllib.request.Request(place["url"], b"x", {}, method="PUT")  # noqa: S310
        with pytest.raises(urllib.error.HTTPError) as refused:
            urllib.request.urlopen(wrong)  # noqa: S310
        with refused.value:
            assert b"<Code>SignatureDoesNotMatch</Code>" in refused.value.read()
        with pytest.raises(urllib.error.HTTPError) as got:
            urllib.request.urlopen(place["url"])  # noqa: S310
        with got.value:
            assert got.value.code == 405
        upload = place["uploadId"]
        made = articles.create_content(knowledgeBaseId=base, name="Fees", uploadId=upload)
        assert made["content"]["contentType"] == "text/plain"
        for _ in range(2):
            try:
                articles.get_content(knowledgeBaseId=base, contentId=upload)
            except ClientError as error:
                said = error.response
        return said

    rare = SimConfig(rates={"GetContent": Allowance(rate=0.01, burst=1.0)})
    async with serve(ServerConfig(simulation=rare)) as url:
        said = await away(work, url)
    assert said["Error"]["Code"] == "ThrottlingException"
    assert said["ResponseMetadata"]["HTTPStatusCode"] == 400
