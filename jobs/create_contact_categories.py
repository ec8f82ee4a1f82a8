"""Create categories that contacts get once Contact Lens has analysed them."""

from __future__ import annotations

from dataclasses import replace

from bulkops.definition import Again, ByToken, Col, Column, Job, Look, Saved, Step, Token
from bulkops.definition.rule_columns import AS_CATEGORY, CATEGORY, RULE_NAME, SAID, STATUS

JOB = Job(
    name="create-contact-categories",
    summary="Create categories of contacts: the words by which a call or chat gets them.",
    key=("category",),
    columns=(
        replace(
            RULE_NAME,
            name="category",
            aliases=("category name", "contact category"),
            help="The name of the category, without spaces; a rule of that name assigns it.",
            example="Cancellation",
        ),
        Column(
            name="channel",
            required=True,
            spellings={
                "OnPostCallAnalysisAvailable": ("call", "voice", "post-call"),
                "OnPostChatAnalysisAvailable": ("chat", "post-chat"),
            },
            help="Which contacts it is for, once they are over and analysed: calls, or chats.",
            example="call",
        ),
        Column(
            name="words",
            required=True,
            split=";|",
            aliases=("phrases", "keywords"),
            help="Words or phrases, separated by ; or |, of which one must be said just so.",
            example="cancel my account; close my account",
        ),
        Column(
            name="said_by",
            aliases=("participant", "speaker"),
            spellings={"AGENT": (), "CUSTOMER": ()},
            help="Who must say them: the agent or the customer; blank: whoever does.",
            example="customer",
        ),
        Column(
            name="queues",
            split=";|",
            aliases=("queue",),
            help="The queues, by name, of which one must be the contact's; blank: any queue.",
            example="Support; Billing",
        ),
        replace(
            STATUS, default="PUBLISHED", help="Whether it acts: published (blank), or a draft."
        ),
    ),
    steps=tuple(
        Step(
            operation="CreateRule",
            subject=CATEGORY,
            only_if=("channel", event),
            args={
                "Name": Col("category"),
                "TriggerEventSource": {"EventSourceName": Col("channel")},
                "Function": said,
                "Actions": AS_CATEGORY,
                "PublishStatus": Col("status"),
                "ClientToken": Token(),
            },
            save={"rule_id": "RuleId", "rule_arn": "RuleArn"},
            settle=ByToken(),
            otherwise=(
                Step(
                    operation="UpdateRule",
                    subject=CATEGORY,
                    only_if=("channel", event),
                    args={
                        "RuleId": CATEGORY,
                        "Name": Col("category"),
                        "Function": said,
                        "Actions": AS_CATEGORY,
                        "PublishStatus": Col("status"),
                    },
                    settle=Again(),
                ),
            ),
            undo=Step(
                operation="DeleteRule",
                subject=CATEGORY,
                args={"RuleId": Saved("rule_id")},
                settle=Look(),
            ),
        )
        for event, said in SAID.items()
    ),
)
