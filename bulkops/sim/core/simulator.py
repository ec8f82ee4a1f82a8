"""One simulation: world, quotas, faults and request log around the services' answers."""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from bulkops.definition.iam.action_names import actions_of
from bulkops.sim.core.fault_injection import Fate, Faults, Mishap
from bulkops.sim.core.request_log import Entry, RequestLog, key_of
from bulkops.sim.core.seed import new_world
from bulkops.sim.core.simulation_config import SimConfig
from bulkops.sim.services.access_management import Iam
from bulkops.sim.services.account_services import ServiceQuotas
from bulkops.sim.services.campaigns_service import Campaigns
from bulkops.sim.services.cases_service import Cases
from bulkops.sim.services.connect_service import Connect, Response, Service
from bulkops.sim.services.customer_profiles_service import CustomerProfiles
from bulkops.sim.services.item_services import SERVICES, ItemService
from bulkops.sim.services.q_in_connect import QInConnect
from bulkops.sim.services.qconnect.uploads import Uploads
from bulkops.sim.services.security_tokens import Sts
from bulkops.sim.state.ids import identifier
from bulkops.sim.state.permissions import EVERYTHING
from bulkops.sim.state.refusals import ServiceError, throttled
from bulkops.sim.state.sessions import RoleSessions
from bulkops.sim.state.throttle import Buckets
from bulkops.sim.state.world import Caller, SimulatedWorld

CARRIED_OUT = frozenset({"slow", "late"})
"""Mishaps that delay a request and are all that befalls it."""
SIGNED_SECONDS = 300.0
"""How far a request's date may be from the service's (AWS General Reference, Signature V4)."""
UNSIGNED = "uploads"
"""Files are put to addresses that were signed for it: whoever has one may."""
THROTTLES = frozenset({"ThrottlingException", "TooManyRequestsException"})


@dataclass(frozen=True, slots=True, kw_only=True)
class SimulatedRequest:
    """One request as a skin of the simulator received it."""

    service: str
    operation: str
    params: Mapping[str, Any]
    caller: Caller
    access_key: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ticket:
    """A request on its way, with what fate has in store for it."""

    request: SimulatedRequest
    number: int
    request_id: str
    """The id that the answer bears."""
    mishap: Mishap | None
    outward: float
    """Seconds until it arrives."""
    back: float
    """Seconds that its answer takes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What the service says to a request; whether that arrives is the mishap's business."""

    request_id: str
    data: Mapping[str, Any] = field(default_factory=dict)
    error: ServiceError | None = None


