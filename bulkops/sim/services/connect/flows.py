"""Flows: made, published, drafted and deleted.

A flow has what is published, a draft beside it, or both: `Content` is what is published, or the
draft of one that never was, and `Draft` what was written to `:$SAVED` since. Deleting checks no
use: Amazon Connect models no such refusal, so that what refers to a flow leads nowhere after it.
That a search fills Content was not established, so it does not.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

from bulkops.sim.services.connect.flow_versions import FLOW_ALIAS, FLOW_VERSION, drop_versions
from bulkops.sim.services.connect.listing import (
    NAMED,
    STAMPS,
    Handler,
    Members,
    ReadOperations,
    same,
    shown,
)
from bulkops.sim.services.connect.names import check_new
from bulkops.sim.services.connect.resource_quotas import room_for
from bulkops.sim.services.connect.search_criteria import Leaves, member_is
from bulkops.sim.services.connect.tags import checked_tags
from bulkops.sim.services.flow_language.content import check_content
from bulkops.sim.state.refusals import ServiceError, invalid, not_found, refused
from bulkops.sim.state.tables import StoredThing
from bulkops.sim.state.world import WorldSession

KIND = "contact-flow"
SAVED = "$SAVED"
LATEST = "$LATEST"


def create_flow(session: WorldSession, params: Mapping[str, Any]) -> Members:
    """Make a flow; what is to be published must be a flow, a draft may be any JSON."""
    status = params.get("Status", "PUBLISHED")
    content = params["Content"]
    check_content(session, content, params["Type"], draft=status != "PUBLISHED")
    check_new(session, KIND, params["Name"])
    room_for(session, KIND)
    flow = session.create(
        KIND,
        {
            **{name: params.get(name) for name in ("Name", "Type", "Description", "Content")},
            "State": "ACTIVE",
            "Status": status,
            "Tags": checked_tags(params.get("Tags", {})),
        },
    )
    digest = {"FlowContentSha256": sha256(content)}
    return {"ContactFlowId": flow["Id"], "ContactFlowArn": flow["Arn"], **digest}


def sha256(content: str) -> str:
    """Return the checksum of a content, in 64 digits."""
    return hashlib.sha256(content.encode("utf-8", "surrogatepass")).hexdigest()


def named_flow(session: WorldSession, given: str) -> tuple[str, str]:
    """Return the id of the flow that an id or ARN names, and what stands behind it."""
    before = f"{session.instance.arn}/{KIND}/"
    if given.startswith("arn:") and not given.startswith(before):
        raise not_found("contact flow")
    flow_id, _, qualifier = given.removeprefix(before).partition(":")
    return flow_id, qualifier


def true_flow(session: WorldSession, given: str) -> StoredThing:
    """Return what is true of a flow that is named without a version."""
    flow_id, qualifier = named_flow(session, given)
    if qualifier:
        raise invalid("ContactFlowId must be of the flow itself.")
    return session.need(KIND, flow_id)


def describe(session: WorldSession, params: Members) -> Members:
    """Return a flow as it is published, its draft behind `:$SAVED`, or one of its versions.

    Where there is no draft beside what is published, that is what would be drafted on.
    """
    flow_id, qualifier = named_flow(session, params["ContactFlowId"])
    flow = session.see(KIND, flow_id)
    version: Members = {}
    if qualifier == SAVED:
        flow = {**flow, "Content": flow.get("Draft", flow["Content"]), "Status": "SAVED"}
    elif qualifier not in {"", LATEST}:
        version = session.see(FLOW_VERSION, f"{flow_id}:{qualifier}")
        flow = {**flow, "Content": version["Content"]}
    elif flow["Status"] != "PUBLISHED":
        said = "The contact flow has not been published."
        raise ServiceError("ContactFlowNotPublishedException", said, 404)
    described = shown(flow, WHOLE) | {"FlowContentSha256": sha256(flow["Content"])}
    return {"ContactFlow": described | shown(version, same("Version", "VersionDescription"))}


def update_content(session: WorldSession, params: Members) -> Members:
    """Publish a content at once, or write the draft behind `:$SAVED`, which nobody meets yet."""
    flow_id, qualifier = named_flow(session, params["ContactFlowId"])
    if qualifier not in {"", SAVED}:
        raise invalid("ContactFlowId must be of the flow or of its draft.")
    flow, content = session.need(KIND, flow_id), params["Content"]
    check_content(session, content, flow["Type"], draft=qualifier == SAVED)
    if not qualifier:
        session.update(KIND, flow, Content=content, Draft=None, Status="PUBLISHED")
    elif flow["Status"] != "PUBLISHED":
        session.update(KIND, flow, Content=content)
    else:
        session.update(KIND, flow, Draft=None if content == flow["Content"] else content)
    return {}


def update_metadata(session: WorldSession, params: Mapping[str, Any]) -> Members:
    """Give a flow another name, description or state; what is not given stays."""
    flow = true_flow(session, params["ContactFlowId"])
    return with_metadata(session, KIND, flow, params, "ContactFlowState")


def update_name(session: WorldSession, params: Mapping[str, Any]) -> Members:
    """Give a flow another name or description."""
    flow = true_flow(session, params["ContactFlowId"])
    if not {"Name", "Description"} & {*params}:
        raise refused("Name or Description must be given.")
    return with_metadata(session, KIND, flow, params, "")


def with_metadata(
    session: WorldSession,
    kind: str,
    record: StoredThing,
    params: Mapping[str, Any],
    state: str,
) -> Members:
    """Give a flow or module what is given of a name, description, and state under that member."""
    given = {"Name": "Name", "Description": "Description", state: "State"}
    changed = {mine: params[theirs] for theirs, mine in given.items() if theirs in params}
    check_new(session, kind, str(changed.get("Name", record["Name"])), besides=record)
    session.update(kind, record, **changed)
    return {}


def delete_flow(session: WorldSession, params: Mapping[str, Any]) -> Members:
    """Delete a flow with its versions, whatever uses it."""
    flow = true_flow(session, params["ContactFlowId"])
    drop_versions(session, flow["Id"], FLOW_VERSION, FLOW_ALIAS)
    session.delete(KIND, flow["Id"])
    return {}


LEAVES: Leaves = {
    "TypeCondition": member_is("Type"),
    "StateCondition": member_is("State"),
    "StatusCondition": member_is("Status"),
}
FOUND = {
    **same("Arn", "Id", "Name", "Type", "State", "Status", "Description", "Tags"),
    **STAMPS,
}
WHOLE = {**FOUND, **same("Content")}
READING = ReadOperations(
    kind=KIND,
    listing=("ListContactFlows", "ContactFlowSummaryList"),
    summary={
        **same("Id", "Arn", "Name"),
        "ContactFlowType": "Type",
        "ContactFlowState": "State",
        "ContactFlowStatus": "Status",
    },
    describing=("DescribeContactFlow", "ContactFlowId", "ContactFlow"),
    whole=WHOLE,
    searching=("SearchContactFlows", "ContactFlows"),
    found=FOUND,
    fields=NAMED,
    narrowing={"ContactFlowTypes": "Type"},
    leaves=lambda _: LEAVES,
)

OPERATIONS: Mapping[str, Handler] = {
    **READING.operations(),
    "DescribeContactFlow": describe,
    "CreateContactFlow": create_flow,
    "UpdateContactFlowContent": update_content,
    "UpdateContactFlowMetadata": update_metadata,
    "UpdateContactFlowName": update_name,
    "DeleteContactFlow": delete_flow,
}
