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
from bulkops.sim.services.connect_service import Response, Rules
from bulkops.sim.state.refusals import ServiceError
from bulkops.sim.state.world import Caller, SimulatedInstance, SimulatedWorld, WorldSession

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
_INVALID = frozenset({"InvalidParameterException", "InvalidRequestException"})


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
        session = WorldSession(self._world, self._home(given, caller), operation, now)
        try:
            self.rules.check(operation, given)
            reply = self._reply(session, given)
        except ServiceError as error:
            if error.code in _INVALID:
                raise ServiceError("ValidationException", error.message) from error
            raise
        commit = session.commit()
        if commit is not None:
            self._world.commit(commit)
        return Response(data=reply, commit=commit)

    def _reply(self, session: WorldSession, given: Mapping[str, Any]) -> Mapping[str, Any]:
        operation = session.operation
        if operation == PUT_OPTIONS:
            drawn = min(len(self.faults), len(given["options"]))
            codes = {place: self.faults.popleft() for place in range(drawn)}
            return case_fields.put_options(session, given, codes)
        if operation not in HANDLERS:
            said = f"The simulator does not know connectcases:{operation}."
            raise ServiceError("UnsupportedOperationException", said)
        return HANDLERS[operation](session, given)

    def _home(self, params: Mapping[str, Any], caller: Caller) -> SimulatedInstance:
        """Return the instance beside which the domain is kept; the first one, where none has it."""
        own = [one for one in self._world.instances.values() if one.belongs_to(caller)]
        if not own:
            raise ServiceError("AccessDeniedException", "There is nothing of this account here.")
        wanted = params.get("domainId", "")
        for one in own:
            if one.tables[case_domains.DOMAIN].get(wanted) is not None:
                return one
        return own[0]
