"""Flows and their modules: made and deleted, and what leads to a flow from outside.

Deleting checks no use: Amazon Connect models no such refusal for either, so that what refers to
one goes on doing so and leads nowhere.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from bulkops.sim.services.connect.listing import Handler, Members, ReadOperations, same, text
from bulkops.sim.services.connect.names import check_new
from bulkops.sim.services.connect.number_claims import LEADS
from bulkops.sim.services.connect.pages import page_of
from bulkops.sim.services.connect.resource_quotas import room_for
from bulkops.sim.services.connect.search_criteria import Leaves, member_is
from bulkops.sim.services.connect.tags import checked_tags
from bulkops.sim.state.refusals import ServiceError, missing
from bulkops.sim.state.tables import StoredThing
from bulkops.sim.state.world import WorldSession

MOST_LETTERS = 256_000
MOST_ACTIONS = 250


def create_flow(session: WorldSession, params: Mapping[str, Any]) -> Members:
    """Make a flow; what is to be published must be a flow, a draft is taken as it is."""
    status = params.get("Status", "PUBLISHED")
    if status == "PUBLISHED":
        _check_content(params["Content"], "InvalidContactFlowException")
    check_new(session, "contact-flow", params["Name"])
    room_for(session, "contact-flow")
    flow = session.create(
        "contact-flow",
        {
            **{name: params.get(name) for name in ("Name", "Type", "Description", "Content")},
            "State": "ACTIVE",
            "Status": status,
            "Tags": checked_tags(params.get("Tags", {})),
        },
    )
    return {"ContactFlowId": flow["Id"], "ContactFlowArn": flow["Arn"]}


def create_module(session: WorldSession, params: Mapping[str, Any]) -> Members:
    """Make a module, which is published at once; a token sent again gives the one it made."""
    token = params.get("ClientToken")
    for module in session.all("contact-flow-module"):
        if token and module.get("ClientToken") == token:
            return {"Id": module["Id"], "Arn": module["Arn"]}
    _check_content(params["Content"], "InvalidContactFlowModuleException")
    check_new(session, "contact-flow-module", params["Name"])
    room_for(session, "contact-flow-module")
    module = session.create(
        "contact-flow-module",
        {
            **{name: params.get(name) for name in ("Name", "Description", "Content")},
            "State": "ACTIVE",
            "Status": "PUBLISHED",
            "ClientToken": token,
            "Tags": checked_tags(params.get("Tags", {})),
        },
    )
    return {"Id": module["Id"], "Arn": module["Arn"]}


def _check_content(content: str, code: str) -> None:
    """Refuse what is no flow: a start among its actions, each of which leads to one of them."""
    try:
        flow = json.loads(content)
    except ValueError:
        raise ServiceError(code, "Content is not JSON.") from None
    flow = flow if isinstance(flow, Mapping) else {}
    actions = flow.get("Actions")
    if flow.get("Version") != "2019-10-30" or not actions:
        raise ServiceError(code, "Missing required property. Path: Version or Actions")
    known = [action.get("Identifier") for action in actions]
    if len(content) > MOST_LETTERS or len(known) > MOST_ACTIONS or len(set(known)) < len(known):
        raise ServiceError(code, "Content is too large, or holds an Identifier twice.")
    if flow.get("StartAction") not in known:
        raise ServiceError(code, "Invalid value. Path: StartAction")
    for number, action in enumerate(actions):
        following = action.get("Transitions", {}).get("NextAction")
        if following is not None and following not in known:
            raise ServiceError(code, f"Invalid value. Path: Actions[{number}].Transitions")


def delete_flow(session: WorldSession, params: Mapping[str, Any]) -> Members:
    """Delete a flow, whatever uses it."""
    session.delete("contact-flow", session.need("contact-flow", params["ContactFlowId"])["Id"])
    return {}


def delete_module(session: WorldSession, params: Mapping[str, Any]) -> Members:
    """Delete a module, whatever uses it."""
    module = session.need("contact-flow-module", params["ContactFlowModuleId"])
    session.delete("contact-flow-module", module["Id"])
    return {}


def update_flow_metadata(session: WorldSession, params: Mapping[str, Any]) -> Members:
    """Give a flow another name, description or state; what is not given stays."""
    flow = session.need("contact-flow", params["ContactFlowId"])
    return _with_metadata(session, "contact-flow", flow, params, "ContactFlowState")


def update_module_metadata(session: WorldSession, params: Mapping[str, Any]) -> Members:
    """Give a module another name, description or state; what is not given stays."""
    module = session.need("contact-flow-module", params["ContactFlowModuleId"])
    return _with_metadata(session, "contact-flow-module", module, params, "State")


def _with_metadata(
    session: WorldSession,
    kind: str,
    record: StoredThing,
    params: Mapping[str, Any],
    state: str,
) -> Members:
    given = {"Name": "Name", "Description": "Description", state: "State"}
    changed = {mine: params[theirs] for theirs, mine in given.items() if theirs in params}
    check_new(session, kind, str(changed.get("Name", record["Name"])), besides=record)
    session.update(kind, record, **changed)
    return {}


def list_associations(session: WorldSession, params: Mapping[str, Any]) -> Members:
    """Return what leads to flows, of one type or of all, page by page."""
    wanted = params.get("ResourceType")
    numbered = [
        pair for pair in session.see_all(LEADS) if wanted in (None, pair[1]["ResourceType"])
    ]
    page = page_of(numbered, "ListFlowAssociations", params, session.now)
    return page.reply("FlowAssociationSummaryList", [_association(one) for one in page.items])


def get_associations(session: WorldSession, params: Mapping[str, Any]) -> Members:
    """Return what some resources lead to; those that lead nowhere are left out."""
    if not params["ResourceIds"]:
        raise missing("ResourceIds")
    seen = {str(one["Name"]).rpartition("/")[2]: one for _, one in session.see_all(LEADS)}
    asked = [each.rpartition("/")[2] for each in params["ResourceIds"]]
    wanted = params.get("ResourceType")
    found = [seen[each] for each in asked if each in seen]
    kept = [one for one in found if wanted in (None, one["ResourceType"])]
    return {"FlowAssociationSummaryList": [_association(one) for one in kept]}


def _association(record: StoredThing) -> Members:
    members = ("FlowId", "ResourceType")
    return {"ResourceId": record["Name"], **{name: record[name] for name in members}}


MODULE_LEAVES: Leaves = {
    "StateCondition": member_is("State"),
    "StatusCondition": member_is("Status"),
}
MODULE = same("Arn", "Id", "Name", "Content", "Description", "State", "Status", "Tags")
MODULES = ReadOperations(
    kind="contact-flow-module",
    listing=("ListContactFlowModules", "ContactFlowModulesSummaryList"),
    summary=same("Id", "Arn", "Name", "State"),
    describing=("DescribeContactFlowModule", "ContactFlowModuleId", "ContactFlowModule"),
    whole=MODULE,
    searching=("SearchContactFlowModules", "ContactFlowModules"),
    found=MODULE,
    fields={"name": text("Name"), "description": text("Description"), "resourceID": text("Id")},
    leaves=lambda _: MODULE_LEAVES,
)

OPERATIONS: Mapping[str, Handler] = {
    **MODULES.operations(),
    "CreateContactFlow": create_flow,
    "CreateContactFlowModule": create_module,
    "UpdateContactFlowMetadata": update_flow_metadata,
    "UpdateContactFlowModuleMetadata": update_module_metadata,
    "DeleteContactFlow": delete_flow,
    "DeleteContactFlowModule": delete_module,
    "ListFlowAssociations": list_associations,
    "BatchGetFlowAssociation": get_associations,
}
