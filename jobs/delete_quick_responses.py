"""Delete quick responses."""

from __future__ import annotations

from dataclasses import replace

from bulkops.definition import ByToken, Col, Job, Look, Step, Token, Was
from bulkops.definition.quick_response_columns import MADE, NAME, QUICK_RESPONSE

JOB = Job(
    name="delete-quick-responses",
    summary="Delete quick responses that agents are not to send any more.",
    service="qconnect",
    key=("quick_response",),
    columns=(replace(NAME, help="The name of the quick response to delete.", example="Old offer"),),
    steps=(
        Step(
            operation="DeleteQuickResponse",
            subject=QUICK_RESPONSE,
            args={"quickResponseId": QUICK_RESPONSE},
            settle=Look(),
            undo=Step(
                operation="CreateQuickResponse",
                subject=QUICK_RESPONSE,
                args={
                    "name": Col("quick_response"),
                    "content": Was("content"),
                    "contentType": Was("contentType"),
                    "shortcutKey": Was("shortcutKey"),
                    "description": Was("description"),
                    "channels": Was("channels"),
                    "groupingConfiguration": Was("groupingConfiguration"),
                    "isActive": Was("isActive"),
                    "language": Was("language"),
                    "tags": Was("tags"),
                    "clientToken": Token(),
                },
                save={
                    "quick_response_id": "quickResponse.quickResponseId",
                    "quick_response_arn": "quickResponse.quickResponseArn",
                },
                settle=ByToken(),
                accepted=MADE,
            ),
        ),
    ),
)
