"""The simulated Q in Connect: one request in, one reply or refusal out, at a given time."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bulkops.sim.services.connect.listing import Handler
from bulkops.sim.services.connect_service import Response, Rules, accepted, keeper, not_simulated
from bulkops.sim.services.qconnect import (
    contents,
    knowledge_bases,
    quick_response_search,
    quick_responses,
    uploads,
)
from bulkops.sim.state.world import Caller, SimulatedWorld, WorldSession

HANDLERS: Mapping[str, Handler] = {
    **knowledge_bases.OPERATIONS,
    **quick_responses.OPERATIONS,
    **quick_response_search.OPERATIONS,
    **uploads.OPERATIONS,
    **contents.OPERATIONS,
}


class QInConnect:
    """Knowledge bases, each kept beside the instance that it is integrated with."""

    def __init__(self, world: SimulatedWorld) -> None:
        self.world = world
        self.rules = Rules("qconnect", invalid="ValidationException")

    def respond(
        self, operation: str, params: Mapping[str, Any], now: float, caller: Caller
    ) -> Response:
        """Answer a request; a write that is accepted has been committed to the world."""
        given = {name: value for name, value in params.items() if value is not None}
        self.rules.check(operation, given)
        if operation not in HANDLERS:
            raise not_simulated("qconnect", operation)
        base = str(given.get("knowledgeBaseId"))
        home = keeper(self.world, caller, knowledge_bases.KIND, base)
        session = WorldSession(self.world, home, operation, now)
        reply = HANDLERS[operation](session, given)
        return accepted(self.world, session, reply)
