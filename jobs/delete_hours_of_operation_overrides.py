"""Delete overrides of hours of operation, such as holidays that are over."""

from __future__ import annotations

from dataclasses import replace

from bulkops.definition import Col, Job, Look, Step, Was
from bulkops.definition.hours_columns import (
    HOLIDAY,
    HOURS,
    OVERRIDDEN,
    OVERRIDE,
)

JOB = Job(
    name="delete-hours-of-operation-overrides",
    summary="Delete overrides of hours of operation, such as holidays that are over.",
    key=("hours_of_operation", "holiday"),
    columns=(
        OVERRIDDEN,
        replace(HOLIDAY, help="The name of the override."),
    ),
    steps=(
        Step(
            operation="DeleteHoursOfOperationOverride",
            subject=OVERRIDE,
            args={"HoursOfOperationId": HOURS, "HoursOfOperationOverrideId": OVERRIDE},
            settle=Look(),
            undo=Step(
                operation="CreateHoursOfOperationOverride",
                subject=OVERRIDE,
                args={
                    "HoursOfOperationId": HOURS,
                    "Name": Col("holiday"),
                    "Description": Was("Description"),
                    "Config": Was("Config"),
                    "EffectiveFrom": Was("EffectiveFrom"),
                    "EffectiveTill": Was("EffectiveTill"),
                },
                save={"override_id": "HoursOfOperationOverrideId"},
                settle=Look(duplicate="DuplicateResourceException"),
            ),
        ),
    ),
)
