"""Create hierarchy groups, with the groups that lie in them, in any order of the rows."""

from __future__ import annotations

from dataclasses import replace

from bulkops.definition import Col, Column, Find, Job, Leaf, Look, Parent, Saved, Step
from bulkops.definition.tag_columns import TAGS_KEPT, tags_added

GROUP = Find("hierarchy-group", Col("hierarchy_group"))

JOB = Job(
    name="create-hierarchy-groups",
    summary="Create hierarchy groups; the group above each is there, or another row makes it.",
    key=("hierarchy_group",),
    columns=(
        Column(
            name="hierarchy_group",
            required=True,
            aliases=("group", "path", "hierarchy", "agent hierarchy"),
            help=(
                "The path of the group: the names of all groups above it and its own, joined by /."
                " A row of its own for each group that is not there yet."
            ),
            example="Contact Centre/Dublin/Sales",
        ),
        replace(TAGS_KEPT, example="site=dublin"),
    ),
    steps=(
        Step(
            operation="CreateUserHierarchyGroup",
            subject=GROUP,
            args={
                "Name": Leaf("hierarchy_group"),
                "ParentGroupId": Parent("hierarchy-group", Col("hierarchy_group")),
                "Tags": Col("tags"),
            },
            save={"group_id": "HierarchyGroupId", "group_arn": "HierarchyGroupArn"},
            settle=Look(duplicate="DuplicateResourceException"),
            otherwise=(tags_added(GROUP),),
            undo=Step(
                operation="DeleteUserHierarchyGroup",
                subject=GROUP,
                args={"HierarchyGroupId": Saved("group_id")},
                settle=Look(),
            ),
        ),
    ),
)
