"""The simulator without a network: a client for the engine, on whatever clock its loop has."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import anyio

from bulkops.aws.credentials import ROLE_SESSION_NAME
from bulkops.aws.file_uploads import secrets_of, upload_fault, upload_outcome
from bulkops.aws.parsed_answers import outcome_of
from bulkops.aws.redaction import cleaned, secrets_in
from bulkops.aws.target_errors import refusal
from bulkops.aws.wire_answers import WireAnswer
from bulkops.definition.model.newer_members import PartlyKnown
from bulkops.pacing.error_codes import classify
from bulkops.pacing.replies import Fault, FaultClass, Outcome, Reply
from bulkops.sim.core.fault_injection import FOREIGN, ForeignKind, Mishap
from bulkops.sim.core.seed import BEGUN
from bulkops.sim.core.simulator import Answer, SimulatedRequest, Simulator, Ticket
from bulkops.sim.http.foreign_answers import instead
from bulkops.sim.http.protocols import protocols
from bulkops.sim.http.upload_protocol import PUT, UPLOADS
from bulkops.sim.services.qconnect.uploads import PREFIX
from bulkops.sim.state.newer import NEWER
from bulkops.sim.state.refusals import ServiceError
from bulkops.sim.state.world import Caller

Clock = Callable[[], float]
"""POSIX seconds."""

CLOSED = ("ConnectionClosedError", "Connection was closed before we received a valid response.")
NETWORK: Mapping[str, tuple[str, str]] = {
    "cut": CLOSED,
    "late": CLOSED,
    "refuse": ("EndpointConnectionError", "Could not connect to the endpoint URL."),
    "hang": ("ReadTimeoutError", "Read timeout on endpoint URL."),
}
"""Mishap → what botocore calls the same failure of the network."""


def virtual_clock() -> float:
    """Return POSIX seconds that pass with the running loop, from 2026-01-01 at its start."""
    return BEGUN + anyio.current_time()


class SimulatedClient:
    """`engine.ports.Client` of one account and Region, by default those of the first instance.

    `access_key` is what mishaps know its requests by; another one may be put in its place.
    """

    def __init__(
        self,
        simulator: Simulator,
        *,
        clock: Clock = virtual_clock,
        account: str = "",
        region: str = "",
        access_key: str = "",
    ) -> None:
        first = next(iter(simulator.world.instances.values()))
        self.simulator = simulator
        self.access_key = access_key
        self._clock = clock
        self._caller = Caller(account=account or first.account, region=region or first.region)

    def __repr__(self) -> str:
        return f"<SimulatedClient {self._caller.account} {self._caller.region} {self.simulator!r}>"

    def placed(self, region: str) -> SimulatedClient:
        """Return a client of the same simulation in another Region; empty: in the same one."""
        return SimulatedClient(
            self.simulator,
            clock=self._clock,
            account=self._caller.account,
            region=region or self._caller.region,
        )

    @property
    def region(self) -> str:
        """The Region that is called."""
        return self._caller.region

    @property
    def is_custom(self) -> bool:
        """Whether an endpoint of one's own is called in place of AWS's: it always is."""
        return True

    def endpoint(self, service: str) -> str:
        """Return what stands in for a service's URL in messages."""
        return f"the simulated {service}"

    async def assume(self, role_arn: str) -> None:
        """Call as a role from now on; TargetError where it may not be assumed."""
        asked = {"RoleArn": role_arn, "RoleSessionName": ROLE_SESSION_NAME}
        outcome = await self.call("sts", "AssumeRole", asked)
        if isinstance(outcome, Fault):
            endpoint = self.endpoint("sts")
            raise refusal(outcome, service="sts", operation="AssumeRole", endpoint=endpoint)
        self.access_key = outcome.data["Credentials"]["AccessKeyId"]
        self._caller = Caller(
            account=role_arn.split(":")[4],
            region=self._caller.region,
            access_key=self.access_key,
            role_arn=outcome.data["AssumedRoleUser"]["Arn"],
        )

    async def call(self, service: str, operation: str, params: Mapping[str, Any]) -> Outcome:
        """Send one request and return what came of it.

        Cancelled before it arrives, it has no effect; cancelled while the answer is under way,
        it has.
        """
        sent = plain(params)
        request = SimulatedRequest(
            service=service,
            operation=operation,
            params=sent,
            caller=self._caller,
            access_key=self.access_key,
        )
        strays = self.simulator.unknown_members(request)
        if strays:
            return _refused_here(strays)
        return await self._there_and_back(request)

    async def upload(self, url: str, headers: Mapping[str, str], body: bytes) -> Outcome:
        """Put a file to an address that the simulator has given away."""
        target = url[url.find(PREFIX) :]
        request = SimulatedRequest(
            service=UPLOADS,
            operation=PUT,
            params={"target": target, "headers": dict(headers), "body": body},
            caller=self._caller,
        )
        outcome = await self._there_and_back(request)
        return cleaned(outcome, secrets_of(url))

    async def _there_and_back(self, request: SimulatedRequest) -> Outcome:
        ticket = self.simulator.send(request, self._clock())
        if ticket.mishap is not None and ticket.mishap.kind == "refuse":
            return _network_fault(ticket, sent=False)
        await anyio.sleep(ticket.outward)
        answer = self.simulator.act(ticket, self._clock())
        await anyio.sleep(ticket.back)
        return await _outcome(ticket, answer)


