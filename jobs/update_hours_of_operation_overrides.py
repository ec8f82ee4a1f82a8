"""Change overrides of hours of operation, such as holidays."""

from __future__ import annotations

from bulkops.definition import Again, Col, Column, Find, Job, Step, Together

HOURS = Find("hours-of-operation", Col("hours_of_operation"))
OVERRIDE = Find("hours-of-operation-override", Col("holiday"), within=HOURS)
TIMES = Together(
    {"Day": Col("day"), "StartTime": Col("opens"), "EndTime": Col("closes")},
    shown="{day} {opens}-{closes}",
    apart=("StartTime", "EndTime"),
)

JOB = Job(
    name="update-hours-of-operation-overrides",
    summary="Change overrides of hours: rows of one name that say days are all of its times.",
    key=("hours_of_operation", "holiday", "day", "opens"),
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
            help="The name of the override; as many rows as there are times at which it is open.",
            example="New Year",
        ),
        Column(
            name="description",
            help="What the override is for; blank in a row, it is as in the others of that name.",
            example="Closed for Christmas",
        ),
        Column(
            name="from_date",
            kind="date",
            aliases=("from", "effective from", "start date", "date"),
            help="The first day of it.",
            example="2026-12-24",
        ),
        Column(
            name="to_date",
            kind="date",
            aliases=("to", "till", "effective till", "end date"),
            help="The last day of it, which may be the first one too.",
            example="2026-12-27",
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
            aliases=("start", "start time"),
            help="When it opens on those days; a day with a break has two rows.",
            example="09:00",
        ),
        Column(
            name="closes",
            kind="time",
            aliases=("end", "end time", "until"),
            help="When it closes; 00:00 is midnight at the end of the day.",
            example="17:00",
        ),
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
