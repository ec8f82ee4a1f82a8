"""Give queues to routing profiles, as many in one call as the service takes."""

from __future__ import annotations

from dataclasses import replace

from bulkops.definition import Again, Each, Job, Look, Member, Step
from bulkops.definition.routing_columns import (
    CHANNEL,
    DELAY,
    OF_PROFILE,
    PRIORITY,
    PROFILE,
    PROFILE_QUEUE,
    QUEUE_CONFIG,
    QUEUE_REFERENCE,
)

PLACE = Member("routing-profile-queue", of=PROFILE)

JOB = Job(
    name="associate-routing-profile-queues",
    summary="Give queues to routing profiles, with a channel, a priority and a delay.",
    key=("routing_profile", "queue", "channel"),
    columns=(
        replace(OF_PROFILE, example="Support Tier 1"),
        replace(
            PROFILE_QUEUE,
            help="The name of the queue that the routing profile is to have.",
            example="Support",
        ),
        CHANNEL,
        replace(PRIORITY, default=1),
        replace(DELAY, default=0),
    ),
    steps=(
        Step(
            operation="AssociateRoutingProfileQueues",
            subject=PLACE,
            args={"RoutingProfileId": PROFILE, "QueueConfigs": Each(QUEUE_CONFIG)},
            settle=Look(),
            otherwise=(
                Step(
                    operation="UpdateRoutingProfileQueues",
                    subject=PLACE,
                    args={"RoutingProfileId": PROFILE, "QueueConfigs": Each(QUEUE_CONFIG)},
                    settle=Again(),
                ),
            ),
            undo=Step(
                operation="DisassociateRoutingProfileQueues",
                subject=PLACE,
                args={"RoutingProfileId": PROFILE, "QueueReferences": Each(QUEUE_REFERENCE)},
                settle=Look(),
            ),
        ),
    ),
)
