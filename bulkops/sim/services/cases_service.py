"""The simulated Amazon Connect Cases: one request in, one reply or refusal out."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from typing import Any

from bulkops.sim.services.cases import (
    case_domains,
    case_fields,
    case_layouts,
    case_records,
    case_search,
    case_templates,
    related_items,
)
from bulkops.sim.services.connect.listing import Handler
from bulkops.sim.services.connect_service import (
    INVALID,
    Response,
    Rules,
    accepted,
    keeper,
    not_simulated,
)
from bulkops.sim.state.refusals import ServiceError
from bulkops.sim.state.world import Caller, SimulatedWorld, WorldSession

HANDLERS: Mapping[str, Handler] = {
    **case_domains.OPERATIONS,
    **case_fields.OPERATIONS,
    **case_layouts.OPERATIONS,
    **case_templates.OPERATIONS,
    **case_records.OPERATIONS,
    **case_search.OPERATIONS,
    **related_items.OPERATIONS,
}
PUT_OPTIONS = "BatchPutFieldOptions"
CASES_OPERATIONS = frozenset({*HANDLERS, PUT_OPTIONS})
"""The operations of Cases that are simulated."""


class Cases:
    """Amazon Connect Cases over the domains of a world's instances.

    `faults` are the codes that the next options are answered with, one each; empty: as they
    deserve.
    """

    def __init__(self, world: SimulatedWorld) -> None:
        self.rules = Rules("connectcases")
        self.faults: deque[str] = deque()
        self._world = world

    def respond(
        self, operation: str, params: Mapping[str, Any], now: float, caller: Caller
    ) -> Response:
        """Answer a request; a write that is accepted has been committed to the world."""
        given = {name: value for name, value in params.items() if value is not None}
        home = keeper(self._world, caller, case_domains.DOMAIN, given.get("domainId", ""))
        session = WorldSession(self._world, home, operation, now)
        try:
            self.rules.check(operation, given)
            reply = self._reply(session, given)
        except ServiceError as error:
            if error.code in INVALID:
                raise ServiceError("ValidationException", error.message) from error
            raise
        return accepted(self._world, session, reply)

    def _reply(self, session: WorldSession, given: Mapping[str, Any]) -> Mapping[str, Any]:
        operation = session.operation
        if operation == PUT_OPTIONS:
            drawn = min(len(self.faults), len(given["options"]))
            codes = {place: self.faults.popleft() for place in range(drawn)}
            return case_fields.put_options(session, given, codes)
        if operation not in HANDLERS:
            raise not_simulated("connectcases", operation)
        return HANDLERS[operation](session, given)
