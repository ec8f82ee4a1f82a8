"""Give quick connects to queues, as many in one call as the service takes."""

from __future__ import annotations

from bulkops.definition import Col, Column, Each, Find, Job, Look, Member, Step

QUEUE = Find("queue", Col("queue"))
PLACE = Member("queue-quick-connect", of=QUEUE)
QUICK_CONNECT = Find("quick-connect", Col("quick_connect"))

JOB = Job(
    name="associate-queue-quick-connects",
    summary="Give quick connects to queues, so that their agents can transfer to them.",
    key=("queue", "quick_connect"),
    columns=(
        Column(
            name="queue",
            required=True,
            aliases=("queue name",),
            help="The name of the queue.",
            example="Support",
        ),
        Column(
            name="quick_connect",
            required=True,
            aliases=("quick connect name",),
            help="The name of the quick connect that the queue is to have.",
            example="Supervisor desk",
        ),
    ),
    steps=(
        Step(
            operation="AssociateQueueQuickConnects",
            subject=PLACE,
            args={"QueueId": QUEUE, "QuickConnectIds": Each(QUICK_CONNECT)},
            settle=Look(),
            undo=Step(
                operation="DisassociateQueueQuickConnects",
                subject=PLACE,
                args={"QueueId": QUEUE, "QuickConnectIds": Each(QUICK_CONNECT)},
                settle=Look(),
            ),
        ),
    ),
)
