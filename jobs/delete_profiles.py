"""Delete customer profiles."""

from __future__ import annotations

from dataclasses import replace

from bulkops.definition import Job, Look, Step
from bulkops.definition.profile_columns import CUSTOMER, PROFILE

JOB = Job(
    name="delete-profiles",
    summary="Delete customer profiles, with everything that is kept of these customers.",
    service="customer-profiles",
    key=("profile",),
    columns=(replace(PROFILE, example="A-1030"),),
    steps=(
        Step(
            operation="DeleteProfile",
            subject=CUSTOMER,
            args={"ProfileId": CUSTOMER},
            settle=Look(),
            irreversible=(
                "a profile's objects and the keys added to it go with it, and no one can read all"
                " of them beforehand: it could not be made again as it was"
            ),
        ),
    ),
)
