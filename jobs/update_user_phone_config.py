"""Change how calls reach users: soft or desk phone, auto accept, after-contact work."""

from __future__ import annotations

from bulkops.definition import Again, Job, Step
from bulkops.definition.user_columns import (
    ACW_SECONDS,
    AUTO_ACCEPT,
    DESK_PHONE,
    PHONE_CONFIG,
    PHONE_TYPE,
    USER,
    USERNAME,
)

JOB = Job(
    name="update-user-phone-config",
    summary="Change phone settings of users; what a row leaves blank stays as it is.",
    key=("username",),
    columns=(USERNAME, PHONE_TYPE, DESK_PHONE, AUTO_ACCEPT, ACW_SECONDS),
    steps=(
        Step(
            operation="UpdateUserPhoneConfig",
            subject=USER,
            args={"UserId": USER, "PhoneConfig": PHONE_CONFIG},
            settle=Again(),
            levels={"AfterContactWorkConfigs": "update-user-config"},
        ),
    ),
)
