"""Outbound campaigns, and the flows that they may follow."""

from __future__ import annotations

from bulkops.definition.homes import INSTANCE_ID
from bulkops.definition.kinds.listing import Listing
from bulkops.definition.kinds.reading import Reading
from bulkops.definition.kinds.thing_kind import ThingKind

CAMPAIGNS = (
    ThingKind(  # their state is told apart from all else of them
        name="campaign",
        noun="outbound campaign",
        service="connectcampaignsv2",
        listing=Listing(
            operation="ListCampaigns",
            items="campaignSummaryList",
            id="id",
            name="name",
            arn="arn",
            fixed={"filters": {"instanceIdFilter": {"value": INSTANCE_ID, "operator": "Eq"}}},
        ),
        describe=Reading(operation="DescribeCampaign", id_argument="id", item="campaign"),
        further=Reading(operation="GetCampaignState", id_argument="id", item=""),
    ),
    ThingKind(  # of flows, those that a campaign may follow
        name="campaign-flow",
        noun="campaign flow",
        listing=Listing(
            operation="ListContactFlows",
            items="ContactFlowSummaryList",
            fixed={"ContactFlowTypes": ["CAMPAIGN"]},
        ),
        describe=Reading(
            operation="DescribeContactFlow", id_argument="ContactFlowId", item="ContactFlow"
        ),
    ),
)