async def _outcome(ticket: Ticket, answer: Answer) -> Outcome:
    mishap = ticket.mishap
    if mishap is not None and mishap.kind in NETWORK:
        await anyio.sleep(_silence(mishap))
        return _network_fault(ticket, sent=True)
    if mishap is not None and mishap.kind in FOREIGN:
        return _foreign(mishap.kind, ticket.request, answer)
    if answer.error is not None:
        return _fault(ticket.request, answer.request_id, answer.error)
    return Reply(data=plain(answer.data), request_id=answer.request_id)


def _foreign(kind: ForeignKind, request: SimulatedRequest, answer: Answer) -> Outcome:
    """Return what the real client makes of such an answer, by the real client's own means."""
    protocol = protocols()[request.service]
    reply = instead(kind, protocol, request.operation, answer)
    wire = WireAnswer(status=reply.status, headers=reply.headers, body=reply.body)
    if request.service == UPLOADS:
        return upload_outcome(wire)
    secrets = secrets_in(request.service, request.operation, request.params)
    return cleaned(outcome_of(wire, request.service, request.operation), secrets)


def _silence(mishap: Mishap) -> float:
    return mishap.seconds if mishap.kind == "hang" else 0.0


def _fault(request: SimulatedRequest, request_id: str, error: ServiceError) -> Fault:
    if request.service == UPLOADS:
        said = f"The file was not taken: {error.message}"
        return upload_fault(error.code, said, error.status, request_id)
    operation = request.operation
    return Fault(
        fault_class=classify(
            error.code,
            http_status=error.status,
            sent=True,
            operation=operation,
            message=error.message,
        ),
        code=error.code,
        message=error.said,
        http_status=error.status,
        request_id=request_id,
    )


def _network_fault(ticket: Ticket, *, sent: bool) -> Fault:
    kind = "" if ticket.mishap is None else ticket.mishap.kind
    code, message = NETWORK[kind]
    operation = ticket.request.operation
    if ticket.request.service == UPLOADS:
        return upload_fault(code, message, 0)
    return Fault(
        fault_class=classify(code, http_status=0, sent=sent, operation=operation),
        code=code,
        message=message,
    )


def _refused_here(strays: Sequence[str]) -> Fault:
    return Fault(
        fault_class=FaultClass.REJECTED,
        code="ParamValidationError",
        message=f"Unknown parameters in input: {', '.join(strays)}",
    )


def plain(value: Any) -> Any:  # noqa: ANN401  # JSON in, JSON out
    """Return a copy made of dicts and lists alone: what is kept can't be changed from outside.

    Of what a thing holds as of a newer model, only the names are told, as of a real answer.
    """
    if isinstance(value, Mapping):
        known = {name: plain(inner) for name, inner in value.items() if name != NEWER}
        return PartlyKnown(known, [*value[NEWER]]) if NEWER in value else known
    if isinstance(value, list | tuple):
        return [plain(inner) for inner in value]
    return value
