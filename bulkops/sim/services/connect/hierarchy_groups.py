"""The agent hierarchy: five levels, and groups that lie in one another."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from bulkops.sim.services.connect.listing import (
    STAMPS,
    SUMMARY,
    Handler,
    ReadOperations,
    same,
    shown,
    text,
)
from bulkops.sim.services.connect.names import check_new
from bulkops.sim.services.connect.resource_quotas import room_for
from bulkops.sim.services.connect.tags import checked_tags
from bulkops.sim.state.ids import identifier
from bulkops.sim.state.refusals import in_use, missing, refused
from bulkops.sim.state.tables import StoredThing
from bulkops.sim.state.world import WorldSession, moment

LEVELS = ("LevelOne", "LevelTwo", "LevelThree", "LevelFour", "LevelFive")
LEVEL_NAMES = ("Organisation", "Site", "Team")
"""Names of the levels where an instance has not named others; groups can lie no deeper."""
STRUCTURE = "hierarchy-structure"
"""What the levels are kept under, once somebody has named them."""
LONGEST = 100
"""Characters of a group's name (API reference, CreateUserHierarchyGroup)."""


def level_id(session: WorldSession, depth: int) -> str:
    """Return the id of the level at a depth counted from 0."""
    return identifier(session.world.seed, session.instance.id, "level", depth)


