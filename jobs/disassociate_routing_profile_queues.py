"""Take queues from routing profiles, as many in one call as the service takes."""

from __future__ import annotations

from collections.abc import Mapping

from bulkops.definition import Arg, Col, Column, Each, Find, Job, Look, Member, Step, Was

PROFILE = Find("routing-profile", Col("routing_profile"))
PLACE = Member("routing-profile-queue", of=PROFILE)
QUEUE: Mapping[str, Arg] = {"QueueId": Find("queue", Col("queue")), "Channel": Col("channel")}
FORMER: Mapping[str, Arg] = {
    "QueueReference": QUEUE,
    "Priority": Was("Priority"),
    "Delay": Was("Delay"),
}

JOB = Job(
    name="disassociate-routing-profile-queues",
    summary="Take queues from routing profiles; an undo gives them back with priority and delay.",
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
            help="The name of the queue that the routing profile is to lose.",
            example="BasicQueue",
        ),
        Column(
            name="channel",
            required=True,
            help="The channel by which contacts come; one row for each channel.",
            example="VOICE",
        ),
    ),
    steps=(
        Step(
            operation="DisassociateRoutingProfileQueues",
            subject=PLACE,
            args={"RoutingProfileId": PROFILE, "QueueReferences": Each(QUEUE)},
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
