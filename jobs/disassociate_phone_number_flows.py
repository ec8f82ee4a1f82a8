"""Let phone numbers lead to no flow."""

from __future__ import annotations

from bulkops.definition import Again, Job, Step, Was
from bulkops.definition.phone_number_columns import NUMBER, PHONE_NUMBER

JOB = Job(
    name="disassociate-phone-number-flows",
    summary="Take the flows from phone numbers: whoever calls them is not connected any more.",
    key=("phone_number",),
    columns=(PHONE_NUMBER,),
    steps=(
        Step(
            operation="DisassociatePhoneNumberContactFlow",
            subject=NUMBER,
            args={"PhoneNumberId": NUMBER},
            settle=Again(),
            undo=Step(
                operation="AssociatePhoneNumberContactFlow",
                subject=NUMBER,
                args={
                    "PhoneNumberId": NUMBER,
                    "ContactFlowId": Was("ContactFlowId", finds="contact-flow"),
                },
                settle=Again(),
            ),
        ),
    ),
)
