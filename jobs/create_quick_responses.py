"""Create quick responses; one that is there can be changed."""

from __future__ import annotations

from dataclasses import replace

from bulkops.definition import Again, ByToken, Col, Column, Job, Look, Saved, Step, Token
from bulkops.definition.quick_response_columns import (
    CHANGED,
    CONTENT,
    MADE,
    NAME,
    QUICK_RESPONSE,
    SET,
    VALUES,
)

JOB = Job(
    name="create-quick-responses",
    summary="Create quick responses, which agents send in chats and e-mails by a shortcut.",
    service="qconnect",
    key=("quick_response",),
    columns=(
        replace(NAME, help="The name of the new quick response.", example="Delivery times"),
        *(replace(each, required=True) if each == CONTENT else each for each in SET),
        Column(
            name="tags",
            kind="tags",
            split=";|",
            help="Tags of a new quick response as key=value, separated by ; or |.",
            example="team=support",
        ),
    ),
    steps=(
        Step(
            operation="CreateQuickResponse",
            subject=QUICK_RESPONSE,
            args={
                "name": Col("quick_response"),
                **VALUES,
                "tags": Col("tags"),
                "clientToken": Token(),
            },
            save={
                "quick_response_id": "quickResponse.quickResponseId",
                "quick_response_arn": "quickResponse.quickResponseArn",
            },
            settle=ByToken(),
            accepted=MADE,
            otherwise=(
                Step(
                    operation="UpdateQuickResponse",
                    subject=QUICK_RESPONSE,
                    args={"quickResponseId": QUICK_RESPONSE, **VALUES},
                    settle=Again(),
                    accepted=CHANGED,
                ),
            ),
            undo=Step(
                operation="DeleteQuickResponse",
                subject=QUICK_RESPONSE,
                args={"quickResponseId": Saved("quick_response_id")},
                settle=Look(),
            ),
        ),
    ),
)
