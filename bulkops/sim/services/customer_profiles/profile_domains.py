"""The domains in which profiles lie: each beside one instance, and found by its name alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bulkops.sim.services.connect.listing import Members
from bulkops.sim.services.connect.pages import page_of
from bulkops.sim.state.refusals import ServiceError
from bulkops.sim.state.tables import StoredThing
from bulkops.sim.state.world import SimulatedInstance, WorldSession, moment

DOMAIN = "profile-domain"
PROFILE = "customer-profile"
OBJECT = "profile-object"
OBJECT_TYPE = "profile-object-type"
PREDEFINED = frozenset(
    {
        *("_account", "_profileId", "_assetId", "_caseId", "_orderId", "_fullName", "_phone"),
        *("_email", "_ctrContactId", "_marketoLeadId", "_salesforceAccountId"),
        *("_salesforceContactId", "_salesforceAssetId", "_zendeskUserId", "_zendeskExternalId"),
        *("_zendeskTicketId", "_serviceNowSystemId", "_serviceNowIncidentId", "_segmentUserId"),
        *("_shopifyCustomerId", "_shopifyOrderId"),
    }
)
"""Search keys that every domain knows (Customer Profiles API reference, SearchProfiles)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DomainView:
    """One request's view of a domain, and of what lies in it."""

    name: str
    session: WorldSession

    def lying(self, kind: str, *, searched: bool = False) -> list[tuple[int, StoredThing]]:
        """Return what a read that may lag sees of a kind, numbered in the order of making."""
        seen = self.session.see_all(kind, searched=searched)
        return [pair for pair in seen if pair[1]["Domain"] == self.name]

    def true(self, kind: str) -> list[StoredThing]:
        """Return what is true of a kind."""
        return [record for record in self.session.all(kind) if record["Domain"] == self.name]

    def need(self, kind: str, thing_id: str, noun: str) -> StoredThing:
        """Return what is true of an id; ResourceNotFoundException where there is nothing."""
        found = self.session.table(kind).get(thing_id)
        if found is None or found["Domain"] != self.name:
            raise absent(noun)
        return found

    def type_of(self, name: str) -> StoredThing:
        """Return an object type; ResourceNotFoundException where the domain has none such."""
        return self.need(OBJECT_TYPE, type_id(self.name, name), "object type")

    def check_key(self, name: str) -> None:
        """Refuse a search key that neither the service nor an object type defines."""
        defined = (key for each in self.true(OBJECT_TYPE) for key in each["Keys"])
        if name not in PREDEFINED and name not in defined:
            raise bad(f"The key {name} is not defined in this domain.")


def type_id(domain: str, name: str) -> str:
    """Return the id under which an object type is kept."""
    return f"{domain} {name}"


def bad(message: str) -> ServiceError:
    """Return the one refusal that the service has for every fault of a request."""
    return ServiceError("BadRequestException", message, 400)


def absent(noun: str) -> ServiceError:
    """Return the refusal of what is not there, or is not the caller's to see."""
    return ServiceError("ResourceNotFoundException", f"The {noun} does not exist.", 404)


def has_domain(instance: SimulatedInstance, name: str) -> bool:
    """Tell whether a domain is the one beside an instance."""
    return instance.tables[DOMAIN].get(name) is not None


def listed(domains: list[StoredThing], params: Members, now: float) -> Mapping[str, Any]:
    """Return a page of domains, as ListDomains shows them."""
    page = page_of(list(enumerate(domains, start=1)), "ListDomains", params, now)
    return page.reply("Items", [_shown(each) for each in page.items])


def described(view: DomainView, _params: Members) -> Members:
    """Return a domain with what it counts, as GetDomain shows it."""
    record = view.session.table(DOMAIN).get(view.name)
    days = {} if record is None else {"DefaultExpirationDays": record["DefaultExpirationDays"]}
    profiles, objects = len(view.true(PROFILE)), len(view.true(OBJECT))
    stats = {"ProfileCount": profiles, "MeteringProfileCount": profiles, "ObjectCount": objects}
    return {**_shown(record or {}), **days, "Stats": {**stats, "TotalSize": 0}}


def _shown(record: Mapping[str, Any]) -> Mapping[str, Any]:
    times = {name: moment(record["LastModifiedTime"]) for name in ("CreatedAt", "LastUpdatedAt")}
    return {"DomainName": record["Name"], **times}
