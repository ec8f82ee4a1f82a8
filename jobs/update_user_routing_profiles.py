"""Move users to other routing profiles."""

from __future__ import annotations

from bulkops.definition import Again, Col, Column, Find, Job, Step

USER = Find("user", Col("username"))

JOB = Job(
    name="update-user-routing-profiles",
    summary="Move users to other routing profiles.",
    key=("username",),
    columns=(
        Column(
            name="username",
            required=True,
            aliases=("user login", "login", "user name"),
            help="The user's login name.",
            example="j.murphy",
        ),
        Column(
            name="routing_profile",
            required=True,
            aliases=("routing profile name", "new routing profile"),
            help="The name of the routing profile that the user is to have.",
            example="Support Tier 2",
        ),
    ),
    steps=(
        Step(
            operation="UpdateUserRoutingProfile",
            subject=USER,
            args={
                "UserId": USER,
                "RoutingProfileId": Find("routing-profile", Col("routing_profile")),
            },
            settle=Again(),
        ),
    ),
)
