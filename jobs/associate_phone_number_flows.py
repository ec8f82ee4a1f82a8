"""Send the calls of phone numbers to flows."""

from __future__ import annotations

from dataclasses import replace

from bulkops.definition import Job
from bulkops.definition.phone_number_columns import FLOW, PHONE_NUMBER, SENT_TO_FLOW

JOB = Job(
    name="associate-phone-number-flows",
    summary="Send the calls of phone numbers to flows, in place of the flows that they have.",
    key=("phone_number",),
    columns=(
        PHONE_NUMBER,
        replace(FLOW, required=True),
    ),
    steps=(SENT_TO_FLOW,),
)
