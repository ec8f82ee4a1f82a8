"""How numbers, moments and JSON are written: the one text of a value that reads back as it."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any


def number_text(value: float) -> str:
    """Return a number's digits, without an exponent; the service answers 3.0 where 3 was sent."""
    if float(value).is_integer():
        return str(int(value))
    return format(Decimal(repr(value)), "f")


def instant_text(value: datetime) -> str:
    """Return a moment in UTC, such as 2026-12-24T09:00:00Z; one without a zone stays without."""
    if value.tzinfo is None:
        return value.isoformat()
    return value.astimezone(UTC).isoformat().replace("+00:00", "Z")


def instant(text: str) -> datetime | None:
    """Return the moment that an ISO 8601 text means; None where it means none, or has no zone."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found if found.tzinfo is not None else None


def json_text(value: object) -> str:
    """Return a value as JSON on one line; moments as texts."""
    return json.dumps(value, ensure_ascii=False, default=_plain)


def canonical_json(value: object) -> str:
    """Return a value as JSON in the one way in which equal values are equal texts."""
    return json.dumps(
        value, ensure_ascii=False, default=_plain, sort_keys=True, separators=(",", ":")
    )


def _plain(value: Any) -> str:  # noqa: ANN401  # what JSON has no word for
    return instant_text(value) if isinstance(value, datetime) else str(value)
