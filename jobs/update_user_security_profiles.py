"""Give users other security profiles: in place of theirs, beside them, or fewer."""

from __future__ import annotations

from dataclasses import replace

from bulkops.definition import Again, Amended, Col, Job, Step
from bulkops.definition.user_columns import (
    CHANGE,
    SECURITY_PROFILES,
    SECURITY_PROFILES_FOUND,
    USER,
    USERNAME,
)

JOB = Job(
    name="update-user-security-profiles",
    summary="Replace, add or remove security profiles of users.",
    key=("username",),
    columns=(USERNAME, replace(SECURITY_PROFILES, required=True), CHANGE),
    steps=(
        Step(
            operation="UpdateUserSecurityProfiles",
            subject=USER,
            args={
                "UserId": USER,
                "SecurityProfileIds": Amended(SECURITY_PROFILES_FOUND, by=Col("change")),
            },
            settle=Again(),
        ),
    ),
)
