"""Delete hierarchy groups, those that lie in others first."""

from __future__ import annotations

from bulkops.definition import Col, Column, Find, Job, Leaf, Look, Step, Was

GROUP = Find("hierarchy-group", Col("hierarchy_group"))

JOB = Job(
    name="delete-hierarchy-groups",
    summary=(
        "Delete hierarchy groups that no user is in; those in a group go before it, each by a row"
        " of its own."
    ),
    key=("hierarchy_group",),
    columns=(
        Column(
            name="hierarchy_group",
            required=True,
            aliases=("group", "path", "hierarchy", "agent hierarchy"),
            help="The path of the group, its levels joined by /, or its name where that is alone.",
            example="Contact Centre/Lisbon/Sales",
        ),
    ),
    steps=(
        Step(
            operation="DeleteUserHierarchyGroup",
            subject=GROUP,
            args={"HierarchyGroupId": GROUP},
            settle=Look(),
            undo=Step(
                operation="CreateUserHierarchyGroup",
                subject=GROUP,
                args={
                    "Name": Leaf("hierarchy_group"),
                    "ParentGroupId": Was("ParentGroupId", finds="hierarchy-group"),
                    "Tags": Was("Tags"),
                },
                save={"group_id": "HierarchyGroupId", "group_arn": "HierarchyGroupArn"},
                settle=Look(duplicate="DuplicateResourceException"),
            ),
        ),
    ),
)
