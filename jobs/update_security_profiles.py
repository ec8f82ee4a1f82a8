"""Change security profiles: their description and what they are restricted to."""

from __future__ import annotations

from bulkops.definition import Again, Col, Column, Job, Step
from bulkops.definition.security_profile_columns import (
    ACCESS_TAGS,
    HIERARCHY_GROUP,
    HIERARCHY_RESOURCES,
    PROFILE,
    RESTRICTED_RESOURCES,
    RESTRICTIONS,
)

JOB = Job(
    name="update-security-profiles",
    summary="Change the description and the restrictions of security profiles.",
    key=("security_profile",),
    columns=(
        Column(
            name="security_profile",
            required=True,
            aliases=("security profile name", "name"),
            help="The name of the security profile, which can't be changed.",
            example="Agent",
        ),
        Column(
            name="description",
            help="What the security profile is for.",
            example="Agents who may look at contacts",
        ),
        ACCESS_TAGS,
        RESTRICTED_RESOURCES,
        HIERARCHY_GROUP,
        HIERARCHY_RESOURCES,
    ),
    steps=(
        Step(
            operation="UpdateSecurityProfile",
            subject=PROFILE,
            args={"SecurityProfileId": PROFILE, "Description": Col("description"), **RESTRICTIONS},
            settle=Again(),
        ),
    ),
)
