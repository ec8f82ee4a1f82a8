"""Cases domains, and what is in one: found by ids that are unique to it, and bounded by quotas."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from bulkops.sim.services.cases.case_pages import lower_page
from bulkops.sim.services.cases.case_refusals import absent, clash, over_quota
from bulkops.sim.services.connect.listing import Handler, Members
from bulkops.sim.state.tables import StoredThing
from bulkops.sim.state.world import WorldSession, moment

DOMAIN = "case-domain"
FIELD = "case-field"
OPTION = "field-option"
LAYOUT = "case-layout"
TEMPLATE = "case-template"
CASE = "case"
RELATED = "case-related-item"

QUOTAS: Mapping[str, int] = {
    DOMAIN: 5,
    FIELD: 100,
    OPTION: 200,
    LAYOUT: 100,
    TEMPLATE: 100,
    RELATED: 200,
    "deleted-field": 100,
    "deleted-template": 100,
    "deleted-layout": 100,
}
"""What a domain may hold, a field of options and a case of related items.

What is deleted is from the service model's texts; the rest is not published any more, and stands
well above what the administrator guide said in 2023.
"""
_TYPES: Mapping[str, tuple[str, str]] = {
    FIELD: ("field", "FIELD"),
    LAYOUT: ("layout", "LAYOUT"),
    TEMPLATE: ("template", "TEMPLATE"),
    CASE: ("case", "CASE"),
}
"""Kind → its word in an ARN, and as a resourceType."""


def domain_of(session: WorldSession, params: Members) -> StoredThing:
    """Return the domain in which a request is asked; ResourceNotFoundException for none."""
    found = session.table(DOMAIN).get(params["domainId"])
    if found is None:
        raise absent("DOMAIN", params["domainId"])
    return found


def inside(session: WorldSession, domain: StoredThing, kind: str) -> Iterator[StoredThing]:
    """Yield what is truly in a domain of a kind, the deleted too."""
    return (each for each in session.all(kind) if each["DomainId"] == domain["Id"])


def seen_inside(
    session: WorldSession, domain: StoredThing, kind: str, *, searched: bool = False
) -> list[tuple[int, StoredThing]]:
    """Return what a lagging read sees in a domain, numbered, without what is deleted."""
    return [
        (number, each)
        for number, each in session.see_all(kind, searched=searched)
        if each["DomainId"] == domain["Id"] and not each.get("Deleted")
    ]


def true_of(session: WorldSession, domain: StoredThing, kind: str, thing_id: str) -> StoredThing:
    """Return what truly bears an id in a domain; ResourceNotFoundException for nothing."""
    return _own(domain, kind, thing_id, session.table(kind).get(thing_id))


def seen_of(session: WorldSession, domain: StoredThing, kind: str, thing_id: str) -> StoredThing:
    """Return what a lagging read sees of an id in a domain."""
    return _own(domain, kind, thing_id, session.table(kind).seen(thing_id, session.now))


def _own(domain: StoredThing, kind: str, thing_id: str, found: StoredThing | None) -> StoredThing:
    if found is None or found["DomainId"] != domain["Id"]:
        raise absent(_TYPES[kind][1], thing_id)
    return found


def make(
    session: WorldSession, domain: StoredThing, kind: str, members: Members, thing_id: str = ""
) -> StoredThing:
    """Ask for a new thing in a domain, under a drawn id unless one is given."""
    made = thing_id or session.new_id()
    arn = f"{domain['Arn']}/{_TYPES[kind][0]}/{made}"
    given = {name: value for name, value in members.items() if value is not None}
    own = {"Name": made, "CreatedAt": session.now, "DomainId": domain["Id"]}
    return session.put_named(kind, made, {**own, **given, "Id": made, "Arn": arn})


def check_own_name(
    session: WorldSession,
    domain: StoredThing,
    kind: str,
    name: str,
    besides: StoredThing | None = None,
) -> None:
    """Refuse a name that something in the domain has which is not deleted: ConflictException."""
    for each in inside(session, domain, kind):
        if each.get("Deleted") or (besides is not None and each["Id"] == besides["Id"]):
            continue
        if each["Name"].casefold() == name.casefold():
            raise clash("The name is in use in this domain.")


def quota_of(session: WorldSession, what: str) -> int:
    """Return how many of something there may be."""
    return session.world.limits.get(what, QUOTAS[what])


def check_room(session: WorldSession, domain: StoredThing, kind: str) -> None:
    """Refuse one more of a kind than a domain may have: ServiceQuotaExceededException."""
    there = sum(1 for each in inside(session, domain, kind) if not each.get("Deleted"))
    if there >= quota_of(session, kind):
        raise over_quota(f"{_TYPES[kind][0]}s")


def delete_softly(session: WorldSession, domain: StoredThing, kind: str, gone: StoredThing) -> None:
    """Mark a thing as deleted, as many of a kind as a domain keeps so."""
    noun = _TYPES[kind][0]
    deleted = sum(1 for each in inside(session, domain, kind) if each.get("Deleted"))
    if deleted >= quota_of(session, f"deleted-{noun}"):
        raise over_quota(f"deleted {noun}s")
    session.update(kind, gone, Deleted=True)


def stamps(record: StoredThing) -> Members:
    """Return when a thing was made and last changed, as the service shows it."""
    return {
        "createdTime": moment(record["CreatedAt"]),
        "lastModifiedTime": moment(record["LastModifiedTime"]),
        "deleted": bool(record.get("Deleted")),
    }


def list_domains(session: WorldSession, params: Members) -> Members:
    """Return the domains of the account, page by page."""
    numbered = session.see_all(DOMAIN)
    return lower_page(session, numbered, params, "domains", _summary)


def get_domain(session: WorldSession, params: Members) -> Members:
    """Return a domain."""
    domain = domain_of(session, params)
    created = moment(domain["CreatedAt"])
    return {**_summary(domain), "domainStatus": "Active", "createdTime": created}


def _summary(domain: StoredThing) -> Members:
    return {"domainId": domain["Id"], "domainArn": domain["Arn"], "name": domain["Name"]}


OPERATIONS: Mapping[str, Handler] = {"ListDomains": list_domains, "GetDomain": get_domain}
