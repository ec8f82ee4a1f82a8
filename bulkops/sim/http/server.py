"""The simulator over HTTP, for any AWS client that takes an endpoint URL."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace

import anyio
from aiohttp import web

from bulkops.sim.core.fault_injection import FOREIGN, Mishap
from bulkops.sim.core.simulation_config import SimConfig
from bulkops.sim.core.simulator import SimulatedRequest, Simulator, Ticket
from bulkops.sim.http.auth import Authenticator, Key, Visitor
from bulkops.sim.http.fault_controls import CONTROL, control
from bulkops.sim.http.foreign_answers import instead
from bulkops.sim.http.json_protocols import HttpReply, HttpRequest
from bulkops.sim.http.protocols import Protocol, protocols
from bulkops.sim.http.upload_protocol import UPLOADS
from bulkops.sim.services.qconnect.uploads import PREFIX, UPLOADED_TO
from bulkops.sim.state.ids import identifier
from bulkops.sim.state.refusals import ServiceError
from bulkops.sim.state.world import Caller

SILENT = frozenset({"cut", "refuse", "hang", "late"})
SHUTDOWN = 1.0
"""Seconds that requests under way get when the server stops."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ServerConfig:
    """Where a server listens, whom it lets in, and what it simulates."""

    host: str = "127.0.0.1"
    port: int = 0
    """0: any free one."""
    simulation: SimConfig = field(default_factory=SimConfig)
    keys: Mapping[str, Key] = field(default_factory=lambda: {"test": Key(secret="test")})  # noqa: S106
    strict_credentials: bool = False
    """Refuse access keys that are not among `keys`."""


class Server:
    """Answers HTTP requests from one simulation."""

    def __init__(self, config: ServerConfig, simulator: Simulator | None = None) -> None:
        self.simulator = simulator or Simulator(config.simulation)
        self._authenticator = Authenticator(
            self.simulator.world,
            config.keys,
            self.simulator.sessions,
            strict=config.strict_credentials,
        )
        self._turned_away = 0

    async def handle(self, received: web.BaseRequest) -> web.StreamResponse:
        """Answer one HTTP request."""
        body = await received.read()
        path, _, query = received.raw_path.partition("?")
        if path.startswith(CONTROL):
            self.simulator.land(time.time())
            return _response(control(self.simulator, received.method, path, query, body))
        request = HttpRequest(
            method=received.method,
            path=path,
            query=query,
            headers={name.lower(): value for name, value in received.headers.items()},
            body=body,
        )
        reply = await self._reply(request)
        if reply is None:
            _cut(received)
            return web.Response()
        return _response(reply)

    async def _reply(self, request: HttpRequest) -> HttpReply | None:
        """Return the reply to a request, or None where the connection is to be cut."""
        protocol = protocols()[_addressed(request)]
        try:
            visitor = self._admitted(request)
            protocol = protocols()[visitor.service]
            operation, params = protocol.parse(request)
        except ServiceError as error:
            self._turned_away += 1
            return protocol.render_error(error, identifier("gate", self._turned_away))
        asked = SimulatedRequest(
            service=visitor.service,
            operation=operation,
            params=params,
            caller=visitor.caller,
            access_key=visitor.access_key,
        )
        reply = await self._answer(protocol, self.simulator.send(asked, time.time()))
        return reply and _with_own_host(reply, request)

    def _admitted(self, request: HttpRequest) -> Visitor:
        """Return who asks: of a signed address, anyone who has it."""
        if _addressed(request) == UPLOADS:
            first = next(iter(self.simulator.world.instances.values()))
            caller = Caller(account=first.account, region=first.region)
            return Visitor(service=UPLOADS, caller=caller, access_key="")
        return self._authenticator.admit(request, time.time())

    async def _answer(self, protocol: Protocol, ticket: Ticket) -> HttpReply | None:
        await anyio.sleep(ticket.outward)
        answer = self.simulator.act(ticket, time.time())
        await anyio.sleep(ticket.back)
        mishap = ticket.mishap
        if mishap is not None and mishap.kind in SILENT:
            await _keep_silent(mishap)
            return None
        if mishap is not None and mishap.kind in FOREIGN:
            return instead(mishap.kind, protocol, ticket.request.operation, answer)
        if answer.error is not None:
            return protocol.render_error(answer.error, answer.request_id)
        return protocol.render(ticket.request.operation, answer.data, answer.request_id)


async def _keep_silent(mishap: Mishap) -> None:
    if mishap.kind == "hang":
        await anyio.sleep(mishap.seconds)


def _with_own_host(reply: HttpReply, request: HttpRequest) -> HttpReply:
    """Return a reply whose signed addresses lead to this server."""
    away = UPLOADED_TO.encode()
    if away not in reply.body:
        return reply
    here = f"http://{request.headers.get('host', '')}".encode()
    return replace(reply, body=reply.body.replace(away, here))


def _addressed(request: HttpRequest) -> str:
    """Return the service that a request looks like it is for, to word a refusal of it."""
    if request.path.startswith(PREFIX):
        return UPLOADS
    if "x-amz-target" in request.headers:
        return "service-quotas"
    form = request.headers.get("content-type", "").startswith("application/x-www-form")
    return "sts" if form else "connect"


def _cut(received: web.BaseRequest) -> None:
    if received.transport is not None:
        received.transport.abort()


def _response(reply: HttpReply) -> web.Response:
    return web.Response(status=reply.status, headers=dict(reply.headers), body=reply.body)


@asynccontextmanager
async def serve(config: ServerConfig, simulator: Simulator | None = None) -> AsyncIterator[str]:
    """Serve a simulation while the context is open; yields the base URL."""
    server = Server(config, simulator)
    runner = web.ServerRunner(web.Server(server.handle), shutdown_timeout=SHUTDOWN)
    await runner.setup()
    try:
        site = web.TCPSite(runner, config.host, config.port)
        await site.start()
        host, port = runner.addresses[0][:2]
        yield f"http://{host}:{port}"
    finally:
        await runner.cleanup()


async def run_server(config: ServerConfig, on_ready: Callable[[str], None]) -> None:
    """Serve a simulation until cancelled; `on_ready` is told the base URL."""
    async with serve(config) as url:
        on_ready(url)
        await anyio.sleep_forever()
