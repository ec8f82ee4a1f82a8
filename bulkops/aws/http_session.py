"""One HTTP request, sent once, and the truth about whether it had left when it failed.

botocore names every failure of a connection alike, whether it was refused or cut after the
request was in the service's hands. And aiohttp sends PUT and DELETE requests a second time by
itself when a connection that was kept open breaks (CreateUser is a PUT). Both would break the
promise that nothing happens twice.
"""

from __future__ import annotations

import socket
from collections.abc import Mapping
from contextlib import suppress
from contextvars import ContextVar
from dataclasses import dataclass, replace
from typing import Any, Self, cast

import aiohttp
import anyio
from aiobotocore.awsrequest import AioAWSResponse
from aiobotocore.httpsession import AIOHTTPSession
from aiohttp.client_reqrep import ClientRequest
from yarl import URL

from bulkops.aws.answer_checks import ForeignAnswerError, believed
from bulkops.aws.bounded_body import BodyError, inflated, read_body
from bulkops.aws.wire_answers import WireAnswer
from bulkops.definition.model.newer_members import unknown_at_top

WHOLE_SECONDS = 120.0
IDLE_PROBE_SECONDS = 30
"""Idle time after which the system asks the other end whether it is still there."""


class WireError(Exception):
    """A request that brought no answer; `code` names the failure as botocore would.

    It stays in this room: `aws.faults` makes a Fault of it.
    """

    def __init__(self, code: str, message: str, *, sent: bool) -> None:
        super().__init__(message)
        self.code = code
        self.sent = sent


@dataclass(slots=True)
class Flight:
    """The request that the current call makes: what is asked, and how far it came."""

    service: str = ""
    operation: str = ""
    sent: bool = False
    """Whether it may have left."""
    answer: WireAnswer | None = None
    members: Mapping[str, Any] | None = None
    """What was read of the answer while it was checked."""
    unknown: tuple[str, ...] = ()
    """The members at the top of the answer that its model does not know."""

    def forget(self) -> None:
        """Let go of the answer: connections that are kept open hold on to their first call."""
        self.answer = self.members = None


flight: ContextVar[Flight] = ContextVar("flight")
"""The flight of the call under way in this task."""


def add_members(customized_response_dict: dict[str, Any], **_: object) -> None:
    """Give botocore what was read already of the answer that it is about to parse."""
    under_way = flight.get(Flight())
    customized_response_dict.update(under_way.members or {})
    under_way.members = None  # a flight lives on until the next one in its task


NOT_SENT: tuple[tuple[type[Exception], str], ...] = (
    (aiohttp.ClientConnectorCertificateError, "CertificateError"),
    (aiohttp.ClientSSLError, "SSLError"),
    (aiohttp.ClientProxyConnectionError, "ProxyConnectionError"),
    (aiohttp.ClientHttpProxyError, "ProxyConnectionError"),
    (aiohttp.ClientConnectorError, "EndpointConnectionError"),
    (aiohttp.ConnectionTimeoutError, "ConnectTimeoutError"),
    (aiohttp.InvalidURL, "EndpointConnectionError"),
)
"""Failures of making a connection, the more special ones first."""


def wire_error(error: Exception, host: str) -> WireError:
    """Return what a failure of aiohttp means: its name, and whether the request may have left."""
    for kind, code in NOT_SENT:
        if isinstance(error, kind):
            return WireError(code, f"No connection to {host}: {error}", sent=False)
    if isinstance(error, TimeoutError):
        return WireError("ReadTimeoutError", f"{host} did not answer in time.", sent=True)
    said = str(error) or type(error).__name__
    return WireError("ConnectionClosedError", f"The connection to {host} broke: {said}", sent=True)


def _keepalive_socket(address: Any) -> socket.socket:  # noqa: ANN401  # aiohttp's address tuple
    family, kind, protocol, *_ = address
    made = socket.socket(family, kind, protocol)
    made.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
    if hasattr(socket, "TCP_KEEPIDLE"):
        made.setsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPIDLE, IDLE_PROBE_SECONDS)
    return made


