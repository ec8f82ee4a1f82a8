"""Agent statuses: made and changed, and never deleted."""

from __future__ import annotations

from collections.abc import Mapping

from bulkops.sim.services.connect.listing import Handler, Members
from bulkops.sim.services.connect.names import check_new
from bulkops.sim.services.connect.resource_quotas import room_for
from bulkops.sim.services.connect.tags import checked_tags
from bulkops.sim.state.refusals import invalid, refused
from bulkops.sim.state.world import WorldSession

CHANGED = ("Name", "Description", "State", "DisplayOrder")


def create(session: WorldSession, params: Members) -> Members:
    """Make a status, which agents choose by themselves: contacts are not routed to them then."""
    check_new(session, "agent-status", params["Name"])
    room_for(session, "agent-status")
    kept = {name: params[name] for name in CHANGED if name in params}
    tags = checked_tags(params.get("Tags", {}))
    status = session.create("agent-status", {**kept, "Type": "CUSTOM", "Tags": tags})
    return {"AgentStatusARN": status["Arn"], "AgentStatusId": status["Id"]}


def update(session: WorldSession, params: Members) -> Members:
    """Change a status; those by which contacts are routed or not at all stay enabled."""
    status = session.need("agent-status", params["AgentStatusId"])
    given: dict[str, object] = {name: params[name] for name in CHANGED if name in params}
    if params.get("ResetOrderNumber"):
        if "DisplayOrder" in given:
            raise invalid("DisplayOrder and ResetOrderNumber must not be given together.")
        given["DisplayOrder"] = None
    if not given:
        raise refused("Nothing to update is given.")
    check_new(session, "agent-status", str(given.get("Name", status["Name"])), besides=status)
    if given.get("State") == "DISABLED" and status["Type"] != "CUSTOM":
        raise refused("Only custom agent statuses can be disabled.")
    session.update("agent-status", status, **given)
    return {}


OPERATIONS: Mapping[str, Handler] = {
    "CreateAgentStatus": create,
    "UpdateAgentStatus": update,
}
