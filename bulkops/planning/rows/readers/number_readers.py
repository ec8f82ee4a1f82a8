"""How cells with amounts are read: whole numbers, decimal numbers, durations."""

from __future__ import annotations

import re
from collections.abc import Mapping
from fractions import Fraction

from bulkops.definition.column_facts import ColumnFacts
from bulkops.definition.job import Column, Unit
from bulkops.definition.model.value_limits import number_breach
from bulkops.planning.rows.cells import refusal, refuse_breach

_WHOLE = re.compile(r"([+-]?[0-9]{1,18})(?:\.0*)?")
_DECIMAL = re.compile(r"[+-]?(?:[0-9]{1,40}\.?[0-9]{0,40}|\.[0-9]{1,40})(?:[eE][+-]?[0-9]{1,2})?")
_COMMA = re.compile(r"([+-]?[0-9]+),([0-9]+)")
_CLOCK = re.compile(r"([0-9]{1,6}):([0-5][0-9]):([0-5][0-9])")
_PART = re.compile(r"([0-9]{1,12}(?:\.[0-9]{1,9})?)\s*([a-z\u00b5]+)?\s*", re.IGNORECASE)

_WORDS: Mapping[Unit, tuple[str, ...]] = {
    "milliseconds": ("ms", "msec", "millisecond", "milliseconds"),
    "seconds": ("s", "sec", "secs", "second", "seconds"),
    "minutes": ("m", "min", "mins", "minute", "minutes"),
    "hours": ("h", "hr", "hrs", "hour", "hours"),
    "days": ("d", "day", "days"),
}
_UNITS: Mapping[str, Unit] = {word: unit for unit, words in _WORDS.items() for word in words}
_SECONDS: Mapping[Unit, Fraction] = {
    "milliseconds": Fraction(1, 1000),
    "seconds": Fraction(1),
    "minutes": Fraction(60),
    "hours": Fraction(3600),
    "days": Fraction(86400),
}
_SMALLER: Mapping[Unit, Unit] = {
    "days": "hours",
    "hours": "minutes",
    "minutes": "seconds",
    "seconds": "milliseconds",
}
"""What a bare number counts after a part of a larger unit: `1h30` is an hour and 30 minutes."""
DURATIONS = "90, 90s, 15 min, 1h30 or 00:15:00"


def read_integer(text: str, _column: Column, facts: ColumnFacts) -> int:
    """Return a whole number; FlawError where the text is none, or out of its range."""
    whole = _WHOLE.fullmatch(text)
    allowed = facts.value.range()
    if whole is None:
        says = f"is not a whole number; allowed: {allowed or 'digits, such as 30'}"
        raise refusal("not-a-number", text, says, allowed)
    number = int(whole[1])
    refuse_breach("out-of-range", f'"{text}"', number_breach(facts.value, number), text)
    return number


def read_number(text: str, _column: Column, facts: ColumnFacts) -> float:
    """Return a decimal number. A comma may mark decimals or thousands, and so is refused."""
    allowed = facts.value.range()
    if _DECIMAL.fullmatch(text) is None:
        says = f"is not a number; allowed: {allowed or 'digits and a point, such as 2.5'}"
        comma = _COMMA.fullmatch(text)
        hint = f'Did you mean "{comma[1]}.{comma[2]}"? A point marks decimals.' if comma else ""
        raise refusal("not-a-number", text, says, allowed, hint)
    number = float(text)
    refuse_breach("out-of-range", f'"{text}"', number_breach(facts.value, number), text)
    return number


def read_duration(text: str, column: Column, facts: ColumnFacts) -> int:
    """Return a duration in the column's unit, which is what a number without a unit counts."""
    allowed = f"{DURATIONS}; a number alone counts {column.unit}"
    seconds = _seconds(text, column.unit)
    if seconds is None:
        raise refusal("not-a-duration", text, f"is not a duration; allowed: {allowed}", allowed)
    amount = seconds / _SECONDS[column.unit]
    if amount.denominator != 1:
        hint = f'Did you mean "{round(amount)}"?'
        says = f"is {float(amount):g} {column.unit}, and only whole ones are taken"
        raise refusal("not-whole", text, says, facts.value.range(column.unit), hint)
    number = int(amount)
    breach = number_breach(facts.value, number)
    refuse_breach("out-of-range", f'"{text}", {number:,} {column.unit},', breach, text)
    return number


def _seconds(text: str, unit: Unit) -> Fraction | None:
    clock = _CLOCK.fullmatch(text)
    if clock is not None:
        return Fraction(int(clock[1]) * 3600 + int(clock[2]) * 60 + int(clock[3]))
    total, place, last = Fraction(0), 0, None
    counted: Unit | None = unit
    while place < len(text):
        part = _PART.match(text, place)
        named = _named(part, counted) if part is not None else None
        if part is None or named is None or (last and _SECONDS[named] >= _SECONDS[last]):
            return None
        if not part[2] and part.end() < len(text):
            return None
        total += Fraction(part[1]) * _SECONDS[named]
        place, last, counted = part.end(), named, _SMALLER.get(named)
    return total if last else None


def _named(part: re.Match[str], counted: Unit | None) -> Unit | None:
    return _UNITS.get(part[2].casefold()) if part[2] else counted
