"""Create queues, one per row; one that is already there can be brought to its row."""

from __future__ import annotations

from collections.abc import Mapping

from bulkops.definition import Again, Arg, Col, Column, Find, Job, Look, Saved, Step

QUEUE = Find("queue", Col("queue"))
HOURS = Find("hours-of-operation", Col("hours_of_operation"))
CALLER: Mapping[str, Arg] = {
    "OutboundCallerIdName": Col("caller_id_name"),
    "OutboundCallerIdNumberId": Find("phone-number", Col("caller_id_number")),
    "OutboundFlowId": Find("outbound-whisper-flow", Col("outbound_flow")),
}

JOB = Job(
    name="create-queues",
    summary="Create queues with their hours, limits, and what callers are shown and played.",
    key=("queue",),
    columns=(
        Column(
            name="queue",
            required=True,
            aliases=("queue name",),
            help="The name of the new queue.",
            example="Night desk",
        ),
        Column(
            name="description",
            help="What the queue is for.",
            example="Contacts after office hours",
        ),
        Column(
            name="hours_of_operation",
            required=True,
            aliases=("hours", "operating hours"),
            help="The name of the hours of operation.",
            example="Around the clock",
        ),
        Column(
            name="max_contacts",
            kind="integer",
            aliases=("maximum contacts in queue",),
            help="How many contacts may wait before the queue is full; empty: no limit of its own.",
            example="25",
        ),
        Column(
            name="caller_id_name",
            aliases=("outbound caller ID name",),
            help="The name that outbound calls show.",
            example="Example Support",
        ),
        Column(
            name="caller_id_number",
            aliases=("outbound caller ID number",),
            help="The number that outbound calls show, one that the instance has claimed.",
            example="+35315550100",
        ),
        Column(
            name="outbound_flow",
            aliases=("outbound whisper flow",),
            help="The name of the outbound whisper flow that is played to those called.",
            example="Default outbound",
        ),
        Column(
            name="tags",
            kind="tags",
            split=";|",
            help="Tags of a new queue as key=value, separated by ; or |.",
            example="team=support;shift=night",
        ),
    ),
    steps=(
        Step(
            operation="CreateQueue",
            subject=QUEUE,
            args={
                "Name": Col("queue"),
                "Description": Col("description"),
                "HoursOfOperationId": HOURS,
                "MaxContacts": Col("max_contacts"),
                "OutboundCallerConfig": CALLER,
                "Tags": Col("tags"),
            },
            save={"queue_id": "QueueId", "queue_arn": "QueueArn"},
            settle=Look(duplicate="DuplicateResourceException"),
            otherwise=(
                Step(
                    operation="UpdateQueueName",
                    subject=QUEUE,
                    args={"QueueId": QUEUE, "Description": Col("description")},
                    settle=Again(),
                ),
                Step(
                    operation="UpdateQueueHoursOfOperation",
                    subject=QUEUE,
                    args={"QueueId": QUEUE, "HoursOfOperationId": HOURS},
                    settle=Again(),
                ),
                Step(
                    operation="UpdateQueueMaxContacts",
                    subject=QUEUE,
                    args={"QueueId": QUEUE, "MaxContacts": Col("max_contacts")},
                    settle=Again(),
                ),
                Step(
                    operation="UpdateQueueOutboundCallerConfig",
                    subject=QUEUE,
                    args={"QueueId": QUEUE, "OutboundCallerConfig": CALLER},
                    settle=Again(),
                ),
            ),
            undo=Step(
                operation="DeleteQueue",
                subject=QUEUE,
                args={"QueueId": Saved("queue_id")},
                settle=Look(),
            ),
        ),
    ),
)
