"""Security profiles: what those who have them may do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bulkops.sim.services.connect.listing import Handler, Members
from bulkops.sim.services.connect.names import check_new
from bulkops.sim.services.connect.pages import page_of
from bulkops.sim.services.connect.resource_quotas import room_for
from bulkops.sim.services.connect.tags import checked_tags
from bulkops.sim.state.refusals import invalid, refused
from bulkops.sim.state.world import WorldSession

KIND = "security-profile"
LISTS = ("Permissions", "TagRestrictedResources", "HierarchyRestrictedResources", "Applications")
CHANGED = (
    "Description",
    "AllowedAccessControlTags",
    "AllowedAccessControlHierarchyGroupId",
    *LISTS,
)


def create(session: WorldSession, params: Mapping[str, Any]) -> Members:
    """Make a security profile, whose name must be new."""
    _check(session, params)
    name = params["SecurityProfileName"]
    if not name.strip():
        raise invalid("SecurityProfileName must not be blank.")
    check_new(session, KIND, name)
    room_for(session, KIND)
    members = {member: params.get(member) or None for member in CHANGED}
    tags = checked_tags(params.get("Tags", {}))
    owner = {"InstanceId": session.instance.id}
    made = session.create(KIND, {"Name": name, **owner, **members, "Tags": tags})
    return {"SecurityProfileId": made["Id"], "SecurityProfileArn": made["Arn"]}


def update(session: WorldSession, params: Mapping[str, Any]) -> Members:
    """Change what is given: a list replaces the list that was, and what is empty takes it away."""
    profile = session.need(KIND, params["SecurityProfileId"])
    given = {member: params[member] or None for member in CHANGED if member in params}
    if not given:
        raise refused("Something to change must be given.")
    _check(session, params)
    session.update(KIND, profile, **given)
    return {}


def _check(session: WorldSession, params: Mapping[str, Any]) -> None:
    for member in LISTS:
        _check_distinct(member, params.get(member, ()))
    if group := params.get("AllowedAccessControlHierarchyGroupId"):
        session.need("hierarchy-group", group)


def _check_distinct(member: str, values: Sequence[Any]) -> None:
    if len({repr(each) for each in values}) < len(values):
        raise invalid(f"{member} must not contain duplicates.")


def _listing(member: str) -> Handler:
    """Return what lists one of a profile's lists, page by page."""

    def list_(session: WorldSession, params: Mapping[str, Any]) -> Members:
        profile = session.see(KIND, params["SecurityProfileId"])
        numbered = list(enumerate(profile.get(member, ()), start=1))
        page = page_of(numbered, session.operation, params, session.now)
        return page.reply(member, page.items)

    return list_


OPERATIONS: Mapping[str, Handler] = {
    "CreateSecurityProfile": create,
    "UpdateSecurityProfile": update,
    "ListSecurityProfilePermissions": _listing("Permissions"),
    "ListSecurityProfileApplications": _listing("Applications"),
}
