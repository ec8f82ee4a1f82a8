"""Delete queues that nothing uses."""

from __future__ import annotations

from bulkops.definition import (
    Again,
    Col,
    Column,
    Find,
    Job,
    Look,
    Member,
    Saved,
    Step,
    Was,
    WasList,
)

QUEUE = Find("queue", Col("queue"))

JOB = Job(
    name="delete-queues",
    summary=(
        "Delete queues that nothing uses any more. To stop contacts from coming, disable them"
        " instead."
    ),
    key=("queue",),
    columns=(
        Column(
            name="queue",
            required=True,
            aliases=("queue name",),
            help="The name of the queue to delete.",
            example="Support VIP",
        ),
        Column(
            name="status",
            aliases=("enabled",),
            spellings={"ENABLED": ("on", "yes"), "DISABLED": ("off", "no")},
            help="What the queue must be by then, else it is left alone; blank: whatever it is.",
            example="DISABLED",
        ),
    ),
    steps=(
        Step(
            operation="DeleteQueue",
            subject=QUEUE,
            args={"QueueId": QUEUE},
            expects={"Status": Col("status")},
            settle=Look(),
            undo=Step(
                operation="CreateQueue",
                subject=QUEUE,
                args={
                    "Name": Col("queue"),
                    "Description": Was("Description"),
                    "OutboundCallerConfig": Was("OutboundCallerConfig"),
                    "OutboundEmailConfig": Was("OutboundEmailConfig"),
                    "HoursOfOperationId": Was("HoursOfOperationId"),
                    "MaxContacts": Was("MaxContacts"),
                    "QuickConnectIds": WasList("queue-quick-connect"),
                    "Tags": Was("Tags"),
                },
                save={"queue_id": "QueueId", "queue_arn": "QueueArn"},
                settle=Look(duplicate="DuplicateResourceException"),
                also=(
                    Step(
                        operation="UpdateQueueStatus",
                        args={"QueueId": Saved("queue_id"), "Status": "DISABLED"},
                        if_was=("Status", "DISABLED"),
                        settle=Again(),
                    ),
                    Step(
                        operation="AssociateQueueQuickConnects",
                        subject=Member("queue-quick-connect", of=QUEUE),
                        args={
                            "QueueId": Saved("queue_id"),
                            "QuickConnectIds": WasList("queue-quick-connect", rest=True),
                        },
                        settle=Look(),
                    ),
                ),
            ),
        ),
    ),
)
