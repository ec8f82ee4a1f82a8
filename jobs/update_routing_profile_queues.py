"""Set priority and delay of queues that routing profiles have, many in one call."""

from __future__ import annotations

from collections.abc import Mapping

from bulkops.definition import Again, Arg, Col, Column, Each, Find, Job, Member, Step

PROFILE = Find("routing-profile", Col("routing_profile"))
PLACE = Member("routing-profile-queue", of=PROFILE)
QUEUE: Mapping[str, Arg] = {"QueueId": Find("queue", Col("queue")), "Channel": Col("channel")}
CONFIG: Mapping[str, Arg] = {
    "QueueReference": QUEUE,
    "Priority": Col("priority"),
    "Delay": Col("delay"),
}

JOB = Job(
    name="update-routing-profile-queues",
    summary="Set priority and delay of queues that routing profiles have.",
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
            help="The name of a queue that the routing profile has.",
            example="BasicQueue",
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
            help="The order in which queues are served: 1 first; blank: as it is.",
            example="2",
        ),
        Column(
            name="delay",
            kind="integer",
            aliases=("delay (seconds)",),
            help="Seconds that a contact must have waited before it is routed to these agents.",
            example="20",
        ),
    ),
    steps=(
        Step(
            operation="UpdateRoutingProfileQueues",
            subject=PLACE,
            args={"RoutingProfileId": PROFILE, "QueueConfigs": Each(CONFIG)},
            settle=Again(),
        ),
    ),
)
