"""Flows."""

from __future__ import annotations

from bulkops.definition.kinds.thing_kind import SEARCH_KEYS, Listing, Reading, ThingKind

FLOWS = (
    ThingKind(
        name="contact-flow",
        noun="flow",
        listing=Listing(operation="ListContactFlows", items="ContactFlowSummaryList"),
        search=Listing(
            operation="SearchContactFlows",
            items="ContactFlows",
            keys=SEARCH_KEYS,
            field_name="name",
        ),
        describe=Reading(
            operation="DescribeContactFlow", id_argument="ContactFlowId", item="ContactFlow"
        ),
    ),
)
