"""Create quick connects to agents, queues and numbers; one that is there can be changed."""

from __future__ import annotations

from collections.abc import Mapping

from bulkops.definition import Again, Arg, Col, Column, Find, Job, Look, Saved, Step

QUICK_CONNECT = Find("quick-connect", Col("quick_connect"))
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
    name="create-quick-connects",
    summary="Create quick connects, by which agents transfer to users, queues and numbers.",
    key=("quick_connect",),
    columns=(
        Column(
            name="quick_connect",
            required=True,
            aliases=("quick connect name",),
            help="The name of the new quick connect.",
            example="Returns desk",
        ),
        Column(
            name="description",
            help="What the quick connect is for.",
            example="Parcels that come back",
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
            required=True,
            aliases=("destination",),
            help="The agent's login name, the queue's name, or the number in E.164.",
            example="Support",
        ),
        Column(
            name="transfer_flow",
            aliases=("contact flow", "flow"),
            help="The flow that carries the transfer out: for agents and queues, not for numbers.",
            example="Default queue transfer",
        ),
        Column(
            name="tags",
            kind="tags",
            split=";|",
            help="Tags of a new quick connect as key=value, separated by ; or |.",
            example="team=support",
        ),
    ),
    steps=tuple(
        Step(
            operation="CreateQuickConnect",
            subject=QUICK_CONNECT,
            only_if=("type", sort),
            args={
                "Name": Col("quick_connect"),
                "Description": Col("description"),
                "QuickConnectConfig": {"QuickConnectType": Col("type"), **leads_to},
                "Tags": Col("tags"),
            },
            save={"quick_connect_id": "QuickConnectId", "quick_connect_arn": "QuickConnectARN"},
            settle=Look(duplicate="DuplicateResourceException"),
            otherwise=(
                Step(
                    operation="UpdateQuickConnectName",
                    subject=QUICK_CONNECT,
                    args={"QuickConnectId": QUICK_CONNECT, "Description": Col("description")},
                    settle=Again(),
                ),
                Step(
                    operation="UpdateQuickConnectConfig",
                    subject=QUICK_CONNECT,
                    only_if=("type", sort),
                    args={
                        "QuickConnectId": QUICK_CONNECT,
                        "QuickConnectConfig": {"QuickConnectType": Col("type"), **leads_to},
                    },
                    settle=Again(),
                ),
            ),
            undo=Step(
                operation="DeleteQuickConnect",
                subject=QUICK_CONNECT,
                args={"QuickConnectId": Saved("quick_connect_id")},
                settle=Look(),
            ),
        )
        for sort, leads_to in LEADS_TO.items()
    ),
)
