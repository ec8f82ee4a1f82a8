"""Move users to other routing profiles."""

from __future__ import annotations

from dataclasses import replace

from bulkops.definition import Again, Job, Step
from bulkops.definition.user_columns import (
    ROUTING_PROFILE,
    ROUTING_PROFILE_FOUND,
    USER,
    USERNAME,
)

JOB = Job(
    name="update-user-routing-profiles",
    summary="Move users to other routing profiles.",
    key=("username",),
    columns=(
        USERNAME,
        replace(
            ROUTING_PROFILE,
            required=True,
            aliases=(*ROUTING_PROFILE.aliases, "new routing profile"),
            help="The name of the routing profile that the user is to have.",
            example="Support Tier 2",
        ),
    ),
    steps=(
        Step(
            operation="UpdateUserRoutingProfile",
            subject=USER,
            args={"UserId": USER, "RoutingProfileId": ROUTING_PROFILE_FOUND},
            settle=Again(),
        ),
    ),
)
