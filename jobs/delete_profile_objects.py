"""Delete objects of customer profiles."""

from __future__ import annotations

from dataclasses import replace

from bulkops.definition import Again, Col, Job, Look, Step, Was
from bulkops.definition.profile_columns import CUSTOMER, OBJECT, OBJECT_ID, OBJECT_TYPE, PROFILE

JOB = Job(
    name="delete-profile-objects",
    summary="Delete objects, such as orders, of customer profiles.",
    service="customer-profiles",
    key=("profile", "object_type", "object_id"),
    columns=(
        replace(PROFILE, help=f"Whose object it is. {PROFILE.help}"),
        OBJECT_TYPE,
        replace(OBJECT_ID, example="O-1"),
    ),
    steps=(
        Step(
            operation="DeleteProfileObject",
            subject=OBJECT,
            args={
                "ProfileId": CUSTOMER,
                "ObjectTypeName": Col("object_type"),
                "ProfileObjectUniqueKey": OBJECT,
            },
            settle=Look(),
            undo=Step(
                operation="PutProfileObject",
                subject=OBJECT,
                makes=True,
                args={"ObjectTypeName": Col("object_type"), "Object": Was("Object")},
                settle=Again(),
            ),
        ),
    ),
)
