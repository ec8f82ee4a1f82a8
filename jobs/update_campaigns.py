"""Change outbound campaigns: their name always, and until they are started all else."""

from __future__ import annotations

from dataclasses import replace

from bulkops.definition import Again, Col, Column, Job, Step
from bulkops.definition.campaign_columns import (
    BEFORE_START,
    CAMPAIGN,
    CAMPAIGN_FLOW,
    CAMPAIGN_NAME,
    ENDS,
    FLOW,
    SCHEDULE,
    SEGMENT,
    STARTS,
    TIMES,
)

RENAMED = replace(CAMPAIGN, renamed=Col("new_name"))

JOB = Job(
    name="update-campaigns",
    summary="Rename outbound campaigns, and change when they reach whom before they are started.",
    service="connectcampaignsv2",
    key=("campaign",),
    columns=(
        replace(CAMPAIGN_NAME, help="The name that the campaign has.", example="Payment reminders"),
        Column(
            name="new_name",
            aliases=("new campaign name",),
            help="The name that the campaign is to have.",
            example="Reminders of payments",
        ),
        CAMPAIGN_FLOW,
        SEGMENT,
        STARTS,
        ENDS,
        TIMES,
    ),
    steps=(
        Step(
            operation="UpdateCampaignName",
            subject=RENAMED,
            args={"id": RENAMED, "name": Col("new_name")},
            settle=Again(),
        ),
        Step(
            operation="UpdateCampaignFlowAssociation",
            subject=RENAMED,
            args={"id": RENAMED, "connectCampaignFlowArn": FLOW},
            only_from=BEFORE_START,
            settle=Again(),
        ),
        Step(
            operation="UpdateCampaignSource",
            subject=RENAMED,
            args={"id": RENAMED, "source": {"customerProfilesSegmentArn": Col("segment")}},
            only_from=BEFORE_START,
            settle=Again(),
        ),
        Step(
            operation="UpdateCampaignSchedule",
            subject=RENAMED,
            args={"id": RENAMED, "schedule": SCHEDULE},
            only_from=BEFORE_START,
            settle=Again(),
        ),
        Step(
            operation="UpdateCampaignCommunicationTime",
            subject=RENAMED,
            args={"id": RENAMED, "communicationTimeConfig": Col("communication_time")},
            only_from=BEFORE_START,
            settle=Again(),
        ),
    ),
)
