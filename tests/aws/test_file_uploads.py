from __future__ import annotations

import pytest

from bulkops.aws.client import AwsClient
from bulkops.aws.credentials import SessionOptions
from bulkops.aws.file_uploads import secrets_of
from bulkops.pacing.replies import FaultClass, Reply
from tests.aws.endpoint import CUT, answer

pytestmark = pytest.mark.process

SIGNATURE = "5e6f7a8b9c0d"
TAKEN = answer("", x_amz_request_id="s3-1")
REFUSED = "<Error><Code>{}</Code><Message>No {} here</Message></Error>"


@pytest.fixture
async def put(endpoint):
    """Put a file to an address of the endpoint, over a client that has called a service before."""
    async with AwsClient(SessionOptions(endpoint_url=endpoint.url), read_seconds=0.3) as client:
        endpoint.answers(answer({"UserId": "u"}))
        await client.call("connect", "ListUsers", {"InstanceId": "i"})

        async def do(*answers):
            endpoint.answers(*answers)
            url = f"{endpoint.url}/place%2Fa?X-Amz-Signature={SIGNATURE}"
            return await client.upload(url, {"content-type": "text/plain", "x-amz-a": "b"}, b"All")

        yield do


async def test_a_file_arrives_as_it_is_with_the_headers_that_belong_to_it(put, endpoint):
    assert await put(TAKEN) == Reply(data={}, request_id="s3-1", http_status=200)
    request = endpoint.requests[-1]
    assert (request.method, request.body) == ("PUT", b"All")
    assert request.path == f"/place%2Fa?X-Amz-Signature={SIGNATURE}"
    assert request.headers["content-type"] == "text/plain"
    assert request.headers["x-amz-a"] == "b"
    assert "authorization" not in request.headers


@pytest.mark.parametrize(
    ("said", "code", "fault_class"),
    [
        (answer("Log in", status=200), "ForeignAnswer", "TRANSIENT"),
        (
            answer(REFUSED.format("AccessDenied", SIGNATURE), status=403),
            "AccessDenied",
            "TRANSIENT",
        ),
        (answer(REFUSED.format("EntityTooLarge", ""), status=400), "EntityTooLarge", "REJECTED"),
        (answer("", status=503), "503", "TRANSIENT"),
        (answer("", status=400), "400", "REJECTED"),
        (CUT, "ConnectionClosedError", "TRANSIENT"),
    ],
)
async def test_what_came_of_a_file_says_nothing_of_its_address(put, said, code, fault_class):
    fault = await put(said)
    assert (fault.code, fault.fault_class) == (code, FaultClass[fault_class])
    assert SIGNATURE not in repr(fault)


def test_all_of_an_address_is_a_secret_and_so_are_its_long_parts():
    url = "https://b.s3.amazonaws.com/k?X-Amz-Date=20260101T000000Z&X-Amz-Expires=60&s=abc"
    assert secrets_of(url) == {url, url.partition("?")[2], "20260101T000000Z"}
