"""Create hours of operation, a row for each time of the week at which they are open."""

from __future__ import annotations

from dataclasses import replace

from bulkops.definition import Again, Col, Job, Look, Saved, Step
from bulkops.definition.hours_columns import (
    CLOSES,
    DAY,
    DESCRIPTION,
    HOURS,
    HOURS_OF_OPERATION,
    OPENS,
    TIME_ZONE,
    TIMES,
)
from bulkops.definition.tag_columns import TAGS_KEPT, tags_added

JOB = Job(
    name="create-hours-of-operation",
    summary="Create hours of operation: the rows of one name make its week.",
    key=("hours_of_operation", "day", "opens"),
    columns=(
        replace(HOURS_OF_OPERATION, example="Support hours"),
        DESCRIPTION,
        TIME_ZONE,
        DAY,
        OPENS,
        CLOSES,
        TAGS_KEPT,
    ),
    steps=(
        Step(
            operation="CreateHoursOfOperation",
            subject=HOURS,
            args={
                "Name": Col("hours_of_operation"),
                "Description": Col("description"),
                "TimeZone": Col("time_zone"),
                "Config": TIMES,
                "Tags": Col("tags"),
            },
            save={"hours_id": "HoursOfOperationId", "hours_arn": "HoursOfOperationArn"},
            settle=Look(duplicate="DuplicateResourceException"),
            otherwise=(
                Step(
                    operation="UpdateHoursOfOperation",
                    subject=HOURS,
                    args={
                        "HoursOfOperationId": HOURS,
                        "Description": Col("description"),
                        "TimeZone": Col("time_zone"),
                        "Config": TIMES,
                    },
                    settle=Again(),
                ),
                tags_added(HOURS),
            ),
            undo=Step(
                operation="DeleteHoursOfOperation",
                subject=HOURS,
                args={"HoursOfOperationId": Saved("hours_id")},
                settle=Look(),
            ),
        ),
    ),
)
