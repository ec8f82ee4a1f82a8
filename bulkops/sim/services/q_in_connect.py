"""The simulated Q in Connect: one request in, one reply or refusal out, at a given time."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bulkops.sim.services.connect.listing import Handler
from bulkops.sim.services.connect_service import Response, Rules
from bulkops.sim.services.qconnect import (
    contents,
    knowledge_bases,
    quick_response_search,
    quick_responses,
    uploads,
)
from bulkops.sim.state.refusals import ServiceError
from bulkops.sim.state.world import Caller, SimulatedInstance, SimulatedWorld, WorldSession

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
            said = f"The simulator does not know qconnect:{operation}."
            raise ServiceError("UnsupportedOperationException", said)
        session = WorldSession(self.world, self._home(given, caller), operation, now)
        reply = HANDLERS[operation](session, given)
        commit = session.commit()
        if commit is not None:
            self.world.commit(commit)
        return Response(data=reply, commit=commit)

    def _home(self, params: Mapping[str, Any], caller: Caller) -> SimulatedInstance:
        """Return the instance beside which the knowledge base is kept, or the caller's first."""
        own = [one for one in self.world.instances.values() if one.belongs_to(caller)]
        base = params.get("knowledgeBaseId")
        for instance in own:
            if instance.tables[knowledge_bases.KIND].get(str(base)) is not None:
                return instance
        if not own:
            raise ServiceError("AccessDeniedException", "There is nothing of this account here.")
        return own[0]
