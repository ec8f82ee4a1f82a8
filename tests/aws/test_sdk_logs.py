from __future__ import annotations

import asyncio
import io
import logging
import subprocess
import sys

import botocore.session
import pytest
from botocore.config import Config

from bulkops.aws.client import AwsClient
from bulkops.aws.credentials import SessionOptions
from bulkops.aws.sdk_logs import LIBRARIES, unlogged, withhold
from bulkops.pacing.replies import Fault, Reply
from tests.aws.endpoint import CUT, answer, refusal

PASSWORD = "Sesame-open-1&2"
TOKEN = "a-session-token-of-twenty"
USER = {
    "InstanceId": "11111111-2222-3333-4444-555555555555",
    "Username": "ada",
    "Password": PASSWORD,
    "PhoneConfig": {"PhoneType": "SOFT_PHONE"},
    "SecurityProfileIds": ["sp"],
    "RoutingProfileId": "rp",
}


@pytest.fixture
def logged():
    """All that any handler is given while every level is DEBUG."""
    text = io.StringIO()
    handler = logging.StreamHandler(text)
    names = ["", *(name for name in LIBRARIES), "botocore.endpoint", "botocore.parsers"]
    loggers = [logging.getLogger(name) for name in names]
    before = [logger.level for logger in loggers]
    for logger in loggers:
        logger.setLevel(logging.DEBUG)
    for logger in (logging.getLogger(), logging.getLogger("botocore.endpoint")):
        logger.addHandler(handler)
    yield text
    for logger, level in zip(loggers, before, strict=True):
        logger.setLevel(level)
        logger.removeHandler(handler)


@pytest.mark.process
async def test_at_no_level_does_a_secret_come_into_a_log(endpoint, logged, monkeypatch):
    monkeypatch.setenv("AWS_SESSION_TOKEN", TOKEN)
    endpoint.answers(
        answer({"UserId": PASSWORD}),
        refusal("InvalidParameterException", 400, PASSWORD),
        answer(f"<html>{PASSWORD}"),
        answer({"UserId": "u"}, set_cookie=f"{PASSWORD}\x7f=\x01; bad"),
        CUT,
    )
    async with AwsClient(SessionOptions(endpoint_url=endpoint.url)) as client:
        outcomes = [await client.call("connect", "CreateUser", USER) for _ in range(5)]
        rejected = await client.call("connect", "CreateUser", {**USER, "Password": 12345678})
    assert [type(outcome) for outcome in outcomes] == [Reply, Fault, Fault, Reply, Fault]
    said = logged.getvalue()
    for secret in (PASSWORD, "Sesame", TOKEN, "12345678"):
        assert secret not in said
        assert secret not in repr((outcomes[1:], rejected))


@pytest.mark.process
async def test_what_a_program_logs_of_its_own_calls_is_left_alone(endpoint, logged):
    """And so the test above can see what it looks for."""
    with unlogged():
        pass
    withhold()
    endpoint.answers(answer({"UserId": "u"}))
    session = botocore.session.Session()
    theirs = session.create_client(
        "connect",
        "us-east-1",
        endpoint_url=endpoint.url,
        config=Config(retries={"max_attempts": 0}),
    )
    async with AwsClient(SessionOptions(endpoint_url=endpoint.url)) as client:
        await client.call("connect", "CreateUser", USER)
        assert PASSWORD not in logged.getvalue()
        await asyncio.to_thread(theirs.create_user, **USER)
    assert PASSWORD in logged.getvalue()


PROGRAM = """
import asyncio, logging, sys
logging.basicConfig(level=logging.DEBUG, stream=sys.stdout)
from bulkops.aws.client import AwsClient
from bulkops.aws.credentials import SessionOptions
async def work():
    async with AwsClient(SessionOptions(endpoint_url=sys.argv[1])) as client:
        print(await client.call("connect", "CreateUser", {user!r}))
asyncio.run(work())
"""


@pytest.mark.process
async def test_a_library_user_who_logs_everything_sees_no_password(endpoint):
    endpoint.answers(refusal("InvalidParameterException", 400, PASSWORD))
    program = PROGRAM.replace("{user!r}", repr(USER))
    done = await asyncio.to_thread(
        subprocess.run,
        [sys.executable, "-c", program, endpoint.url],
        capture_output=True,
        text=True,
        check=True,
    )
    assert "InvalidParameterException" in done.stdout
    assert "Sesame" not in done.stdout + done.stderr
