"""Give queues to routing profiles, as many in one call as the service takes."""

from __future__ import annotations

from collections.abc import Mapping

from bulkops.definition import Again, Arg, Col, Column, Each, Find, Job, Look, Member, Step

PROFILE = Find("routing-profile", Col("routing_profile"))
PLACE = Member("routing-profile-queue", of=PROFILE)
QUEUE: Mapping[str, Arg] = {"QueueId": Find("queue", Col("queue")), "Channel": Col("channel")}
CONFIG: Mapping[str, Arg] = {
    "QueueReference": QUEUE,
    "Priority": Col("priority"),
    "Delay": Col("delay"),
}

JOB = Job(
    name="associate-routing-profile-queues",
    summary="Give queues to routing profiles, with a channel, a priority and a delay.",
    key=("routing_profile", "queue", "channel"),
    columns=(
        Column(
            name="routing_profile",
            required=True,
            aliases=("routing profile name",),
            help="The name of the routing profile.",
            example="Support Tier 1",
        ),
        Column(
            name="queue",
            required=True,
            aliases=("queue name",),
            help="The name of the queue that the routing profile is to have.",
            example="Support",
        ),
        Column(
            name="channel",
            required=True,
            help="The channel by which contacts come; one row for each channel.",
            example="VOICE",
        ),
        Column(
            name="priority",
            kind="integer",
            default=1,
            help="The order in which queues are served: 1 first.",
            example="1",
        ),
        Column(
            name="delay",
            kind="integer",
            default=0,
            aliases=("delay (seconds)",),
            help="Seconds that a contact must have waited before it is routed to these agents.",
            example="0",
        ),
    ),
    steps=(
        Step(
            operation="AssociateRoutingProfileQueues",
            subject=PLACE,
            args={"RoutingProfileId": PROFILE, "QueueConfigs": Each(CONFIG)},
            settle=Look(),
            otherwise=(
                Step(
                    operation="UpdateRoutingProfileQueues",
                    subject=PLACE,
                    args={"RoutingProfileId": PROFILE, "QueueConfigs": Each(CONFIG)},
                    settle=Again(),
                ),
            ),
            undo=Step(
                operation="DisassociateRoutingProfileQueues",
                subject=PLACE,
                args={"RoutingProfileId": PROFILE, "QueueReferences": Each(QUEUE)},
                settle=Look(),
            ),
        ),
    ),
)
