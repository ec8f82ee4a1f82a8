"""The weeks of the hours that a world begins with."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

WEEK = ("MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY")
WEEKEND = ("SATURDAY", "SUNDAY")


def office_hours() -> list[Mapping[str, Any]]:
    """Return nine to five from Monday to Friday."""
    return [_day(day, 9, 17, 0) for day in WEEK]


def all_hours() -> list[Mapping[str, Any]]:
    """Return every day from its beginning to its last minute."""
    return [_day(day, 0, 23, 59) for day in (*WEEK, *WEEKEND)]


def _day(day: str, start: int, end: int, end_minutes: int) -> Mapping[str, Any]:
    return {
        "Day": day,
        "StartTime": {"Hours": start, "Minutes": 0},
        "EndTime": {"Hours": end, "Minutes": end_minutes},
    }
