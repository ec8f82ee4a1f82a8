"""What is related to a case: comments, contacts and other cases."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bulkops.sim.services.cases.case_domains import (
    CASE,
    RELATED,
    domain_of,
    inside,
    quota_of,
    seen_inside,
    seen_of,
    true_of,
)
from bulkops.sim.services.cases.case_pages import lower_page
from bulkops.sim.services.cases.case_refusals import absent, over_quota, unfit
from bulkops.sim.services.connect.listing import Handler, Members
from bulkops.sim.state.tables import StoredThing
from bulkops.sim.state.world import WorldSession, moment

_CONTENT: Mapping[str, str] = {
    "Comment": "comment",
    "Contact": "contact",
    "ConnectCase": "connectCase",
}
"""Type of an item → the member of the union that holds it; the others are not simulated."""


def create(session: WorldSession, params: Members) -> Members:
    """Relate an item to a case: a second one that says the same is another one."""
    domain = domain_of(session, params)
    case = true_of(session, domain, CASE, params["caseId"])
    kind, content = params["type"], params["content"]
    if kind not in _CONTENT:
        raise unfit(f"The simulator relates no item of type {kind}.")
    if set(content) != {_CONTENT[kind]}:
        raise unfit("The content must have the one member that the type says.")
    there = sum(1 for each in inside(session, domain, RELATED) if each["CaseId"] == case["Id"])
    if there >= quota_of(session, RELATED):
        raise over_quota("related items of a case")
    if kind == "ConnectCase":
        true_of(session, domain, CASE, content["connectCase"]["caseId"])
    item = session.new_id()
    arn = f"{case['Arn']}/related-item/{item}"
    own = {"DomainId": domain["Id"], "CaseId": case["Id"], "Type": kind, "At": session.now}
    told = {**own, "Content": content, "By": params.get("performedBy")}
    kept = {name: value for name, value in told.items() if value is not None}
    session.put_named(
        RELATED, item, {**kept, "Id": item, "Name": f"{kind} {case['Name']}", "Arn": arn}
    )
    return {"relatedItemId": item, "relatedItemArn": arn}


def search(session: WorldSession, params: Members) -> Members:
    """Return the items of a case that the filters let through."""
    domain = domain_of(session, params)
    case = seen_of(session, domain, CASE, params["caseId"])
    numbered = [
        pair
        for pair in seen_inside(session, domain, RELATED, searched=True)
        if pair[1]["CaseId"] == case["Id"] and _passes(pair[1], params.get("filters", ()))
    ]
    return lower_page(session, numbered, params, "relatedItems", _shown)


def search_all(session: WorldSession, params: Members) -> Members:
    """Return the items of all cases of a domain that the filters let through."""
    numbered = [
        pair
        for pair in seen_inside(session, domain_of(session, params), RELATED, searched=True)
        if _passes(pair[1], params.get("filters", ()))
    ]
    return lower_page(
        session,
        numbered,
        params,
        "relatedItems",
        lambda item: {**_shown(item), "caseId": item["CaseId"]},
    )


def delete(session: WorldSession, params: Members) -> Members:
    """Delete an item of a case."""
    domain = domain_of(session, params)
    case = true_of(session, domain, CASE, params["caseId"])
    item = session.table(RELATED).get(params["relatedItemId"])
    if item is None or item["CaseId"] != case["Id"]:
        raise absent("RELATED_ITEM", params["relatedItemId"])
    session.delete(RELATED, item["Id"])
    return {}


def _passes(item: StoredThing, filters: Any) -> bool:  # noqa: ANN401  # as sent
    return not filters or any(_CONTENT[item["Type"]] in each for each in filters)


def _shown(item: StoredThing) -> Members:
    content = item["Content"]
    if item["Type"] == "Contact":
        more = {"channel": "VOICE", "connectedToSystemTime": moment(item["At"])}
        content = {"contact": {**content["contact"], **more}}
    by = {"performedBy": item["By"]} if "By" in item else {}
    return {
        "relatedItemId": item["Id"],
        "type": item["Type"],
        "associationTime": moment(item["At"]),
        "content": content,
        **by,
    }


OPERATIONS: Mapping[str, Handler] = {
    "CreateRelatedItem": create,
    "SearchRelatedItems": search,
    "SearchAllRelatedItems": search_all,
    "DeleteRelatedItem": delete,
}
