"""How cells with dates and times are read; what could mean two moments is refused."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, date, datetime, time

from bulkops.definition.column_facts import ColumnFacts
from bulkops.definition.job import Column
from bulkops.definition.model.value_limits import MOMENT, text_breach
from bulkops.definition.model.value_texts import instant_text
from bulkops.planning.rows.cells import refusal, refuse_breach

_ISO = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})(?:[T ]00:00(?::00)?)?")
_THREE = re.compile(r"([0-9]{1,4})[-./ ]+([0-9]{1,2})[-./ ]+([0-9]{1,4})\.?")
_CLOCK = re.compile(
    r"([0-9]{1,2})(?:[:.h]([0-9]{2})(?::([0-9]{2}))?)?\s*(am|pm|a\.m\.|p\.m\.)?", re.IGNORECASE
)
_BARE = re.compile(r"([0-9]{1,2})([0-9]{2})")
_INSTANT = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2})[T ]([0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,6})?)?)"
    r"\s*(Z|UTC|[+-][0-9]{2}(?::?[0-9]{2})?)?",
    re.IGNORECASE,
)
_DATES = "YYYY-MM-DD, such as 2026-12-24"
_TIMES = "00:00 to 23:59, such as 09:00 or 9:00 am"
_NOON = 12
_LAST_HOUR = 23
_LAST_MINUTE = 59


def read_date(text: str, _column: Column, facts: ColumnFacts) -> date:
    """Return a date written as ISO 8601 has it: of 03/04/2026 nobody knows the month."""
    iso = _ISO.fullmatch(text)
    if iso is None:
        raise refusal(
            "not-a-date", text, f"is not a date; allowed: {_DATES}", _DATES, _nearest_dates(text)
        )
    found = _day(int(iso[1]), int(iso[2]), int(iso[3]))
    if found is None:
        raise refusal("not-a-date", text, "is no day of the calendar", _DATES, _last_day(iso))
    breach = text_breach(facts.value, found.isoformat())
    refuse_breach("wrong-form", f'"{text}"', breach, text)
    return found


def read_time(text: str, _column: Column, _facts: ColumnFacts) -> time:
    """Return a time of day to the minute; midnight is 00:00, and 24:00 is refused."""
    said = _CLOCK.fullmatch(text)
    found = _clock(said) if said is not None and (":" in text or said[4]) else None
    if found is None:
        near = _nearest_time(text, said)
        hint = f'Did you mean "{near}"?' if near else ""
        raise refusal("not-a-time", text, f"is not a time of day; allowed: {_TIMES}", _TIMES, hint)
    if found.second:
        near = found.isoformat("minutes")
        says = "has seconds, and a time of day has none here"
        raise refusal("not-a-time", text, says, _TIMES, f'Did you mean "{near}"?')
    return found


def read_datetime(text: str, _column: Column, facts: ColumnFacts) -> datetime:
    """Return a moment in UTC; a text that does not say its time zone is refused."""
    said = _INSTANT.fullmatch(text)
    found = _moment(said) if said is not None else None
    if said is None or found is None:
        says = f"is not a date and time; allowed: {MOMENT}"
        raise refusal("not-a-moment", text, says, MOMENT, _nearest_moment(text))
    if found.tzinfo is None:
        local = f"{said[1]}T{said[2]}"
        hint = f'In UTC it would be "{local}Z", an hour ahead of UTC "{local}+01:00".'
        says = f"does not say its time zone; allowed: {MOMENT}"
        raise refusal("no-time-zone", text, says, MOMENT, hint)
    refuse_breach("wrong-form", f'"{text}"', text_breach(facts.value, instant_text(found)), text)
    return found


def _day(year: int, month: int, day: int) -> date | None:
    with suppress(ValueError):
        return date(year, month, day)
    return None


def _last_day(iso: re.Match[str]) -> str:
    year, month, day = (int(part) for part in iso.groups())
    if not (year and 1 <= month <= _NOON and day):
        return ""
    last = monthrange(year, month)[1]
    return f'The last day of that month is "{year:04}-{month:02}-{last:02}".'


def _nearest_dates(text: str) -> str:
    three = _THREE.fullmatch(text)
    if three is None:
        return ""
    meant = list(dict.fromkeys(found.isoformat() for found in _readings(three)))
    either = '" or "'.join(meant)
    return f'Did you mean "{either}"?' if meant else ""


def _readings(three: re.Match[str]) -> Iterator[date]:
    """Yield the days that three numbers may mean: year first, or day and month in either order."""
    first, second, third = (int(part) for part in three.groups())
    orders = [(first, second, third)] if len(three[1]) > len("31") else []
    if len(three[3]) > len("31"):
        orders = [(third, second, first), (third, first, second)]
    for order in orders:
        found = _day(*order)
        if found is not None:
            yield found


def _clock(said: re.Match[str]) -> time | None:
    hour, minute, second = int(said[1]), int(said[2] or 0), int(said[3] or 0)
    half = (said[4] or "")[:1].casefold()
    if half and not 1 <= hour <= _NOON:
        return None
    if half:
        hour = hour % _NOON + (_NOON if half == "p" else 0)
    if hour > _LAST_HOUR or max(minute, second) > _LAST_MINUTE:
        return None
    return time(hour, minute, second)


def _nearest_time(text: str, said: re.Match[str] | None) -> str:
    """Return the time that was probably meant: 9.30 and 0930 for 09:30, 24:00 for 00:00."""
    if said is None:
        bare = _BARE.fullmatch(text)
        hour, minute = (int(bare[1]), int(bare[2])) if bare else (-1, 0)
    else:
        hour, minute = int(said[1]), int(said[2] or 0)
    if (hour, minute) == (_LAST_HOUR + 1, 0):
        hour = 0
    if not (0 <= hour <= _LAST_HOUR and minute <= _LAST_MINUTE):
        return ""
    return time(hour, minute).isoformat("minutes")


def _nearest_moment(text: str) -> str:
    """Return a hint where a text is a whole day: when in the day, and where, nobody knows."""
    iso = _ISO.fullmatch(text)
    day = _day(int(iso[1]), int(iso[2]), int(iso[3])) if iso is not None else None
    return f'Midnight in UTC is "{day}T00:00:00Z".' if day else ""


def _moment(said: re.Match[str]) -> datetime | None:
    zone = (said[3] or "").upper().replace("UTC", "Z")
    with suppress(ValueError, OverflowError):
        found = datetime.fromisoformat(f"{said[1]}T{said[2]}{zone}")
        return found.astimezone(UTC) if zone else found
    return None
