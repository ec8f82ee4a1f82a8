"""Move users to other hierarchy groups, or out of any."""

from __future__ import annotations

from dataclasses import replace

from bulkops.definition import Again, Job, Step
from bulkops.definition.user_columns import (
    HIERARCHY_GROUP,
    HIERARCHY_GROUP_FOUND,
    USER,
    USERNAME,
)

JOB = Job(
    name="update-user-hierarchy",
    summary="Move users to other hierarchy groups; CLEAR! takes a user out of any.",
    key=("username",),
    columns=(
        USERNAME,
        replace(
            HIERARCHY_GROUP,
            help="The group or its path, with the levels joined by /; CLEAR! for none.",
        ),
    ),
    steps=(
        Step(
            operation="UpdateUserHierarchy",
            subject=USER,
            args={"UserId": USER, "HierarchyGroupId": HIERARCHY_GROUP_FOUND},
            settle=Again(),
        ),
    ),
)
