"""Change queues: each changed group of values is one call, and what is blank stays as it is."""

from __future__ import annotations

from bulkops.definition import Again, Col, Column, Find, Job, Step

QUEUE = Find("queue", Col("queue"), renamed=Col("new_name"))

JOB = Job(
    name="update-queues",
    summary="Rename queues, and change their description, hours, limit, status and caller ID.",
    key=("queue",),
    columns=(
        Column(
            name="queue",
            required=True,
            aliases=("queue name",),
            help="The name that the queue has.",
            example="Support",
        ),
        Column(
            name="new_name",
            aliases=("new queue name",),
            help="The name that the queue is to have.",
            example="Support Europe",
        ),
        Column(
            name="description",
            help="What the queue is for; it can be changed, and not emptied.",
            example="Contacts for Support",
        ),
        Column(
            name="hours_of_operation",
            aliases=("hours", "operating hours"),
            help="The name of the hours of operation that the queue is to have.",
            example="Around the clock",
        ),
        Column(
            name="max_contacts",
            kind="integer",
            aliases=("maximum contacts in queue",),
            help="How many contacts may wait before the queue is full; CLEAR! takes the limit off.",
            example="25",
        ),
        Column(
            name="status",
            spellings={"ENABLED": ("enable", "on"), "DISABLED": ("disable", "off")},
            help="Whether contacts can be put into the queue: enabled or disabled.",
            example="ENABLED",
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
    ),
    steps=(
        Step(
            operation="UpdateQueueName",
            subject=QUEUE,
            args={"QueueId": QUEUE, "Name": Col("new_name"), "Description": Col("description")},
            settle=Again(),
        ),
        Step(
            operation="UpdateQueueHoursOfOperation",
            subject=QUEUE,
            args={
                "QueueId": QUEUE,
                "HoursOfOperationId": Find("hours-of-operation", Col("hours_of_operation")),
            },
            settle=Again(),
        ),
        Step(
            operation="UpdateQueueMaxContacts",
            subject=QUEUE,
            args={"QueueId": QUEUE, "MaxContacts": Col("max_contacts")},
            settle=Again(),
        ),
        Step(
            operation="UpdateQueueStatus",
            subject=QUEUE,
            args={"QueueId": QUEUE, "Status": Col("status")},
            settle=Again(),
        ),
        Step(
            operation="UpdateQueueOutboundCallerConfig",
            subject=QUEUE,
            args={
                "QueueId": QUEUE,
                "OutboundCallerConfig": {
                    "OutboundCallerIdName": Col("caller_id_name"),
                    "OutboundCallerIdNumberId": Find("phone-number", Col("caller_id_number")),
                    "OutboundFlowId": Find("outbound-whisper-flow", Col("outbound_flow")),
                },
            },
            settle=Again(),
        ),
    ),
)
