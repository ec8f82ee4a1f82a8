"""Describe phone numbers anew."""

from __future__ import annotations

from bulkops.definition import Again, Col, Column, Find, Job, Polling, Step, Token

NUMBER = Find("phone-number", Col("phone_number"))
UPDATED = Polling(
    operation="DescribePhoneNumber",
    args={"PhoneNumberId": NUMBER},
    path="ClaimedPhoneNumberSummary.PhoneNumberStatus.Status",
    done=("CLAIMED",),
    failed=("FAILED",),
    message="ClaimedPhoneNumberSummary.PhoneNumberStatus.Message",
)

JOB = Job(
    name="update-phone-numbers",
    summary="Give claimed phone numbers other descriptions.",
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
            name="description",
            aliases=("phone number description", "new description"),
            help="What the number is for; CLEAR! takes the description away.",
            example="Support line Ireland",
        ),
    ),
    steps=(
        Step(
            operation="UpdatePhoneNumberMetadata",
            subject=NUMBER,
            args={
                "PhoneNumberId": NUMBER,
                "PhoneNumberDescription": Col("description"),
                "ClientToken": Token(),
            },
            settle=Again(),
            accepted=UPDATED,
        ),
    ),
)
