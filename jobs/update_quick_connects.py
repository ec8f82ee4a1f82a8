"""Change quick connects: their name, their description, and what they lead to."""

from __future__ import annotations

from collections.abc import Mapping

from bulkops.definition import Again, Arg, Col, Column, Find, Job, Step

QUICK_CONNECT = Find("quick-connect", Col("quick_connect"), renamed=Col("new_name"))
TRANSFER = Find("contact-flow", Col("transfer_flow"))
LEADS_TO: Mapping[str, Mapping[str, Arg]] = {
    "USER": {
        "UserConfig": {"UserId": Find("user", Col("goes_to")), "ContactFlowId": TRANSFER},
    },
    "QUEUE": {
        "QueueConfig": {"QueueId": Find("queue", Col("goes_to")), "ContactFlowId": TRANSFER},
    },
    "PHONE_NUMBER": {"PhoneConfig": {"PhoneNumber": Col("goes_to")}},
}

JOB = Job(
    name="update-quick-connects",
    summary="Rename quick connects, and change their description and what they lead to.",
    key=("quick_connect",),
    columns=(
        Column(
            name="quick_connect",
            required=True,
            aliases=("quick connect name",),
            help="The name that the quick connect has.",
            example="Billing desk",
        ),
        Column(
            name="new_name",
            aliases=("new quick connect name",),
            help="The name that the quick connect is to have.",
            example="Invoices desk",
        ),
        Column(
            name="description",
            help="What the quick connect is for.",
            example="Questions about invoices",
        ),
        Column(
            name="type",
            required=True,
            spellings={
                "USER": ("agent",),
                "QUEUE": (),
                "PHONE_NUMBER": ("number", "phone", "external"),
            },
            help="What it leads to: an agent (user), a queue, or a phone number.",
            example="queue",
        ),
        Column(
            name="goes_to",
            aliases=("destination",),
            help="The agent's login name, the queue's name, or the number in E.164.",
            example="Billing",
        ),
        Column(
            name="transfer_flow",
            aliases=("contact flow", "flow"),
            help="The flow that carries the transfer out: for agents and queues, not for numbers.",
            example="Default queue transfer",
        ),
    ),
    steps=(
        Step(
            operation="UpdateQuickConnectName",
            subject=QUICK_CONNECT,
            args={
                "QuickConnectId": QUICK_CONNECT,
                "Name": Col("new_name"),
                "Description": Col("description"),
            },
            settle=Again(),
        ),
        *(
            Step(
                operation="UpdateQuickConnectConfig",
                subject=QUICK_CONNECT,
                only_if=("type", sort),
                args={
                    "QuickConnectId": QUICK_CONNECT,
                    "QuickConnectConfig": {"QuickConnectType": Col("type"), **leads_to},
                },
                settle=Again(),
            )
            for sort, leads_to in LEADS_TO.items()
        ),
    ),
)