def structure(session: WorldSession, _: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the levels that the instance has defined."""
    kept = session.table(STRUCTURE).seen(STRUCTURE, session.now)
    levels = {
        LEVELS[depth]: {
            "Id": level_id(session, depth),
            "Arn": session.arn("hierarchy-level", level_id(session, depth)),
            "Name": name,
            "LastModifiedTime": moment(
                kept["LastModifiedTime"] if kept else session.instance.created_at
            ),
            "LastModifiedRegion": session.instance.region,
        }
        for depth, name in enumerate(_levels(kept))
    }
    return {"HierarchyStructure": levels}


def _levels(kept: StoredThing | None) -> Sequence[str]:
    """Return the names of the levels from the top."""
    return tuple(kept["Levels"]) if kept is not None else LEVEL_NAMES


def update_structure(session: WorldSession, params: Mapping[str, Any]) -> Mapping[str, Any]:
    """Name the levels from the top; one with groups can't go, and what is left out does."""
    given = params["HierarchyStructure"]
    names = [given[level]["Name"] for level in LEVELS if level in given]
    if [level for level in LEVELS if level in given] != [*LEVELS[: len(names)]]:
        raise refused("A level needs all the levels above it.")
    for name in names:
        check_name(name)
    if len({name.casefold() for name in names}) < len(names):
        raise refused("Each level needs a name of its own.")
    used = {group["LevelId"] for group in session.all("hierarchy-group")}
    if any(level_id(session, depth) in used for depth in range(len(names), len(LEVELS))):
        raise in_use("hierarchy level")
    session.put_named(STRUCTURE, STRUCTURE, {"Levels": names})
    return {}


def check_name(name: str) -> None:
    """Refuse a group's name that is blank or too long."""
    if not name.strip():
        raise missing("Name")
    if len(name) > LONGEST:
        raise refused(f"The name of a hierarchy group has at most {LONGEST} characters.")


def create_group(session: WorldSession, params: Mapping[str, Any]) -> Mapping[str, Any]:
    """Make a group under its parent, whose name must be new there without regard to case."""
    check_name(params["Name"])
    parent = params.get("ParentGroupId", "")
    depth = len(_chain(session.need, session.need("hierarchy-group", parent))) if parent else 0
    if depth >= len(_levels(session.table(STRUCTURE).get(STRUCTURE))):
        raise refused("The hierarchy structure of this instance has no level below the parent.")
    check_new(session, "hierarchy-group", params["Name"], parent=parent)
    room_for(session, "hierarchy-group")
    group = session.create(
        "hierarchy-group",
        {
            "Name": params["Name"],
            "ParentGroupId": parent or None,
            "LevelId": level_id(session, depth),
            "Tags": checked_tags(params.get("Tags", {})),
        },
    )
    return {"HierarchyGroupId": group["Id"], "HierarchyGroupArn": group["Arn"]}


def rename_group(session: WorldSession, params: Mapping[str, Any]) -> Mapping[str, Any]:
    """Give a group another name, which none of its siblings may have without regard to case."""
    check_name(params["Name"])
    group = session.need("hierarchy-group", params["HierarchyGroupId"])
    parent = group.get("ParentGroupId", "")
    check_new(session, "hierarchy-group", params["Name"], parent=parent, besides=group)
    session.update("hierarchy-group", group, Name=params["Name"])
    return {}


def delete_group(session: WorldSession, params: Mapping[str, Any]) -> Mapping[str, Any]:
    """Delete a group that has no user and no group below it."""
    group = session.need("hierarchy-group", params["HierarchyGroupId"])
    users = any(user.get("HierarchyGroupId") == group["Id"] for user in session.all("user"))
    groups = session.all("hierarchy-group")
    if users or any(other.get("ParentGroupId") == group["Id"] for other in groups):
        raise in_use("hierarchy group")
    session.delete("hierarchy-group", group["Id"])
    return {}


def _chain(find: Callable[[str, str], StoredThing], group: StoredThing) -> list[StoredThing]:
    """Return a group's ancestors from the top, and itself; `find` sees truth or its past."""
    chain = [group]
    while "ParentGroupId" in chain[0]:
        chain.insert(0, find("hierarchy-group", chain[0]["ParentGroupId"]))
    return chain


def _with_paths(session: WorldSession, groups: Sequence[StoredThing]) -> Sequence[StoredThing]:
    return [
        group
        if group["LevelId"] == ROOT_LEVEL
        else {**group, "HierarchyPath": _path(session, group)}
        for group in groups
    ]


def _path(session: WorldSession, group: StoredThing) -> Mapping[str, Any]:
    def find(kind: str, group_id: str) -> StoredThing:
        # a search still shows groups whose ancestors other reads have seen go
        searched = session.table(kind).seen(group_id, session.now, searched=True)
        return session.see(kind, group_id) if searched is None else searched

    pairs = zip(LEVELS, _chain(find, group), strict=False)
    return {level: shown(ancestor, SUMMARY) for level, ancestor in pairs}


ROOT_LEVEL = "0"
AFTER_ALL = 10**12
"""The number of the root: it comes after every group."""


def _root(session: WorldSession) -> Iterable[tuple[int, StoredThing]]:
    """Yield what holds the groups at the top: a search finds it, and nothing else shows it."""
    root_id = level_id(session, -1)
    root = {"Id": root_id, "Arn": session.arn("hierarchy-group", root_id), "LevelId": ROOT_LEVEL}
    at = {"LastModifiedTime": session.instance.created_at, "LastModifiedRegion": ""}
    yield AFTER_ALL, {**root, **at, "Name": session.instance.alias}


GROUP = {**same("Id", "Arn", "Name", "LevelId", "HierarchyPath", "Tags"), **STAMPS}
GROUPS = ReadOperations(
    kind="hierarchy-group",
    listing=("ListUserHierarchyGroups", "UserHierarchyGroupSummaryList"),
    summary=SUMMARY,
    describing=("DescribeUserHierarchyGroup", "HierarchyGroupId", "HierarchyGroup"),
    whole=GROUP,
    searching=("SearchUserHierarchyGroups", "UserHierarchyGroups"),
    found=GROUP,
    fields={
        "name": text("Name"),
        "parentId": text("ParentGroupId"),
        "levelId": text("LevelId"),
        "resourceID": text("Id"),
    },
    enrich=_with_paths,
    hidden=_root,
)

OPERATIONS: Mapping[str, Handler] = {
    **GROUPS.operations(),
    "DescribeUserHierarchyStructure": structure,
    "UpdateUserHierarchyStructure": update_structure,
    "CreateUserHierarchyGroup": create_group,
    "DeleteUserHierarchyGroup": delete_group,
    "UpdateUserHierarchyGroupName": rename_group,
}
