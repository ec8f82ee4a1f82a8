"""Rename hierarchy groups: the group above one can't be changed."""

from __future__ import annotations

from bulkops.definition import Again, Col, Column, Find, Job, Step

GROUP = Find("hierarchy-group", Col("hierarchy_group"), renamed=Col("new_name"))

JOB = Job(
    name="update-hierarchy-groups",
    summary=(
        "Rename hierarchy groups. To move one, create it anew under the other group, move its users"
        " by update-user-hierarchy, and delete it."
    ),
    key=("hierarchy_group",),
    columns=(
        Column(
            name="hierarchy_group",
            required=True,
            aliases=("group", "path", "hierarchy", "agent hierarchy"),
            help="The path that the group has, its levels joined by /, or its name alone.",
            example="Contact Centre/Lisbon/Sales",
        ),
        Column(
            name="new_name",
            required=True,
            aliases=("new group name",),
            help="The name alone that the group is to have, without the groups above it.",
            example="Sales Iberia",
        ),
    ),
    steps=(
        Step(
            operation="UpdateUserHierarchyGroupName",
            subject=GROUP,
            args={"HierarchyGroupId": GROUP, "Name": Col("new_name")},
            settle=Again(),
        ),
    ),
)
