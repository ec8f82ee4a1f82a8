"""Change the names and addresses of users."""

from __future__ import annotations

from dataclasses import replace

from bulkops.definition import Again, Job, Step
from bulkops.definition.user_columns import (
    EMAIL,
    FIRST_NAME,
    IDENTITY_INFO,
    LAST_NAME,
    MOBILE,
    NAMED,
    SECONDARY_EMAIL,
    USER,
    USERNAME,
)

JOB = Job(
    name="update-user-identity",
    summary="Change names, e-mail addresses and mobile numbers of users; logins can't be changed.",
    key=("username",),
    columns=(
        USERNAME,
        replace(FIRST_NAME, kept_for=NAMED),
        replace(LAST_NAME, kept_for=NAMED),
        EMAIL,
        SECONDARY_EMAIL,
        MOBILE,
    ),
    steps=(
        Step(
            operation="UpdateUserIdentityInfo",
            subject=USER,
            args={"UserId": USER, "IdentityInfo": IDENTITY_INFO},
            settle=Again(),
        ),
    ),
)
