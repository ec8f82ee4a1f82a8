"""Change contents of the knowledge base: their title, link and values, and the file itself."""

from __future__ import annotations

from dataclasses import replace

from bulkops.definition import Again, Col, Job, Step
from bulkops.definition.content_columns import (
    CONTENT,
    FILE,
    FILE_PUT,
    FORMAT,
    LINK,
    METADATA,
    NAME,
    TITLE,
)

JOB = Job(
    name="update-contents",
    summary="Change the title, link and values of articles, and put other files in their place.",
    service="qconnect",
    key=("content",),
    columns=(
        replace(NAME, help="The name of the content, which can't be changed."),
        TITLE,
        LINK,
        METADATA,
        replace(
            FILE,
            help=(
                "The new document: @returns.html names a file beside the sheet. Put there whenever"
                " it is filled, since no read tells which file is there; blank: the file stays."
            ),
        ),
        FORMAT,
    ),
    steps=(
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
        Step(
            operation="UpdateContent",
            subject=CONTENT,
            when="file",
            args={"contentId": CONTENT},
            uploads={"uploadId": FILE_PUT},
            settle=Again(),
            irreversible="The knowledge base does not keep the former file: keep it yourself.",
        ),
    ),
)
