"""Create customer profiles, each looked for first by what its row calls it."""

from __future__ import annotations

from dataclasses import replace

from bulkops.definition import Again, Job, Look, Saved, Step
from bulkops.definition.profile_columns import CUSTOMER, PROFILE, SAID, SAID_COLUMNS

JOB = Job(
    name="create-profiles",
    summary="Create customer profiles with their names, numbers, addresses and attributes.",
    service="customer-profiles",
    key=("profile",),
    columns=(
        replace(
            PROFILE,
            help=(
                "What the profile is found by, if it is there, and else is given: an account"
                " number, an e-mail address, or a phone number from + on."
            ),
            example="A-2001",
        ),
        *SAID_COLUMNS,
    ),
    steps=(
        Step(
            operation="CreateProfile",
            subject=CUSTOMER,
            args=SAID,
            save={"profile_id": "ProfileId"},
            settle=Look(),
            otherwise=(
                Step(
                    operation="UpdateProfile",
                    subject=CUSTOMER,
                    args={"ProfileId": CUSTOMER, **SAID},
                    settle=Again(),
                ),
            ),
            undo=Step(
                operation="DeleteProfile",
                subject=CUSTOMER,
                args={"ProfileId": Saved("profile_id")},
                settle=Look(),
            ),
        ),
    ),
)
