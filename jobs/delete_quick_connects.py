"""Delete quick connects that no queue offers."""

from __future__ import annotations

from bulkops.definition import Col, Column, Find, Job, Look, Step, Was

QUICK_CONNECT = Find("quick-connect", Col("quick_connect"))

JOB = Job(
    name="delete-quick-connects",
    summary="Delete quick connects that no queue offers and no flow uses any more.",
    key=("quick_connect",),
    columns=(
        Column(
            name="quick_connect",
            required=True,
            aliases=("quick connect name",),
            help="The name of the quick connect to delete.",
            example="Billing desk",
        ),
        Column(
            name="type",
            spellings={
                "USER": ("agent",),
                "PHONE_NUMBER": ("phone", "number", "external"),
            },
            help="What it must lead to by then, else it is left alone; blank: whatever it is.",
            example="QUEUE",
        ),
    ),
    steps=(
        Step(
            operation="DeleteQuickConnect",
            subject=QUICK_CONNECT,
            args={"QuickConnectId": QUICK_CONNECT},
            expects={"QuickConnectConfig.QuickConnectType": Col("type")},
            settle=Look(),
            undo=Step(
                operation="CreateQuickConnect",
                subject=QUICK_CONNECT,
                args={
                    "Name": Col("quick_connect"),
                    "Description": Was("Description"),
                    "QuickConnectConfig": Was("QuickConnectConfig"),
                    "Tags": Was("Tags"),
                },
                save={"quick_connect_id": "QuickConnectId", "quick_connect_arn": "QuickConnectARN"},
                settle=Look(duplicate="DuplicateResourceException"),
            ),
        ),
    ),
)
