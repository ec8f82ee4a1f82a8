"""Change hours of operation, a row for each time of the week at which they are to be open."""

from __future__ import annotations

from bulkops.definition import Again, Col, Column, Find, Job, Step, Together

HOURS = Find("hours-of-operation", Col("hours_of_operation"), renamed=Col("new_name"))
WEEK = Together(
    {"Day": Col("day"), "StartTime": Col("opens"), "EndTime": Col("closes")},
    shown="{day} {opens}-{closes}",
    apart=("StartTime", "EndTime"),
)

JOB = Job(
    name="update-hours-of-operation",
    summary="Change hours of operation: rows of one name that say days are its whole week.",
    key=("hours_of_operation", "day", "opens"),
    columns=(
        Column(
            name="hours_of_operation",
            required=True,
            aliases=("hours", "hours of operation name"),
            help="The name of the hours of operation; as many rows as its week has times.",
            example="Basic Hours",
        ),
        Column(
            name="new_name",
            help="The name that the hours are to have.",
            example="Support hours Europe",
        ),
        Column(
            name="description",
            help="What the hours are for; blank in a row, it is as in the others of that name.",
            example="Weekdays with a break for lunch",
        ),
        Column(
            name="time_zone",
            aliases=("timezone",),
            help="The time zone by its IANA name; it may stand in one row of a name alone.",
            example="Europe/Dublin",
        ),
        Column(
            name="day",
            split=",;",
            spans=True,
            sets={
                "every day": (
                    "MONDAY",
                    "TUESDAY",
                    "WEDNESDAY",
                    "THURSDAY",
                    "FRIDAY",
                    "SATURDAY",
                    "SUNDAY",
                ),
                "weekdays": ("MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY"),
                "weekend": ("SATURDAY", "SUNDAY"),
                "closed": (),
            },
            spellings={
                "MONDAY": ("mon",),
                "TUESDAY": ("tue", "tues"),
                "WEDNESDAY": ("wed",),
                "THURSDAY": ("thu", "thur", "thurs"),
                "FRIDAY": ("fri",),
                "SATURDAY": ("sat",),
                "SUNDAY": ("sun",),
            },
            aliases=("days",),
            help="Mon, several (Mon, Wed), Mon-Fri, weekdays, weekend, every day; closed: no day.",
            example="Mon-Fri",
        ),
        Column(
            name="opens",
            kind="time",
            aliases=("start", "start time", "from"),
            help="When it opens on those days; a day with a break has two rows.",
            example="09:00",
        ),
        Column(
            name="closes",
            kind="time",
            aliases=("end", "end time", "to", "until"),
            help="When it closes; 00:00 is midnight at the end of the day.",
            example="17:00",
        ),
    ),
    steps=(
        Step(
            operation="UpdateHoursOfOperation",
            subject=HOURS,
            args={
                "HoursOfOperationId": HOURS,
                "Name": Col("new_name"),
                "Description": Col("description"),
                "TimeZone": Col("time_zone"),
                "Config": WEEK,
            },
            settle=Again(),
        ),
    ),
)
