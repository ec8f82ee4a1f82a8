"""Describe phone numbers anew."""

from __future__ import annotations

from dataclasses import replace

from bulkops.definition import Job
from bulkops.definition.phone_number_columns import DESCRIBED, DESCRIPTION, PHONE_NUMBER

JOB = Job(
    name="update-phone-numbers",
    summary="Give claimed phone numbers other descriptions.",
    key=("phone_number",),
    columns=(
        PHONE_NUMBER,
        replace(DESCRIPTION, aliases=(*DESCRIPTION.aliases, "new description")),
    ),
    steps=(DESCRIBED,),
)
