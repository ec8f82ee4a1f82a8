"""Modules of flows: published as soon as they are made, so that they must be whole at once.

That a read finds a draft of one, or a search its Content, was not established: neither does.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bulkops.sim.services.connect.client_tokens import once
from bulkops.sim.services.connect.flow_versions import MODULE_ALIAS, MODULE_VERSION, drop_versions
from bulkops.sim.services.connect.flows import with_metadata
from bulkops.sim.services.connect.listing import Handler, Members, ReadOperations, same, text
from bulkops.sim.services.connect.names import check_new
from bulkops.sim.services.connect.resource_quotas import room_for
from bulkops.sim.services.connect.search_criteria import Leaves, member_is
from bulkops.sim.services.connect.tags import checked_tags
from bulkops.sim.services.flow_language.actions import MODULE
from bulkops.sim.services.flow_language.content import check_content
from bulkops.sim.state.tables import StoredThing
from bulkops.sim.state.world import WorldSession

KIND = "contact-flow-module"


def create(session: WorldSession, params: Mapping[str, Any]) -> Members:
    """Make a module, which is published at once."""
    check_content(session, params["Content"], MODULE)
    check_new(session, KIND, params["Name"])
    room_for(session, KIND)
    module = session.create(
        KIND,
        {
            **{name: params.get(name) for name in ("Name", "Description", "Content")},
            "State": "ACTIVE",
            "Status": "PUBLISHED",
            "Tags": checked_tags(params.get("Tags", {})),
        },
    )
    return {"Id": module["Id"], "Arn": module["Arn"]}


def update_content(session: WorldSession, params: Mapping[str, Any]) -> Members:
    """Publish another content of a module, at once."""
    module = _true(session, params)
    check_content(session, params["Content"], MODULE)
    session.update(KIND, module, Content=params["Content"])
    return {}


def update_metadata(session: WorldSession, params: Mapping[str, Any]) -> Members:
    """Give a module another name, description or state; what is not given stays."""
    return with_metadata(session, KIND, _true(session, params), params, "State")


def delete(session: WorldSession, params: Mapping[str, Any]) -> Members:
    """Delete a module with its versions, whatever uses it."""
    module = _true(session, params)
    drop_versions(session, module["Id"], MODULE_VERSION, MODULE_ALIAS)
    session.delete(KIND, module["Id"])
    return {}


def _true(session: WorldSession, params: Members) -> StoredThing:
    """Return what is true of the module that a request names by its id or ARN."""
    given = str(params["ContactFlowModuleId"])
    return session.need(KIND, given.removeprefix(f"{session.instance.arn}/flow-module/"))


LEAVES: Leaves = {
    "StateCondition": member_is("State"),
    "StatusCondition": member_is("Status"),
}
FOUND = same("Arn", "Id", "Name", "Description", "State", "Status", "Tags")
READING = ReadOperations(
    kind=KIND,
    listing=("ListContactFlowModules", "ContactFlowModulesSummaryList"),
    summary=same("Id", "Arn", "Name", "State"),
    describing=("DescribeContactFlowModule", "ContactFlowModuleId", "ContactFlowModule"),
    whole={**FOUND, **same("Content")},
    searching=("SearchContactFlowModules", "ContactFlowModules"),
    found=FOUND,
    fields={"name": text("Name"), "description": text("Description"), "resourceID": text("Id")},
    narrowing={"ContactFlowModuleState": "State"},
    leaves=lambda _: LEAVES,
)

OPERATIONS: Mapping[str, Handler] = {
    **READING.operations(),
    "CreateContactFlowModule": once(create),
    "UpdateContactFlowModuleContent": update_content,
    "UpdateContactFlowModuleMetadata": update_metadata,
    "DeleteContactFlowModule": delete,
}
