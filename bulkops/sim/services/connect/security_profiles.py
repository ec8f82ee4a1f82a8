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


def list_permissions(session: WorldSession, params: Mapping[str, Any]) -> Members:
    """Return a profile's permissions, page by page."""
    profile = session.see(KIND, params["SecurityProfileId"])
    numbered = list(enumerate(profile.get("Permissions", ()), start=1))
    page = page_of(numbered, "ListSecurityProfilePermissions", params, session.now)
    token = {"NextToken": page.token} if page.token else {}
    return {"Permissions": list(page.items), **token}


def list_applications(session: WorldSession, params: Mapping[str, Any]) -> Members:
    """Return the applications that a profile gives access to, page by page."""
    profile = session.see(KIND, params["SecurityProfileId"])
    numbered = list(enumerate(profile.get("Applications", ()), start=1))
    page = page_of(numbered, "ListSecurityProfileApplications", params, session.now)
    token = {"NextToken": page.token} if page.token else {}
    return {"Applications": list(page.items), **token}


OPERATIONS: Mapping[str, Handler] = {
    "ListSecurityProfileApplications": list_applications,
    "CreateSecurityProfile": create,
    "UpdateSecurityProfile": update,
    "ListSecurityProfilePermissions": list_permissions,
}
