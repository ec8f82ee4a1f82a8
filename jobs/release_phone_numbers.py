"""Give phone numbers up."""

from __future__ import annotations

from dataclasses import replace

from bulkops.definition import Job, Look, Step, Token
from bulkops.definition.phone_number_columns import NUMBER, PHONE_NUMBER

JOB = Job(
    name="release-phone-numbers",
    summary="Release phone numbers: whoever calls them is not connected any more.",
    key=("phone_number",),
    columns=(replace(PHONE_NUMBER, help="The number to give up, with + and country code."),),
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
