"""Describe phone numbers anew."""

from __future__ import annotations

from bulkops.definition import Again, Col, Column, Job, Step, Token
from bulkops.definition.phone_number_columns import NUMBER, PHONE_NUMBER, UPDATED

JOB = Job(
    name="update-phone-numbers",
    summary="Give claimed phone numbers other descriptions.",
    key=("phone_number",),
    columns=(
        PHONE_NUMBER,
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
