"""Create quick connects to agents, queues and numbers; one that is there can be changed."""

from __future__ import annotations

from dataclasses import replace

from bulkops.definition import Again, Col, Column, Find, Job, Look, Saved, Step
from bulkops.definition.routing_columns import GOES_TO, LEADS_TO, QUICK_CONNECT_TYPE, TRANSFER_FLOW
from bulkops.definition.tag_columns import TAGS_KEPT, tags_added

QUICK_CONNECT = Find("quick-connect", Col("quick_connect"))

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
        QUICK_CONNECT_TYPE,
        replace(GOES_TO, required=True),
        TRANSFER_FLOW,
        TAGS_KEPT,
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
                tags_added(QUICK_CONNECT),
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