class Simulator:
    """Answers requests in two steps: `send` when one leaves, `act` when it arrives."""

    def __init__(self, config: SimConfig, world: SimulatedWorld | None = None) -> None:
        self.config = config
        self.world = world or new_world(config)
        self.buckets = Buckets(config.rates, speed=config.speed)
        self.request_log = RequestLog()
        self.permissions = config.permissions
        """What callers may do; others may be put in their place."""
        self.sessions = RoleSessions()
        self._services: Mapping[str, Service] = {
            "connect": Connect(self.world),
            "customer-profiles": CustomerProfiles(self.world),
            "qconnect": QInConnect(self.world),
            "uploads": Uploads(self.world),
            "service-quotas": ServiceQuotas(self.buckets, self.world.limits),
            "sts": Sts(self.world, self.sessions, lambda: self.permissions),
            "iam": Iam(self.sessions, lambda: self.permissions),
            "connectcases": Cases(self.world),
            "connectcampaignsv2": Campaigns(self.world),
            **{name: ItemService(name, self.world) for name in SERVICES},
        }
        self._fate = Fate(config.faults)
        self._calls: Counter[tuple[str, str]] = Counter()
        self._late: list[tuple[float, int, Ticket]] = []
        self._sent = 0
        self._begun: float | None = None

    def __repr__(self) -> str:
        return f"<Simulator {self.world!r} {self.request_log!r}>"

    def set_faults(self, faults: Faults) -> None:
        """Let other things go wrong from now on, counting calls from 1 again."""
        self._fate = Fate(faults)
        self._calls.clear()

    def send(self, request: SimulatedRequest, now: float) -> Ticket:
        """Give a request its number, and decide how long it travels and what goes wrong with it."""
        if self._begun is None:
            self._begun = now
        called = (request.service, request.operation)
        self._calls[called] += 1
        self._sent += 1
        faults = self._fate.faults
        seconds = faults.latency_of(*called, self._calls[called])
        mishap = self._fate.draw(
            *called,
            number=self._calls[called],
            elapsed=now - self._begun,
            access_key=request.access_key,
        )
        return Ticket(
            request=request,
            number=self._sent,
            request_id=identifier("request", self._begun, self._sent),
            mishap=mishap,
            outward=seconds * faults.latency.outward,
            back=seconds * (1 - faults.latency.outward) + _delay(mishap),
        )

    def act(self, ticket: Ticket, now: float) -> Answer:
        """Let a request arrive: it is throttled, refused or carried out, and recorded.

        A late one is only put aside, to arrive in its turn before whatever comes after it.
        """
        self.land(now)
        if ticket.mishap is not None and ticket.mishap.kind == "late":
            due = now + ticket.mishap.seconds
            heapq.heappush(self._late, (due, ticket.number, ticket))
            return Answer(request_id=ticket.request_id)
        return self._arrived(ticket, now)

    def land(self, now: float) -> None:
        """Let the late requests arrive that are due by now; `act` does so by itself."""
        while self._late and self._late[0][0] <= now:
            due, _, ticket = heapq.heappop(self._late)
            self._arrived(ticket, due)

    def _arrived(self, ticket: Ticket, now: float) -> Answer:
        response, error = Response(), None
        try:
            response = self._answer(ticket, now)
        except ServiceError as refusal:
            error = refusal
        effect = response.commit is not None
        if error is None:
            error = _imposed(ticket.mishap)
        self.request_log.add(_entry(ticket, now, error, effect=effect))
        if error is not None:
            return Answer(request_id=ticket.request_id, error=error)
        return Answer(request_id=ticket.request_id, data=response.data)

    def _answer(self, ticket: Ticket, now: float) -> Response:
        request, mishap = ticket.request, ticket.mishap
        if mishap is not None and mishap.kind == "late" and mishap.seconds > SIGNED_SECONDS:
            raise ServiceError("InvalidSignatureException", "Signature expired.", 403)
        if mishap is not None and mishap.kind not in CARRIED_OUT and not mishap.effect:
            imposed = _imposed(mishap)
            if imposed is not None:
                raise imposed
            return Response()
        self._permit(request)
        lane = (request.caller.account, request.caller.region, request.service, request.operation)
        if not self.buckets.take(lane, now):
            raise throttled(request.service, self.config.throttle_code)
        service = self._services.get(request.service)
        if service is None:
            raise ServiceError(
                "UnknownOperationException", f"The simulator has no service {request.service}."
            )
        return service.respond(request.operation, request.params, now, request.caller)

    def _permit(self, request: SimulatedRequest) -> None:
        """Refuse what the caller may not do; no permission is needed to ask who that is."""
        free = request.operation == "GetCallerIdentity" or request.service == UNSIGNED
        if free or self.permissions == EVERYTHING:
            return
        for action in actions_of(request.service, request.operation)[:1]:
            if self.permissions.decision(action) != "allowed":
                raise ServiceError(
                    "AccessDeniedException",
                    f"User: {request.caller.arn} is not authorized to perform: {action}",
                    403,
                )

    def unknown_members(self, request: SimulatedRequest) -> list[str]:
        """Return the paths of members that no client's model knows: they are never sent."""
        service = self._services.get(request.service)
        if service is None or request.operation not in service.rules:
            return []
        return service.rules.unknown(request.operation, request.params)


def _delay(mishap: Mishap | None) -> float:
    return mishap.seconds if mishap is not None and mishap.kind == "slow" else 0.0


def _imposed(mishap: Mishap | None) -> ServiceError | None:
    if mishap is None or mishap.kind != "error":
        return None
    return ServiceError(mishap.code, mishap.message or "Made to fail.", mishap.status)


def _entry(ticket: Ticket, now: float, error: ServiceError | None, *, effect: bool) -> Entry:
    request = ticket.request
    return Entry(
        number=ticket.number,
        at=now,
        service=request.service,
        operation=request.operation,
        key=key_of(request.operation, request.params),
        request_id=ticket.request_id,
        effect=effect,
        throttled=error is not None and error.code in THROTTLES,
        code="" if error is None else error.code,
        mishap="" if ticket.mishap is None else ticket.mishap.kind,
        access_key=request.access_key,
    )
