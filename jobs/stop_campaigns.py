"""Stop outbound campaigns for good."""

from __future__ import annotations

from dataclasses import replace

from bulkops.definition import Job, Look, Step
from bulkops.definition.campaign_columns import CAMPAIGN, CAMPAIGN_NAME, STATE, until

JOB = Job(
    name="stop-campaigns",
    summary="Stop outbound campaigns for good; pause-campaigns holds them for a while.",
    service="connectcampaignsv2",
    key=("campaign",),
    columns=(
        replace(
            CAMPAIGN_NAME,
            help="The name of the campaign to stop, which is running or paused.",
            example="Autumn offers",
        ),
    ),
    steps=(
        Step(
            operation="StopCampaign",
            subject=CAMPAIGN,
            args={"id": CAMPAIGN},
            leads_to={STATE: "Stopped"},
            only_from=(STATE, ("Running", "Paused")),
            settle=Look(),
            accepted=until("Stopped"),
            irreversible="A campaign that is stopped can't be started or resumed any more.",
        ),
    ),
)
