"""Resume outbound campaigns that are paused."""

from __future__ import annotations

from dataclasses import replace

from bulkops.definition import Job, Look, Step
from bulkops.definition.campaign_columns import CAMPAIGN, CAMPAIGN_NAME, STATE, until

JOB = Job(
    name="resume-campaigns",
    summary="Resume outbound campaigns that are paused.",
    service="connectcampaignsv2",
    key=("campaign",),
    columns=(
        replace(
            CAMPAIGN_NAME,
            help="The name of the campaign to resume, which is paused.",
            example="Spring survey",
        ),
    ),
    steps=(
        Step(
            operation="ResumeCampaign",
            subject=CAMPAIGN,
            args={"id": CAMPAIGN},
            leads_to={STATE: "Running"},
            only_from=(STATE, ("Paused",)),
            settle=Look(),
            accepted=until("Running", "Completed"),
            undo=Step(
                operation="PauseCampaign",
                subject=CAMPAIGN,
                args={"id": CAMPAIGN},
                leads_to={STATE: "Paused"},
                settle=Look(),
                accepted=until("Paused"),
            ),
        ),
    ),
)
