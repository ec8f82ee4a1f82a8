"""Outbound campaigns: one request in, one reply or refusal out, at a given time."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from typing import Any

from bulkops.sim.services.campaigns import campaign_settings, campaign_states, outbound_requests
from bulkops.sim.services.campaigns import campaign_tags as tags
from bulkops.sim.services.campaigns import campaigns as things
from bulkops.sim.services.campaigns.campaign_refusals import absent, invalid
from bulkops.sim.services.connect.listing import Handler
from bulkops.sim.services.connect_service import INVALID, Response, Rules, accepted, not_simulated
from bulkops.sim.state.refusals import ServiceError
from bulkops.sim.state.world import Caller, SimulatedInstance, SimulatedWorld, WorldSession

HANDLERS: Mapping[str, Handler] = {
    **things.OPERATIONS,
    **campaign_states.OPERATIONS,
    **campaign_settings.OPERATIONS,
    **tags.OPERATIONS,
}
OPERATIONS = frozenset({*HANDLERS, *outbound_requests.OPERATIONS})
"""The operations of campaigns that are simulated."""


class Campaigns:
    """The campaigns of a world of instances; `faults` are codes for the requests to come."""

    def __init__(self, world: SimulatedWorld) -> None:
        self.rules = Rules("connectcampaignsv2")
        self.faults: deque[str] = deque()
        """What the next requests to reach somebody are answered with; empty: as they deserve."""
        self._world = world

    def respond(
        self, operation: str, params: Mapping[str, Any], now: float, caller: Caller
    ) -> Response:
        """Answer a request; a write that is accepted has been committed to the world."""
        given = {name: value for name, value in params.items() if value is not None}
        self._check(operation, given)
        if operation not in OPERATIONS:
            raise not_simulated("connectcampaignsv2", operation)
        session = WorldSession(self._world, self._instance(given, caller), operation, now)
        taking = outbound_requests.OPERATIONS.get(operation)
        if taking is None:
            reply = HANDLERS[operation](session, given)
        else:
            reply = outbound_requests.take(session, taking, given, self.faults)
        return accepted(self._world, session, reply)

    def _check(self, operation: str, params: Mapping[str, Any]) -> None:
        """Refuse what the model does not allow, as this service calls it."""
        try:
            self.rules.check(operation, params)
        except ServiceError as error:
            if error.code in INVALID:
                raise invalid(error.message) from error
            raise

    def _instance(self, params: Mapping[str, Any], caller: Caller) -> SimulatedInstance:
        """Return the instance that a request names, or has the campaign that it names."""
        asked = params.get("filters", {}).get("instanceIdFilter", {}).get("value")
        named = params.get("connectInstanceId", asked)
        own = [each for each in self._world.instances.values() if each.belongs_to(caller)]
        if named is not None:
            return self._world.instance(named, caller)
        campaign = params.get("id", params.get("arn", "").rpartition("/")[2])
        there = (one for one in own if one.tables[things.KIND].get(campaign) is not None)
        found = next(there, own[0] if own and not campaign else None)
        if found is None:
            raise absent("campaign")
        return found
