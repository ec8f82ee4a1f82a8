"""What sheets about hours of operation have in common: their columns, and what these fill.

A job takes a column as it stands, or with `dataclasses.replace` says what is its own.
"""

from __future__ import annotations

from dataclasses import replace

from bulkops.definition.expressions import Together
from bulkops.definition.job import Column
from bulkops.definition.kinds.found_things import Col, Find

HOURS = Find("hours-of-operation", Col("hours_of_operation"))
OVERRIDE = Find("hours-of-operation-override", Col("holiday"), within=HOURS)
TIMES = Together(
    {"Day": Col("day"), "StartTime": Col("opens"), "EndTime": Col("closes")},
    shown="{day} {opens}-{closes}",
    apart=("StartTime", "EndTime"),
)
"""The times of a week at which something is open, a row for each."""

HOURS_OF_OPERATION = Column(
    name="hours_of_operation",
    required=True,
    aliases=("hours", "hours of operation name"),
    help="The name of the hours of operation; as many rows as its week has times.",
    example="Basic Hours",
)
OVERRIDDEN = replace(
    HOURS_OF_OPERATION, help="The name of the hours of operation that are overridden."
)
HOLIDAY = Column(
    name="holiday",
    required=True,
    aliases=("override", "override name", "name"),
    help="The name of the override; as many rows as there are times at which it is open.",
    example="New Year",
)
DESCRIPTION = Column(
    name="description",
    help="What the hours are for; blank in a row, it is as in the others of that name.",
    example="Weekdays with a break for lunch",
)
OVERRIDE_DESCRIPTION = Column(
    name="description",
    help="What the override is for; blank in a row, it is as in the others of that name.",
    example="Closed for Christmas",
)
TIME_ZONE = Column(
    name="time_zone",
    aliases=("timezone",),
    help="The time zone by its IANA name; it may stand in one row of a name alone.",
    example="Europe/Dublin",
)
FROM_DATE = Column(
    name="from_date",
    kind="date",
    aliases=("from", "effective from", "start date", "date"),
    help="The first day of it.",
    example="2026-12-24",
)
TO_DATE = Column(
    name="to_date",
    kind="date",
    aliases=("to", "till", "effective till", "end date"),
    help="The last day of it, which may be the first one too.",
    example="2026-12-27",
)
_WORKDAYS = ("MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY")
_WEEKEND = ("SATURDAY", "SUNDAY")
DAY = Column(
    name="day",
    split=",;",
    spans=True,
    sets={
        "every day": (*_WORKDAYS, *_WEEKEND),
        "weekdays": _WORKDAYS,
        "weekend": _WEEKEND,
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
)
OPENS = Column(
    name="opens",
    kind="time",
    aliases=("start", "start time", "from"),
    help="When it opens on those days; a day with a break has two rows.",
    example="09:00",
)
CLOSES = Column(
    name="closes",
    kind="time",
    aliases=("end", "end time", "to", "until"),
    help="When it closes; 00:00 is midnight at the end of the day.",
    example="17:00",
)
OVERRIDE_OPENS = replace(OPENS, aliases=("start", "start time"))
OVERRIDE_CLOSES = replace(CLOSES, aliases=("end", "end time", "until"))
"""Those of an override, whose from and to are dates."""
