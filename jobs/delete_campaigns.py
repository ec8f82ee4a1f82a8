"""Delete outbound campaigns that reach nobody."""

from __future__ import annotations

from dataclasses import replace

from bulkops.definition import Col, Job, Look, Step, Was
from bulkops.definition.campaign_columns import CAMPAIGN, CAMPAIGN_NAME, STATE

JOB = Job(
    name="delete-campaigns",
    summary="Delete outbound campaigns that don't run; an undo makes them again, none started.",
    service="connectcampaignsv2",
    key=("campaign",),
    columns=(
        replace(
            CAMPAIGN_NAME,
            help="The name of the campaign to delete, which must not be running or paused.",
            example="Old promotion",
        ),
    ),
    steps=(
        Step(
            operation="DeleteCampaign",
            subject=CAMPAIGN,
            args={"id": CAMPAIGN},
            only_from=(STATE, ("Initialized", "Stopped", "Completed", "Failed")),
            settle=Look(),
            undo=Step(
                operation="CreateCampaign",
                subject=CAMPAIGN,
                args={
                    "name": Col("campaign"),
                    "channelSubtypeConfig": Was("channelSubtypeConfig"),
                    "source": Was("source"),
                    "connectCampaignFlowArn": Was("connectCampaignFlowArn"),
                    "schedule": Was("schedule"),
                    "communicationTimeConfig": Was("communicationTimeConfig"),
                    "communicationLimitsOverride": Was("communicationLimitsOverride"),
                    "tags": Was("tags"),
                },
                save={"campaign_id": "id", "campaign_arn": "arn"},
                settle=Look(duplicate="ConflictException"),
            ),
        ),
    ),
)
