"""Start outbound campaigns that have not begun."""

from __future__ import annotations

from dataclasses import replace

from bulkops.definition import Job, Look, Step
from bulkops.definition.campaign_columns import (
    BEFORE_START,
    CAMPAIGN,
    CAMPAIGN_NAME,
    STATE,
    until,
)

JOB = Job(
    name="start-campaigns",
    summary="Start outbound campaigns, so that people are reached. Resume paused ones instead.",
    service="connectcampaignsv2",
    key=("campaign",),
    columns=(
        replace(
            CAMPAIGN_NAME,
            help="The name of the campaign to start, which has not begun yet.",
            example="Payment reminders",
        ),
    ),
    steps=(
        Step(
            operation="StartCampaign",
            subject=CAMPAIGN,
            args={"id": CAMPAIGN},
            leads_to={STATE: "Running"},
            only_from=BEFORE_START,
            settle=Look(),
            accepted=until("Running", "Completed"),
            irreversible=(
                "Whom it has reached was reached, and what has begun does not become what has not."
                " pause-campaigns holds it, stop-campaigns ends it."
            ),
        ),
    ),
)
