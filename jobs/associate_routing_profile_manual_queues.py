"""Give routing profiles queues from which agents pick contacts by hand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from bulkops.definition import Arg, Each, Job, Look, Member, Step
from bulkops.definition.routing_columns import (
    CHANNEL,
    OF_PROFILE,
    PROFILE,
    PROFILE_QUEUE,
    QUEUE_REFERENCE,
)

PLACE = Member("routing-profile-manual-queue", of=PROFILE)
CONFIG: Mapping[str, Arg] = {"QueueReference": QUEUE_REFERENCE}

JOB = Job(
    name="associate-routing-profile-manual-queues",
    summary="Give routing profiles queues from which their agents pick contacts by hand.",
    key=("routing_profile", "queue", "channel"),
    columns=(
        replace(OF_PROFILE, example="Support Tier 1"),
        replace(
            PROFILE_QUEUE,
            help="The name of the queue from which agents are to pick.",
            example="Support",
        ),
        replace(CHANNEL, example="TASK"),
    ),
    steps=(
        Step(
            operation="AssociateRoutingProfileQueues",
            subject=PLACE,
            args={"RoutingProfileId": PROFILE, "ManualAssignmentQueueConfigs": Each(CONFIG)},
            settle=Look(),
            undo=Step(
                operation="DisassociateRoutingProfileQueues",
                subject=PLACE,
                args={
                    "RoutingProfileId": PROFILE,
                    "ManualAssignmentQueueReferences": Each(QUEUE_REFERENCE),
                },
                settle=Look(),
            ),
        ),
    ),
)
