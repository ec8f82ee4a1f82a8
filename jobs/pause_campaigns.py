"""Pause outbound campaigns that are running."""

from __future__ import annotations

from dataclasses import replace

from bulkops.definition import Job, Look, Step
from bulkops.definition.campaign_columns import CAMPAIGN, CAMPAIGN_NAME, STATE, until

JOB = Job(
    name="pause-campaigns",
    summary="Pause outbound campaigns: nobody more is reached until they are resumed.",
    service="connectcampaignsv2",
    key=("campaign",),
    columns=(replace(CAMPAIGN_NAME, help="The name of the campaign to pause, which is running."),),
    steps=(
        Step(
            operation="PauseCampaign",
            subject=CAMPAIGN,
            args={"id": CAMPAIGN},
            leads_to={STATE: "Paused"},
            only_from=(STATE, ("Running",)),
            settle=Look(),
            accepted=until("Paused"),
            undo=Step(
                operation="ResumeCampaign",
                subject=CAMPAIGN,
                args={"id": CAMPAIGN},
                leads_to={STATE: "Running"},
                settle=Look(),
                accepted=until("Running", "Completed"),
            ),
        ),
    ),
)
