"""Take queues from routing profiles, as many in one call as the service takes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from bulkops.definition import Arg, Each, Job, Look, Member, Step, Was
from bulkops.definition.routing_columns import (
    CHANNEL,
    OF_PROFILE,
    PROFILE,
    PROFILE_QUEUE,
    QUEUE_REFERENCE,
)

PLACE = Member("routing-profile-queue", of=PROFILE)
FORMER: Mapping[str, Arg] = {
    "QueueReference": QUEUE_REFERENCE,
    "Priority": Was("Priority"),
    "Delay": Was("Delay"),
}

JOB = Job(
    name="disassociate-routing-profile-queues",
    summary="Take queues from routing profiles; an undo gives them back with priority and delay.",
    key=("routing_profile", "queue", "channel"),
    columns=(
        OF_PROFILE,
        replace(PROFILE_QUEUE, help="The name of the queue that the routing profile is to lose."),
        CHANNEL,
    ),
    steps=(
        Step(
            operation="DisassociateRoutingProfileQueues",
            subject=PLACE,
            args={"RoutingProfileId": PROFILE, "QueueReferences": Each(QUEUE_REFERENCE)},
            settle=Look(),
            undo=Step(
                operation="AssociateRoutingProfileQueues",
                subject=PLACE,
                args={"RoutingProfileId": PROFILE, "QueueConfigs": Each(FORMER)},
                settle=Look(),
            ),
        ),
    ),
)
