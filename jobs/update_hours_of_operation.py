"""Change hours of operation, a row for each time of the week at which they are to be open."""

from __future__ import annotations

from dataclasses import replace

from bulkops.definition import Again, Col, Column, Job, Step
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

RENAMED = replace(HOURS, renamed=Col("new_name"))

JOB = Job(
    name="update-hours-of-operation",
    summary="Change hours of operation: rows of one name that say days are its whole week.",
    key=("hours_of_operation", "day", "opens"),
    columns=(
        HOURS_OF_OPERATION,
        Column(
            name="new_name",
            help="The name that the hours are to have.",
            example="Support hours Europe",
        ),
        DESCRIPTION,
        TIME_ZONE,
        DAY,
        OPENS,
        CLOSES,
    ),
    steps=(
        Step(
            operation="UpdateHoursOfOperation",
            subject=RENAMED,
            args={
                "HoursOfOperationId": RENAMED,
                "Name": Col("new_name"),
                "Description": Col("description"),
                "TimeZone": Col("time_zone"),
                "Config": TIMES,
            },
            settle=Again(),
        ),
    ),
)
