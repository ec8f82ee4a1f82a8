"""Change queues: each changed group of values is one call, and what is blank stays as it is."""

from __future__ import annotations

from dataclasses import replace

from bulkops.definition import Again, Col, Column, Find, Job, Step
from bulkops.definition.hours_columns import HOURS
from bulkops.definition.routing_columns import (
    CALLER,
    CALLER_ID_NAME,
    CALLER_ID_NUMBER,
    MAX_CONTACTS,
    OUTBOUND_FLOW,
    QUEUE_HOURS,
    QUEUE_STATUS,
)

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
        replace(QUEUE_HOURS, help="The name of the hours of operation that the queue is to have."),
        replace(
            MAX_CONTACTS,
            help="How many contacts may wait before the queue is full; CLEAR! takes the limit off.",
        ),
        QUEUE_STATUS,
        CALLER_ID_NAME,
        CALLER_ID_NUMBER,
        OUTBOUND_FLOW,
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
            operation="UpdateQueueStatus",
            subject=QUEUE,
            args={"QueueId": QUEUE, "Status": Col("status")},
            settle=Again(),
        ),
        Step(
            operation="UpdateQueueOutboundCallerConfig",
            subject=QUEUE,
            args={"QueueId": QUEUE, "OutboundCallerConfig": CALLER},
            settle=Again(),
        ),
    ),
)
