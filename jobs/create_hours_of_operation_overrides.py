"""Create overrides of hours of operation, such as holidays."""

from __future__ import annotations

from dataclasses import replace

from bulkops.definition import Again, Col, Job, Look, Saved, Step
from bulkops.definition.hours_columns import (
    DAY,
    FROM_DATE,
    HOLIDAY,
    HOURS,
    OVERRIDDEN,
    OVERRIDE,
    OVERRIDE_CLOSES,
    OVERRIDE_DESCRIPTION,
    OVERRIDE_OPENS,
    TIMES,
    TO_DATE,
)

JOB = Job(
    name="create-hours-of-operation-overrides",
    summary="Create holidays and other overrides of hours: rows of one name are its times.",
    key=("hours_of_operation", "holiday", "day", "opens"),
    columns=(
        OVERRIDDEN,
        replace(HOLIDAY, example="Christmas"),
        OVERRIDE_DESCRIPTION,
        FROM_DATE,
        TO_DATE,
        DAY,
        OVERRIDE_OPENS,
        OVERRIDE_CLOSES,
    ),
    steps=(
        Step(
            operation="CreateHoursOfOperationOverride",
            subject=OVERRIDE,
            args={
                "HoursOfOperationId": HOURS,
                "Name": Col("holiday"),
                "Description": Col("description"),
                "Config": TIMES,
                "EffectiveFrom": Col("from_date"),
                "EffectiveTill": Col("to_date"),
            },
            save={"override_id": "HoursOfOperationOverrideId"},
            settle=Look(duplicate="DuplicateResourceException"),
            otherwise=(
                Step(
                    operation="UpdateHoursOfOperationOverride",
                    subject=OVERRIDE,
                    args={
                        "HoursOfOperationId": HOURS,
                        "HoursOfOperationOverrideId": OVERRIDE,
                        "Description": Col("description"),
                        "Config": TIMES,
                        "EffectiveFrom": Col("from_date"),
                        "EffectiveTill": Col("to_date"),
                    },
                    settle=Again(),
                ),
            ),
            undo=Step(
                operation="DeleteHoursOfOperationOverride",
                subject=OVERRIDE,
                args={
                    "HoursOfOperationId": HOURS,
                    "HoursOfOperationOverrideId": Saved("override_id"),
                },
                settle=Look(),
            ),
        ),
    ),
)
