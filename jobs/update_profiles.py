"""Change customer profiles; what is blank stays as it is."""

from __future__ import annotations

from bulkops.definition import Again, Job, Step
from bulkops.definition.profile_columns import CUSTOMER, PROFILE, SAID, SAID_COLUMNS

JOB = Job(
    name="update-profiles",
    summary="Change the names, numbers, addresses and attributes of customer profiles.",
    service="customer-profiles",
    key=("profile",),
    columns=(PROFILE, *SAID_COLUMNS),
    steps=(
        Step(
            operation="UpdateProfile",
            subject=CUSTOMER,
            args={"ProfileId": CUSTOMER, **SAID},
            settle=Again(),
        ),
    ),
)
