"""The simulated Customer Profiles: one request in, one reply or refusal out, at a given time.

Every fault of a request is a BadRequestException: the service has no other, and no conflict.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from bulkops.sim.services.connect.listing import Members
from bulkops.sim.services.connect_service import INVALID, Response, Rules, accepted, not_simulated
from bulkops.sim.services.customer_profiles import (
    object_types,
    profile_domains,
    profile_objects,
    profile_searches,
    profiles,
)
from bulkops.sim.services.customer_profiles.profile_domains import DOMAIN, DomainView, absent
from bulkops.sim.state.refusals import ServiceError
from bulkops.sim.state.world import Caller, SimulatedWorld, WorldSession

HANDLERS: Mapping[str, Callable[[DomainView, Members], Members]] = {
    "AddProfileKey": profiles.add_key,
    "BatchGetProfile": profiles.get_several,
    "CreateProfile": profiles.create,
    "DeleteProfile": profiles.delete,
    "DeleteProfileKey": profiles.delete_key,
    "DeleteProfileObject": profile_objects.delete,
    "GetDomain": profile_domains.described,
    "GetProfileObjectType": object_types.described,
    "ListProfileObjectTypes": object_types.listed,
    "ListProfileObjects": profile_objects.listed,
    "MergeProfiles": profiles.merge,
    "PutProfileObject": profile_objects.put,
    "SearchProfiles": profile_searches.search,
    "UpdateProfile": profiles.update,
}


class CustomerProfiles:
    """Customer Profiles over a world of instances, each with the domains beside it."""

    def __init__(self, world: SimulatedWorld) -> None:
        self.rules = Rules("customer-profiles")
        self._world = world

    def respond(
        self, operation: str, params: Mapping[str, Any], now: float, caller: Caller
    ) -> Response:
        """Answer a request; a write that is accepted has been committed to the world."""
        given = {name: value for name, value in params.items() if value is not None}
        try:
            return self._answered(operation, given, now, caller)
        except ServiceError as error:
            if error.code in INVALID:
                raise ServiceError("BadRequestException", error.message, 400) from error
            raise

    def _answered(self, operation: str, given: Members, now: float, caller: Caller) -> Response:
        self.rules.check(operation, given)
        if operation == "ListDomains":
            return Response(data=self._domains(given, now, caller))
        if operation not in HANDLERS:
            raise not_simulated("customer-profiles", operation)
        view = self._view(given["DomainName"], operation, now, caller)
        reply = HANDLERS[operation](view, given)
        return accepted(self._world, view.session, reply)

    def _view(self, name: str, operation: str, now: float, caller: Caller) -> DomainView:
        for instance in self._world.instances.values():
            if instance.belongs_to(caller) and profile_domains.has_domain(instance, name):
                session = WorldSession(self._world, instance, operation, now)
                return DomainView(name=name, session=session)
        raise absent("domain")

    def _domains(self, params: Members, now: float, caller: Caller) -> Members:
        own = [each for each in self._world.instances.values() if each.belongs_to(caller)]
        domains = [record for each in own for record in each.tables[DOMAIN].all()]
        return profile_domains.listed(domains, params, now)
