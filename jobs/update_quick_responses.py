"""Change quick responses: their name, what is sent, and who sees them."""

from __future__ import annotations

from dataclasses import replace

from bulkops.definition import Again, Col, Column, Find, Job, Step
from bulkops.definition.quick_response_columns import CHANGED, NAME, SET, VALUES

RENAMED = Find("quick-response", Col("quick_response"), renamed=Col("new_name"))

JOB = Job(
    name="update-quick-responses",
    summary="Rename quick responses, and change their content, shortcut and who sees them.",
    service="qconnect",
    key=("quick_response",),
    columns=(
        replace(NAME, help="The name that the quick response has."),
        Column(
            name="new_name",
            aliases=("new quick response name",),
            help="The name that the quick response is to have.",
            example="Welcome",
        ),
        *SET,
    ),
    steps=(
        Step(
            operation="UpdateQuickResponse",
            subject=RENAMED,
            args={"quickResponseId": RENAMED, "name": Col("new_name"), **VALUES},
            settle=Again(),
            accepted=replace(CHANGED, args={"quickResponseId": RENAMED}),
        ),
    ),
)
