"""Delete contents of the knowledge base."""

from __future__ import annotations

from dataclasses import replace

from bulkops.definition import Job, Look, Step
from bulkops.definition.content_columns import CONTENT, NAME

JOB = Job(
    name="delete-contents",
    summary="Delete articles of the knowledge base. Their files are gone with them.",
    service="qconnect",
    key=("content",),
    columns=(replace(NAME, help="The name of the content to delete.", example="Old prices"),),
    steps=(
        Step(
            operation="DeleteContent",
            subject=CONTENT,
            args={"contentId": CONTENT},
            settle=Look(),
            irreversible=(
                "The knowledge base keeps no file of a deleted content: keep the file yourself. A"
                " new content of the same name gets another id."
            ),
        ),
    ),
)
