"""Change overrides of hours of operation, such as holidays."""

from __future__ import annotations

from bulkops.definition import Again, Col, Job, Step
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
    name="update-hours-of-operation-overrides",
    summary="Change overrides of hours: rows of one name that say days are all of its times.",
    key=("hours_of_operation", "holiday", "day", "opens"),
    columns=(
        OVERRIDDEN,
        HOLIDAY,
        OVERRIDE_DESCRIPTION,
        FROM_DATE,
        TO_DATE,
        DAY,
        OVERRIDE_OPENS,
        OVERRIDE_CLOSES,
    ),
    steps=(
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
)
