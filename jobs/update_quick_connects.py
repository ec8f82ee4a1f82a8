"""Change quick connects: their name, their description, and what they lead to."""

from __future__ import annotations

from dataclasses import replace

from bulkops.definition import Again, Col, Column, Find, Job, Step
from bulkops.definition.routing_columns import GOES_TO, LEADS_TO, QUICK_CONNECT_TYPE, TRANSFER_FLOW

QUICK_CONNECT = Find("quick-connect", Col("quick_connect"), renamed=Col("new_name"))

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
        QUICK_CONNECT_TYPE,
        replace(GOES_TO, example="Billing"),
        TRANSFER_FLOW,
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
