"""What agents look up and send by Q in Connect."""

from __future__ import annotations

from bulkops.definition.kinds.listing import Listing
from bulkops.definition.kinds.reading import Reading
from bulkops.definition.kinds.thing_kind import ThingKind

KNOWLEDGE = (
    ThingKind(
        name="quick-response",
        noun="quick response",
        service="qconnect",
        listing=Listing(
            operation="ListQuickResponses",
            items="quickResponseSummaries",
            id="quickResponseId",
            name="name",
            arn="quickResponseArn",
        ),
        search=Listing(
            operation="SearchQuickResponses",
            items="results",
            id="quickResponseId",
            name="name",
            arn="quickResponseArn",
            fixed={"searchExpression": {}},
            dated=True,
        ),
        describe=Reading(
            operation="GetQuickResponse", id_argument="quickResponseId", item="quickResponse"
        ),
        written_as={
            "contents.plainText.content": "content.content",
            "contents.markdown.content": "content.content",
        },
    ),
    ThingKind(
        name="content",
        noun="content",
        service="qconnect",
        listing=Listing(
            operation="ListContents",
            items="contentSummaries",
            id="contentId",
            name="name",
            arn="contentArn",
        ),
        describe=Reading(operation="GetContent", id_argument="contentId", item="content"),
        written_as={"linkOutUri": "overrideLinkOutUri"},
    ),
)