class OneShotSession:
    """What aiobotocore sends by: it neither repeats a request nor follows a redirect.

    Connectors and proxies are aiobotocore's own. A request is bounded by `WHOLE_SECONDS` from
    start to end, beside the timeouts for connecting and for each read.
    """

    def __init__(self, **options: Any) -> None:  # noqa: ANN401  # aiobotocore's own options
        options["connector_args"] = {
            **(options.get("connector_args") or {}),
            "socket_factory": _keepalive_socket,
        }
        self._theirs: Any = AIOHTTPSession(**options)
        connect_seconds, read_seconds = options["timeout"]
        self._timeout = aiohttp.ClientTimeout(
            total=WHOLE_SECONDS, sock_connect=connect_seconds, sock_read=read_seconds
        )
        self._sessions: dict[str | None, aiohttp.ClientSession] = {}

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *exc: object) -> None:
        await self.close()

    async def close(self) -> None:
        """Close every connection."""
        while self._sessions:
            _, session = self._sessions.popitem()
            await session.close()

    def _session(self, proxy_url: str | None) -> aiohttp.ClientSession:
        if proxy_url not in self._sessions:
            session = aiohttp.ClientSession(
                connector=self._connector(proxy_url),
                timeout=self._timeout,
                cookie_jar=aiohttp.DummyCookieJar(),
                skip_auto_headers={"Content-Type", "Accept-Encoding"},
                auto_decompress=False,
            )
            session._retry_connection = False  # noqa: SLF001  # aiohttp has no public switch
            self._sessions[proxy_url] = session
        return self._sessions[proxy_url]

    def _connector(self, proxy_url: str | None) -> aiohttp.BaseConnector:
        try:
            made: aiohttp.BaseConnector = self._theirs._create_connector(proxy_url)  # noqa: SLF001  # its TLS setup
        except OSError as error:
            reason = error.strerror or error
            said = f"The certificates of AWS_CA_BUNDLE can't be used: {reason}."
            raise WireError("CertificateError", said, sent=False) from error
        return made

    def _proxy(self, url: str) -> tuple[str | None, Any]:
        proxies = self._theirs._proxy_config  # noqa: SLF001  # likewise
        return proxies.proxy_url_for(url), proxies.proxy_headers_for(url)

    async def send(self, request: Any) -> Any:  # noqa: ANN401  # botocore's request and answer
        """Send a prepared request and return its answer, read to the end.

        Raises WireError where none came, and ForeignAnswerError for a success that is not AWS's.
        """
        proxy_url, proxy_headers = self._proxy(request.url)
        session = self._session(proxy_url)
        url = URL(request.url, encoded=True)
        under_way = flight.get(Flight())
        # from here on nobody can tell how much of it has left
        under_way.sent = True
        try:
            answer = await session.request(
                request.method,
                url,
                headers={name: _text(value) for name, value in request.headers.items()},
                data=request.body,
                proxy=proxy_url,
                proxy_headers=proxy_headers,
                allow_redirects=False,
            )
            came = await _whole(answer)
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise wire_error(error, url.host or "") from error
        under_way.answer, body = came, came.body
        headers: Any = dict(came.headers)
        response: Any = AioAWSResponse(str(answer.url), answer.status, headers, answer)
        if came.is_success and under_way.service:
            checked = believed(came, under_way.service, under_way.operation)
            body, under_way.members = checked.rest, checked.members
            under_way.unknown = unknown_at_top(checked.members)
        response._content = body  # noqa: SLF001  # where it keeps what it has read
        return response

    async def open(self, url: str, count: int) -> int:
        """Open connections for requests to come, without sending any; return how many.

        Takes no quota: the service sees connections made and nothing asked. Where one can't be
        made, the requests will say why.
        """
        proxy_url, _ = self._proxy(url)
        try:
            session = self._session(proxy_url)
        except WireError:
            return 0
        connector = cast("aiohttp.BaseConnector", session.connector)
        proxy = URL(proxy_url) if proxy_url else None
        made: list[aiohttp.connector.Connection] = []

        async def one() -> None:
            request = ClientRequest("GET", URL(url), session=session, proxy=proxy)
            with suppress(aiohttp.ClientError, TimeoutError, OSError):
                made.append(await connector.connect(request, [], session.timeout))

        try:
            async with anyio.create_task_group() as tasks:
                for _ in range(count):
                    tasks.start_soon(one)
        finally:
            for connection in made:
                connection.release()
        return len(made)


async def _whole(answer: aiohttp.ClientResponse) -> WireAnswer:
    """Return an answer read to its end; ForeignAnswerError for one beyond all bounds."""
    headers = {name.lower(): value for name, value in answer.headers.items()}
    came = WireAnswer(status=answer.status, headers=headers, body=b"")
    try:
        came = replace(came, body=await read_body(answer))
        return replace(came, body=inflated(came.body, headers.get("content-encoding", "")))
    except BodyError as error:
        if came.body and not came.is_success:
            return came  # a refusal is one, whatever can be read of it
        raise ForeignAnswerError(came, str(error)) from error


def _text(value: str | bytes) -> str:
    return value.decode("utf-8") if isinstance(value, bytes) else value
