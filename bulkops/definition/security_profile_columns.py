"""What sheets about security profiles have in common: their columns, and what these fill.

A job takes a column as it stands, or with `dataclasses.replace` says what is its own.
"""

from __future__ import annotations

from collections.abc import Mapping

from bulkops.definition.expressions import Arg
from bulkops.definition.job import Column
from bulkops.definition.kinds.found_things import Col, Find

PROFILE = Find("security-profile", Col("security_profile"))
RESTRICTIONS: Mapping[str, Arg] = {
    "AllowedAccessControlTags": Col("access_tags"),
    "TagRestrictedResources": Col("restricted_resources"),
    "AllowedAccessControlHierarchyGroupId": Find("hierarchy-group", Col("hierarchy_group")),
    "HierarchyRestrictedResources": Col("hierarchy_resources"),
}

ACCESS_TAGS = Column(
    name="access_tags",
    kind="tags",
    split=";|",
    aliases=("access control tags",),
    help="Tags of what may be seen, as key=value, separated by ; or |; four at the most.",
    example="team=support",
)
RESTRICTED_RESOURCES = Column(
    name="restricted_resources",
    split=";|",
    aliases=("tag restricted resources",),
    help="The kinds of resource that the tags restrict, such as User; Queue.",
    example="User; Queue",
)
HIERARCHY_GROUP = Column(
    name="hierarchy_group",
    aliases=("access control hierarchy group",),
    help="The hierarchy group to which what may be seen is restricted, by name or path.",
    example="Contact Centre/Dublin",
)
HIERARCHY_RESOURCES = Column(
    name="hierarchy_resources",
    split=";|",
    aliases=("hierarchy restricted resources",),
    help="The kinds of resource that the hierarchy group restricts, such as User.",
    example="User",
)
