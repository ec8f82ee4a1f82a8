"""Numbers, times and texts as people read them."""

from __future__ import annotations

from datetime import UTC, datetime

MINUTE, HOUR = 60, 3600
TENTHS_MATTER = 9.95


def duration(seconds: float) -> str:
    """Return a span of time: `0.4 s`, `12 s`, `10 min 12 s`, `3 h 04 min`."""
    if seconds < TENTHS_MATTER:
        return f"{seconds:.1f} s"
    whole = round(seconds)
    if whole < MINUTE:
        return f"{whole} s"
    if whole < HOUR:
        return f"{whole // MINUTE} min {whole % MINUTE:02d} s"
    minutes = round(seconds / MINUTE)
    return f"{minutes // MINUTE:,} h {minutes % MINUTE:02d} min"


def rate(calls_a_second: float) -> str:
    """Return a rate without needless digits: `2/s`, `0.5/s`, `1.94/s`."""
    return f"{round(calls_a_second, 2):g}/s"


def moment(text: str) -> str:
    """Return an ISO 8601 time as `2026-11-22 18:04:05 UTC`; a text that is none as it is."""
    try:
        when = datetime.fromisoformat(text)
    except ValueError:
        return text
    return f"{when.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC"


def rows_named(count: int) -> str:
    """Return `1 row`, `1,200 rows`."""
    return f"{count:,} row{'' if count == 1 else 's'}"


def shortened(text: str, length: int) -> str:
    """Return a text cut to so many characters, with an ellipsis where it was cut."""
    return text if len(text) <= length else f"{text[: length - 1]}…"
