"""Give phone numbers up."""

from __future__ import annotations

from bulkops.definition import Col, Column, Find, Job, Look, Step, Token

NUMBER = Find("phone-number", Col("phone_number"))

JOB = Job(
    name="release-phone-numbers",
    summary="Release phone numbers: whoever calls them is not connected any more.",
    key=("phone_number",),
    columns=(
        Column(
            name="phone_number",
            required=True,
            aliases=("number", "phone number", "phone", "did"),
            help="The number to give up, with + and country code.",
            example="+35315550100",
        ),
    ),
    steps=(
        Step(
            operation="ReleasePhoneNumber",
            subject=NUMBER,
            args={"PhoneNumberId": NUMBER, "ClientToken": Token()},
            settle=Look(),
            irreversible=(
                "A released number cools down for up to 180 days, in which nobody can claim it;"
                " after that anybody can."
            ),
        ),
    ),
)
