"""Create contents of the knowledge base from files; one that is there can be changed."""

from __future__ import annotations

from dataclasses import replace

from bulkops.definition import Again, ByToken, Col, Column, Job, Look, Saved, Step, Token
from bulkops.definition.content_columns import (
    CONTENT,
    FILE,
    FILE_PUT,
    FORMAT,
    LINK,
    MADE,
    METADATA,
    NAME,
    TITLE,
)

JOB = Job(
    name="create-contents",
    summary="Create articles of the knowledge base from files, for agents to be shown.",
    service="qconnect",
    key=("content",),
    columns=(
        replace(NAME, help="The name of the new content.", example="Fees"),
        replace(FILE, required=True),
        replace(FORMAT, required=True),
        TITLE,
        LINK,
        METADATA,
        Column(
            name="tags",
            kind="tags",
            split=";|",
            help="Tags of a new content as key=value, separated by ; or |.",
            example="team=support",
        ),
    ),
    steps=(
        Step(
            operation="CreateContent",
            subject=CONTENT,
            args={
                "name": Col("content"),
                "title": Col("title"),
                "overrideLinkOutUri": Col("link"),
                "metadata": Col("metadata"),
                "tags": Col("tags"),
                "clientToken": Token(),
            },
            uploads={"uploadId": FILE_PUT},
            save={"content_id": "content.contentId", "content_arn": "content.contentArn"},
            settle=ByToken(),
            accepted=MADE,
            otherwise=(
                Step(
                    operation="UpdateContent",
                    subject=CONTENT,
                    args={
                        "contentId": CONTENT,
                        "title": Col("title"),
                        "overrideLinkOutUri": Col("link"),
                        "metadata": Col("metadata"),
                    },
                    settle=Again(),
                ),
            ),
            undo=Step(
                operation="DeleteContent",
                subject=CONTENT,
                args={"contentId": Saved("content_id")},
                settle=Look(),
            ),
        ),
    ),
)
