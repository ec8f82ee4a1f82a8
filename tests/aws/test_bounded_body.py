from __future__ import annotations

import asyncio
import gzip
import json
import zlib
from contextlib import asynccontextmanager, suppress

import pytest

from bulkops.aws import bounded_body
from bulkops.aws.bounded_body import BodyError, inflated
from bulkops.aws.client import AwsClient
from bulkops.aws.credentials import SessionOptions
from bulkops.pacing.replies import FaultClass, Reply
from tests.aws.endpoint import answer

BODY = json.dumps({"User": {"Id": "u"}}).encode()
INSTANCE = "11111111-2222-3333-4444-555555555555"
ASKED = {"InstanceId": INSTANCE, "UserId": "u"}
HEAD = b"HTTP/1.1 200 OK\r\nx-amzn-requestid: r\r\n"
SMALL = 1 << 16


def bare(body):
    packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return packer.compress(body) + packer.flush()


@pytest.mark.parametrize(
    ("encoding", "pack"),
    [
        ("gzip", gzip.compress),
        ("GZIP ", gzip.compress),
        ("deflate", zlib.compress),
        ("deflate", bare),
    ],
)
def test_what_was_packed_on_the_way_is_unpacked(encoding, pack):
    assert inflated(pack(BODY), encoding) == BODY


def test_what_was_not_packed_stays_as_it_is():
    assert inflated(BODY, "") == inflated(BODY, "identity") == BODY
    assert inflated(b"", "gzip") == b""


@pytest.mark.parametrize(
    ("body", "encoding", "says"),
    [
        (b"x", "br", "is packed as br"),
        (b"x" * 20, "gzip", "is no gzip"),
        (gzip.compress(BODY)[:-9], "gzip", "ends before its gzip does"),
        (gzip.compress(b"x" * (SMALL + 1)), "gzip", f"more than {SMALL} octets when unpacked"),
        (bare(b"x" * (SMALL + 1)), "deflate", f"more than {SMALL} octets when unpacked"),
    ],
    ids=["unknown", "damaged", "cut", "bomb", "bare bomb"],
)
def test_what_can_not_be_unpacked_or_never_ends_says_so(body, encoding, says):
    with pytest.raises(BodyError, match=says):
        inflated(body, encoding, SMALL)


@asynccontextmanager
async def serving(head, block, *, times=None):
    """Serve a head and then a block again and again, as often as told or for ever."""
    sent = []

    async def serve(reader, writer):
        with suppress(ConnectionError, asyncio.CancelledError):
            await reader.readuntil(b"\r\n\r\n")
            writer.write(head)
            while times is None or len(sent) < times:
                writer.write(block)
                sent.append(len(block))
                await writer.drain()
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    options = SessionOptions(endpoint_url=f"http://127.0.0.1:{port}")
    async with AwsClient(options, read_seconds=5) as client:
        yield client, sent
    server.close()


async def asked(client):
    written = await client.call("connect", "DeleteUser", ASKED)
    read = await client.call("connect", "DescribeUser", ASKED)
    return written, read


@pytest.mark.process
@pytest.mark.parametrize(
    ("head", "block"),
    [
        (HEAD + b"\r\n", b"x" * 10_000),
        (HEAD + b"transfer-encoding: chunked\r\n\r\n", b"2710\r\n" + b"x" * 10_000 + b"\r\n"),
        (HEAD.replace(b"200", b"403") + b"\r\n", b"x" * 10_000),
    ],
    ids=["until it closes", "chunked", "a refusal"],
)
async def test_an_answer_without_end_is_not_read_to_its_end(monkeypatch, head, block):
    monkeypatch.setattr(bounded_body.read_body, "__defaults__", (SMALL,))
    async with serving(head, block) as (client, sent):
        written, read = await asked(client)
    assert (written.code, written.fault_class) == ("ForeignAnswer", FaultClass.IN_DOUBT)
    assert (read.code, read.fault_class) == ("ForeignAnswer", FaultClass.TRANSIENT)
    assert f"has more than {SMALL} octets" in read.message
    assert sum(sent) < 20_000_000  # what sockets hold, and no more


@pytest.mark.process
async def test_an_answer_that_announces_too_much_is_not_read_at_all(monkeypatch):
    monkeypatch.setattr(bounded_body.read_body, "__defaults__", (SMALL,))
    head = HEAD + b"content-length: 1000000\r\n\r\n"
    async with serving(head, b"", times=1) as (client, _):
        written, _ = await asked(client)
    assert "its body is to have 1000000 octets" in written.message


@pytest.mark.process
@pytest.mark.parametrize("block", [b"x: y\r\n" * 1000, b"x" * 1000], ids=["many", "long"])
async def test_headers_without_end_are_not_read_to_their_end(block):
    async with serving(HEAD, block) as (client, sent):
        written, read = await asked(client)
    assert written.fault_class is FaultClass.IN_DOUBT
    assert read.fault_class is FaultClass.TRANSIENT
    assert sum(sent) < 20_000_000


@pytest.mark.process
async def test_a_bomb_is_foreign_and_a_packed_answer_is_awss(endpoint, client_of):
    def packed(body):
        head = answer("", content_length=str(len(body)), content_encoding="gzip")
        return head + body

    async with client_of(endpoint) as client:
        endpoint.answers(packed(gzip.compress(BODY)))
        assert await client.call("connect", "DescribeUser", ASKED) == Reply(
            data={"User": {"Id": "u"}}, request_id="request-1"
        )
        endpoint.answers(packed(gzip.compress(b"x" * (bounded_body.MOST + 1))))
        bomb = await client.call("connect", "DescribeUser", ASKED)
    assert bomb.code == "ForeignAnswer"
    assert "when unpacked" in bomb.message


@pytest.fixture
def client_of():
    return lambda endpoint: AwsClient(SessionOptions(endpoint_url=endpoint.url))
