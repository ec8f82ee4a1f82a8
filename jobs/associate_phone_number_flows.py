"""Send the calls of phone numbers to flows."""

from __future__ import annotations

from dataclasses import replace

from bulkops.definition import Again, Job, Step
from bulkops.definition.phone_number_columns import FLOW, FLOW_FOUND, NUMBER, PHONE_NUMBER

JOB = Job(
    name="associate-phone-number-flows",
    summary="Send the calls of phone numbers to flows, in place of the flows that they have.",
    key=("phone_number",),
    columns=(
        PHONE_NUMBER,
        replace(FLOW, required=True),
    ),
    steps=(
        Step(
            operation="AssociatePhoneNumberContactFlow",
            subject=NUMBER,
            args={"PhoneNumberId": NUMBER, "ContactFlowId": FLOW_FOUND},
            settle=Again(),
            undo=Step(
                operation="DisassociatePhoneNumberContactFlow",
                subject=NUMBER,
                args={"PhoneNumberId": NUMBER},
                settle=Again(),
            ),
        ),
    ),
)
