"""Let phone numbers lead to no flow."""

from __future__ import annotations

from bulkops.definition import Again, Col, Column, Find, Job, Step, Was

NUMBER = Find("phone-number", Col("phone_number"))

JOB = Job(
    name="disassociate-phone-number-flows",
    summary="Take the flows from phone numbers: whoever calls them is not connected any more.",
    key=("phone_number",),
    columns=(
        Column(
            name="phone_number",
            required=True,
            aliases=("number", "phone number", "phone", "did"),
            help="The claimed number, with + and country code.",
            example="+35315550100",
        ),
    ),
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
