"""Take from routing profiles queues from which agents pick contacts by hand."""

from __future__ import annotations

from collections.abc import Mapping

from bulkops.definition import Arg, Col, Column, Each, Find, Job, Look, Member, Step

PROFILE = Find("routing-profile", Col("routing_profile"))
PLACE = Member("routing-profile-manual-queue", of=PROFILE)
QUEUE: Mapping[str, Arg] = {"QueueId": Find("queue", Col("queue")), "Channel": Col("channel")}
CONFIG: Mapping[str, Arg] = {"QueueReference": QUEUE}

JOB = Job(
    name="disassociate-routing-profile-manual-queues",
    summary="Take from routing profiles queues from which their agents pick contacts by hand.",
    key=("routing_profile", "queue", "channel"),
    columns=(
        Column(
            name="routing_profile",
            required=True,
            aliases=("routing profile name",),
            help="The name of the routing profile.",
            example="Sales EMEA",
        ),
        Column(
            name="queue",
            required=True,
            aliases=("queue name",),
            help="The name of the queue from which agents are to pick no more.",
            example="BasicQueue",
        ),
        Column(
            name="channel",
            required=True,
            help="The channel by which contacts come; one row for each channel.",
            example="TASK",
        ),
    ),
    steps=(
        Step(
            operation="DisassociateRoutingProfileQueues",
            subject=PLACE,
            args={"RoutingProfileId": PROFILE, "ManualAssignmentQueueReferences": Each(QUEUE)},
            settle=Look(),
            undo=Step(
                operation="AssociateRoutingProfileQueues",
                subject=PLACE,
                args={"RoutingProfileId": PROFILE, "ManualAssignmentQueueConfigs": Each(CONFIG)},
                settle=Look(),
            ),
        ),
    ),
)
