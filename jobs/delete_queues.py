"""Delete queues that nothing uses."""

from __future__ import annotations

from bulkops.definition import Col, Column, Find, Job, Look, Step

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
            example="Escalations",
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
            irreversible=(
                "Amazon Connect keeps nothing of a deleted queue. A new one of the same name gets"
                " another id."
            ),
        ),
    ),
)
