"""Delete overrides of hours of operation, such as holidays that are over."""

from __future__ import annotations

from bulkops.definition import Col, Column, Find, Job, Look, Step, Was

HOURS = Find("hours-of-operation", Col("hours_of_operation"))
OVERRIDE = Find("hours-of-operation-override", Col("holiday"), within=HOURS)

JOB = Job(
    name="delete-hours-of-operation-overrides",
    summary="Delete overrides of hours of operation, such as holidays that are over.",
    key=("hours_of_operation", "holiday"),
    columns=(
        Column(
            name="hours_of_operation",
            required=True,
            aliases=("hours", "hours of operation name"),
            help="The name of the hours of operation that are overridden.",
            example="Basic Hours",
        ),
        Column(
            name="holiday",
            required=True,
            aliases=("override", "override name", "name"),
            help="The name of the override.",
            example="New Year",
        ),
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
