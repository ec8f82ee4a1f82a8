"""What leads to a flow from outside: numbers, addresses and connectors."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bulkops.sim.services.connect.flows import true_flow
from bulkops.sim.services.connect.listing import Handler, Members
from bulkops.sim.services.connect.number_claims import LEADS
from bulkops.sim.services.connect.pages import page_of
from bulkops.sim.state.refusals import missing, not_found
from bulkops.sim.state.tables import StoredThing
from bulkops.sim.state.world import WorldSession

SMS = "SMS_PHONE_NUMBER"


def list_associations(session: WorldSession, params: Mapping[str, Any]) -> Members:
    """Return what leads to flows, of one type or of all, page by page."""
    wanted = params.get("ResourceType")
    numbered = [pair for pair in session.see_all(LEADS) if _is_listed(pair[1], wanted)]
    page = page_of(numbered, "ListFlowAssociations", params, session.now)
    return page.reply("FlowAssociationSummaryList", [_association(one) for one in page.items])


def _is_listed(record: StoredThing, wanted: str | None) -> bool:
    """Tell whether a listing shows it: numbers for text messages can't be listed."""
    type_ = record["ResourceType"]
    return bool(type_ != SMS if wanted is None else type_ == wanted)


def get_associations(session: WorldSession, params: Mapping[str, Any]) -> Members:
    """Return what some resources lead to; those that lead nowhere are left out."""
    if not params["ResourceIds"]:
        raise missing("ResourceIds")
    seen = _by_id(session)
    asked = [each.rpartition("/")[2] for each in params["ResourceIds"]]
    wanted = params.get("ResourceType")
    found = [seen[each] for each in asked if each in seen]
    kept = [one for one in found if _is_listed(one, wanted)]
    return {"FlowAssociationSummaryList": [_association(one) for one in kept]}


def get_association(session: WorldSession, params: Mapping[str, Any]) -> Members:
    """Return what one resource leads to; one that leads nowhere is refused."""
    found = _by_id(session).get(params["ResourceId"].rpartition("/")[2])
    if found is None or found["ResourceType"] != params["ResourceType"]:
        raise not_found("flow association")
    return _association(found)


def _by_id(session: WorldSession) -> Mapping[str, StoredThing]:
    return {str(one["Name"]).rpartition("/")[2]: one for _, one in session.see_all(LEADS)}


def _association(record: StoredThing) -> Members:
    members = ("FlowId", "ResourceType")
    return {"ResourceId": record["Name"], **{name: record[name] for name in members}}


def associate(session: WorldSession, params: Mapping[str, Any]) -> Members:
    """Have an address or a connector lead to a flow, in place of any other one."""
    flow = true_flow(session, params["FlowId"])
    leads = {"ResourceType": params["ResourceType"], "FlowId": flow["Id"]}
    session.put_named(LEADS, params["ResourceId"], leads)
    return {}


def disassociate(session: WorldSession, params: Mapping[str, Any]) -> Members:
    """Have an address or a connector lead nowhere."""
    found = session.table(LEADS).get(params["ResourceId"])
    if found is None or found["ResourceType"] != params["ResourceType"]:
        raise not_found("flow association")
    session.delete(LEADS, found["Id"])
    return {}


OPERATIONS: Mapping[str, Handler] = {
    "ListFlowAssociations": list_associations,
    "BatchGetFlowAssociation": get_associations,
    "GetFlowAssociation": get_association,
    "AssociateFlow": associate,
    "DisassociateFlow": disassociate,
}
