"""Put objects into customer profiles, in the place of those with the same unique key."""

from __future__ import annotations

from dataclasses import replace

from bulkops.definition import Again, Col, Column, Job, Look, Saved, Step
from bulkops.definition.profile_columns import CUSTOMER, OBJECT, OBJECT_ID, OBJECT_TYPE, PROFILE

JOB = Job(
    name="put-profile-objects",
    summary="Put objects, such as orders, into customer profiles: new ones, or in place of others.",
    service="customer-profiles",
    key=("profile", "object_type", "object_id"),
    columns=(
        replace(PROFILE, help=f"Whose object it is. {PROFILE.help}"),
        OBJECT_TYPE,
        OBJECT_ID,
        Column(
            name="object",
            kind="json",
            required=True,
            file=True,
            help="The object as JSON, with the fields of its type's keys.",
            example='{"orderId": "O-2", "account": "A-1002", "total": 5}',
        ),
    ),
    steps=(
        Step(
            operation="PutProfileObject",
            subject=OBJECT,
            makes=True,
            args={"ObjectTypeName": Col("object_type"), "Object": Col("object")},
            save={"object_key": "ProfileObjectUniqueKey"},
            settle=Again(),
            undo=Step(
                operation="DeleteProfileObject",
                subject=OBJECT,
                args={
                    "ProfileId": CUSTOMER,
                    "ObjectTypeName": Col("object_type"),
                    "ProfileObjectUniqueKey": Saved("object_key"),
                },
                settle=Look(),
            ),
        ),
    ),
)
