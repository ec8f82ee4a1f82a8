"""Add keys by which customer profiles are found."""

from __future__ import annotations

from bulkops.definition import Job, Look, Step
from bulkops.definition.profile_columns import KEY, KEY_PLACE, KEY_SAID, PROFILE, VALUE

JOB = Job(
    name="add-profile-keys",
    summary="Add keys by which customer profiles are found, such as a login or another number.",
    service="customer-profiles",
    key=("profile", "key", "value"),
    columns=(PROFILE, KEY, VALUE),
    steps=(
        Step(
            operation="AddProfileKey",
            subject=KEY_PLACE,
            args=KEY_SAID,
            settle=Look(),
            undo=Step(
                operation="DeleteProfileKey",
                subject=KEY_PLACE,
                args=KEY_SAID,
                settle=Look(),
            ),
        ),
    ),
)
