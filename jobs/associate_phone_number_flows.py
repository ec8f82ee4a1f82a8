"""Send the calls of phone numbers to flows."""

from __future__ import annotations

from bulkops.definition import Again, Col, Column, Find, Job, Step

NUMBER = Find("phone-number", Col("phone_number"))

JOB = Job(
    name="associate-phone-number-flows",
    summary="Send the calls of phone numbers to flows, in place of the flows that they have.",
    key=("phone_number",),
    columns=(
        Column(
            name="phone_number",
            required=True,
            aliases=("number", "phone number", "phone", "did"),
            help="The claimed number, with + and country code.",
            example="+35315550100",
        ),
        Column(
            name="flow",
            required=True,
            aliases=("contact flow", "contact flow name", "flow name", "contactflowname"),
            help="The flow that calls to the number are to reach.",
            example="Sample inbound flow",
        ),
    ),
    steps=(
        Step(
            operation="AssociatePhoneNumberContactFlow",
            subject=NUMBER,
            args={"PhoneNumberId": NUMBER, "ContactFlowId": Find("contact-flow", Col("flow"))},
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
