"""Set priority and delay of queues that routing profiles have, many in one call."""

from __future__ import annotations

from dataclasses import replace

from bulkops.definition import Again, Each, Job, Member, Step
from bulkops.definition.routing_columns import (
    CHANNEL,
    DELAY,
    OF_PROFILE,
    PRIORITY,
    PROFILE,
    PROFILE_QUEUE,
    QUEUE_CONFIG,
)

PLACE = Member("routing-profile-queue", of=PROFILE)

JOB = Job(
    name="update-routing-profile-queues",
    summary="Set priority and delay of queues that routing profiles have.",
    key=("routing_profile", "queue", "channel"),
    columns=(
        OF_PROFILE,
        PROFILE_QUEUE,
        CHANNEL,
        replace(
            PRIORITY,
            help="The order in which queues are served: 1 first; blank: as it is.",
            example="2",
        ),
        replace(DELAY, example="20"),
    ),
    steps=(
        Step(
            operation="UpdateRoutingProfileQueues",
            subject=PLACE,
            args={"RoutingProfileId": PROFILE, "QueueConfigs": Each(QUEUE_CONFIG)},
            settle=Again(),
        ),
    ),
)
