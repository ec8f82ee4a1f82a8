"""Create queues, one per row; one that is already there can be brought to its row."""

from __future__ import annotations

from dataclasses import replace

from bulkops.definition import Again, Col, Column, Find, Job, Look, Saved, Step
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
from bulkops.definition.tag_columns import TAGS_KEPT, tags_added

QUEUE = Find("queue", Col("queue"))

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
        replace(QUEUE_HOURS, required=True),
        MAX_CONTACTS,
        CALLER_ID_NAME,
        CALLER_ID_NUMBER,
        OUTBOUND_FLOW,
        replace(QUEUE_STATUS, help=f"{QUEUE_STATUS.help} Blank: a new queue is enabled."),
        replace(TAGS_KEPT, example="team=support;shift=night"),
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
            begins_as={"Status": "ENABLED"},
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
                tags_added(QUEUE),
            ),
            undo=Step(
                operation="DeleteQueue",
                subject=QUEUE,
                args={"QueueId": Saved("queue_id")},
                settle=Look(),
            ),
        ),
        Step(
            operation="UpdateQueueStatus",
            subject=QUEUE,
            when="status",
            args={"QueueId": QUEUE, "Status": Col("status")},
            settle=Again(),
        ),
    ),
)
