"""Users: making, reading, changing and deleting them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from bulkops.sim.services.connect.listing import (
    STAMPS,
    Handler,
    Members,
    ReadOperations,
    same,
    shown,
    text,
)
from bulkops.sim.services.connect.names import check_new
from bulkops.sim.services.connect.proficiencies import proficiency_leaf
from bulkops.sim.services.connect.resource_quotas import room_for
from bulkops.sim.services.connect.search_criteria import Leaves, Test
from bulkops.sim.services.connect.tags import checked_tags
from bulkops.sim.services.connect.user_configs import CONFIGS, levelled
from bulkops.sim.services.connect.user_rules import (
    check_directory,
    check_identity_info,
    check_login,
    check_password,
    phone_config,
)
from bulkops.sim.state.refusals import invalid
from bulkops.sim.state.tables import StoredThing
from bulkops.sim.state.world import WorldSession

MILLISECONDS = 1000
ASSIGNED = ("SecurityProfileIds", "RoutingProfileId", "HierarchyGroupId", "DirectoryUserId")


def create_user(session: WorldSession, params: Mapping[str, Any]) -> Members:
    """Make a user, whose login must be new to the instance without regard to case."""
    identity = session.instance.identity
    check_login(params["Username"], identity)
    check_password(params, identity)
    check_directory(params, identity)
    check_identity_info(params.get("IdentityInfo", {}), identity)
    phone = phone_config(params["PhoneConfig"]) if "PhoneConfig" in params else None
    _check_assigned(session, params)
    tags = checked_tags(params.get("Tags", {}))
    check_new(session, "user", params["Username"])
    room_for(session, "user")
    user = session.create(
        "user",
        {
            "Name": params["Username"],
            "IdentityInfo": params.get("IdentityInfo"),
            "PhoneConfig": phone,
            "Tags": tags,
            **{member: params.get(member) for member in ASSIGNED},
        },
    )
    return {"UserId": user["Id"], "UserArn": user["Arn"]}


def _check_assigned(session: WorldSession, params: Mapping[str, Any]) -> None:
    for profile in params.get("SecurityProfileIds", ()):
        session.need("security-profile", profile)
    if "RoutingProfileId" in params:
        session.need("routing-profile", params["RoutingProfileId"])
    if "HierarchyGroupId" in params:
        session.need("hierarchy-group", params["HierarchyGroupId"])
    ids = params.get("SecurityProfileIds", ())
    if len(set(ids)) < len(ids):
        raise invalid("SecurityProfileIds must not contain duplicates.")


def delete_user(session: WorldSession, params: Mapping[str, Any]) -> Members:
    """Delete a user; its quick connects stay behind."""
    session.delete("user", session.need("user", params["UserId"])["Id"])
    return {}


def update_assigned(session: WorldSession, params: Mapping[str, Any]) -> Members:
    """Replace a user's routing profile, or its whole set of security profiles."""
    user = session.need("user", params["UserId"])
    _check_assigned(session, params)
    session.update("user", user, **{name: params[name] for name in ASSIGNED if name in params})
    return {}


def update_hierarchy(session: WorldSession, params: Mapping[str, Any]) -> Members:
    """Put a user into a hierarchy group, or out of any where none is given."""
    user = session.need("user", params["UserId"])
    _check_assigned(session, params)
    session.update("user", user, HierarchyGroupId=params.get("HierarchyGroupId"))
    return {}


def update_identity_info(session: WorldSession, params: Mapping[str, Any]) -> Members:
    """Replace a user's names and addresses: what is left out is gone."""
    user = session.need("user", params["UserId"])
    check_identity_info(params["IdentityInfo"], session.instance.identity)
    session.update("user", user, IdentityInfo=params["IdentityInfo"])
    return {}


def update_phone_config(session: WorldSession, params: Mapping[str, Any]) -> Members:
    """Replace a user's phone configuration; its time limit holds for all channels."""
    user = session.need("user", params["UserId"])
    phone = phone_config(params["PhoneConfig"])
    alike = levelled(user, phone["AfterContactWorkTimeLimit"])
    session.update("user", user, PhoneConfig=phone, **alike)
    return {}


def put_status(session: WorldSession, params: Mapping[str, Any]) -> Members:
    """Set a user's agent status."""
    user = session.need("user", params["UserId"])
    status = session.need("agent-status", params["AgentStatusId"])
    if status["State"] != "ENABLED":
        raise invalid("The specified agent status is disabled.")
    session.update("user", user, AgentStatusId=status["Id"])
    return {}


def _searched(record: StoredThing) -> StoredThing:
    changed = dict(record)
    if phone := record.get("PhoneConfig"):
        limit = phone["AfterContactWorkTimeLimit"] * MILLISECONDS
        changed["PhoneConfig"] = {**phone, "AfterContactWorkTimeLimit": limit}
    if info := record.get("IdentityInfo"):
        changed["IdentityInfo"] = shown(info, same("FirstName", "LastName"))
    return changed


def user_leaves(session: WorldSession) -> Leaves:
    """Return the conditions that a search for users knows beside text and tags."""
    return {
        "HierarchyGroupCondition": lambda value: _in_group(session, value),
        "ListCondition": proficiency_leaf,
    }


def _in_group(session: WorldSession, condition: Mapping[str, Any]) -> Test:
    wanted = {condition.get("Value")}
    if condition.get("HierarchyGroupMatchType") == "WITH_CHILD_GROUPS":
        groups = [record for _, record in session.see_all("hierarchy-group")]
        for group in groups:  # parents are made before their children
            if group.get("ParentGroupId") in wanted:
                wanted.add(group["Id"])
    return lambda record: record.get("HierarchyGroupId") in wanted


def _security_profiles(record: StoredThing) -> Iterable[str]:
    return [str(profile) for profile in record.get("SecurityProfileIds", ())]


LITE = same("Id", "Arn", "IdentityInfo", "PhoneConfig", "Tags", *ASSIGNED)
USERS = ReadOperations(
    kind="user",
    listing=("ListUsers", "UserSummaryList"),
    summary={**same("Id", "Arn"), "Username": "Name", **STAMPS},
    describing=("DescribeUser", "UserId", "User"),
    whole={**LITE, **same(*CONFIGS), "Username": "Name", **STAMPS},
    searching=("SearchUsers", "Users"),
    found={**LITE, "Username": "Name"},
    fields={
        "Username": text("Name"),
        "FirstName": text("IdentityInfo", "FirstName"),
        "LastName": text("IdentityInfo", "LastName"),
        "RoutingProfileId": text("RoutingProfileId"),
        "SecurityProfileId": _security_profiles,
        "resourceId": text("Id"),
    },
    leaves=user_leaves,
)


def search_users(session: WorldSession, params: Mapping[str, Any]) -> Members:
    """Search users; unlike DescribeUser, the search shows milliseconds and no e-mail."""
    reply = dict(USERS.operations()["SearchUsers"](session, params))
    return {**reply, "Users": [_searched(user) for user in reply["Users"]]}


OPERATIONS: Mapping[str, Handler] = {
    **USERS.operations(),
    "SearchUsers": search_users,
    "CreateUser": create_user,
    "DeleteUser": delete_user,
    "UpdateUserRoutingProfile": update_assigned,
    "UpdateUserSecurityProfiles": update_assigned,
    "UpdateUserHierarchy": update_hierarchy,
    "UpdateUserIdentityInfo": update_identity_info,
    "UpdateUserPhoneConfig": update_phone_config,
    "PutUserStatus": put_status,
}
