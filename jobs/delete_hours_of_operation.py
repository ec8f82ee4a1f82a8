"""Delete hours of operation that nothing keeps to."""

from __future__ import annotations

from dataclasses import replace

from bulkops.definition import Col, Column, Job, Look, Saved, Step, Was
from bulkops.definition.hours_columns import (
    HOURS,
    HOURS_OF_OPERATION,
)

JOB = Job(
    name="delete-hours-of-operation",
    summary="Delete hours of operation that no queue and no flow keeps to any more.",
    key=("hours_of_operation",),
    columns=(
        replace(
            HOURS_OF_OPERATION,
            help="The name of the hours of operation to delete, with its overrides.",
            example="Around the clock",
        ),
        Column(
            name="time_zone",
            help="The time zone that it must have by then; blank: whichever it has.",
            example="Europe/Dublin",
        ),
    ),
    steps=(
        Step(
            operation="DeleteHoursOfOperation",
            subject=HOURS,
            args={"HoursOfOperationId": HOURS},
            expects={"TimeZone": Col("time_zone")},
            settle=Look(),
            undo=Step(
                operation="CreateHoursOfOperation",
                subject=HOURS,
                args={
                    "Name": Col("hours_of_operation"),
                    "Description": Was("Description"),
                    "TimeZone": Was("TimeZone"),
                    "Config": Was("Config"),
                    "Tags": Was("Tags"),
                },
                save={"hours_id": "HoursOfOperationId", "hours_arn": "HoursOfOperationArn"},
                settle=Look(duplicate="DuplicateResourceException"),
                also=(
                    Step(
                        operation="CreateHoursOfOperationOverride",
                        args={
                            "HoursOfOperationId": Saved("hours_id"),
                            "Name": Was("Name"),
                            "Description": Was("Description"),
                            "Config": Was("Config"),
                            "EffectiveFrom": Was("EffectiveFrom"),
                            "EffectiveTill": Was("EffectiveTill"),
                        },
                        each_of="hours-of-operation-override",
                    ),
                ),
            ),
        ),
    ),
)
