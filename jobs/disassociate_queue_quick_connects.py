"""Take quick connects from queues, as many in one call as the service takes."""

from __future__ import annotations

from bulkops.definition import Col, Column, Each, Find, Job, Look, Member, Step

QUEUE = Find("queue", Col("queue"))
PLACE = Member("queue-quick-connect", of=QUEUE)
QUICK_CONNECT = Find("quick-connect", Col("quick_connect"))

JOB = Job(
    name="disassociate-queue-quick-connects",
    summary="Take quick connects from queues, so that their agents are not offered them.",
    key=("queue", "quick_connect"),
    columns=(
        Column(
            name="queue",
            required=True,
            aliases=("queue name",),
            help="The name of the queue.",
            example="Sales EMEA",
        ),
        Column(
            name="quick_connect",
            required=True,
            aliases=("quick connect name",),
            help="The name of the quick connect that the queue is to lose.",
            example="Dublin reception",
        ),
    ),
    steps=(
        Step(
            operation="DisassociateQueueQuickConnects",
            subject=PLACE,
            args={"QueueId": QUEUE, "QuickConnectIds": Each(QUICK_CONNECT)},
            settle=Look(),
            undo=Step(
                operation="AssociateQueueQuickConnects",
                subject=PLACE,
                args={"QueueId": QUEUE, "QuickConnectIds": Each(QUICK_CONNECT)},
                settle=Look(),
            ),
        ),
    ),
)
