"""What a single value may be: how long, how large, of what form."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from bulkops.definition.model.patterns import TextPattern
from bulkops.definition.model.value_texts import instant
from bulkops.suggestions import nearest_hint


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What a value of one member may be.

    `minimum` and `maximum` bound the value of a number, the characters of a text, the elements
    of a list and the entries of a map. `pattern` is searched for; `says` tells it in plain words.
    `nfc` wants Unicode Normalization Form C.
    """

    minimum: float | None = None
    maximum: float | None = None
    pattern: TextPattern | None = None
    says: str = ""
    one_of: tuple[str, ...] = ()
    nfc: bool = False

    def range(self, unit: str = "") -> str:
        """Return the bounds in words, such as `1 to 99` or `at most 64 characters`."""
        low, high = self.minimum, self.maximum
        if low is not None and high is not None and low != high:
            words = f"{low:g} to {high:g}" if high < _WIDE else f"{low:g} to {high:,.0f}"
        elif high is not None:
            words = f"{high:g}" if low == high else f"at most {high:,.0f}"
        elif low is not None:
            words = f"at least {low:g}"
        else:
            return ""
        return f"{words} {unit}".rstrip()


_WIDE = 10_000
NOT_AS_ASKED = "is not of the form that is asked for"


@dataclass(frozen=True, slots=True, kw_only=True)
class Breach:
    """How a value breaks its limits: a phrase that goes on after its name, and what is allowed.

    Neither holds the value.
    """

    message: str
    allowed: str


def number_breach(limits: Limits, value: float) -> Breach | None:
    """Return how a number breaks its limits, or None where it keeps them."""
    if is_in_limits(limits, value):
        return None
    low = limits.minimum is not None and value < limits.minimum
    return Breach(message="is too small" if low else "is too large", allowed=limits.range())


def size_breach(limits: Limits, size: int, unit: str) -> Breach | None:
    """Return how a number of characters, values or entries breaks its limits."""
    if is_in_limits(limits, size):
        return None
    return Breach(message=f"has {size:,} {unit}", allowed=limits.range(unit))


def text_breach(limits: Limits, value: str) -> Breach | None:
    """Return how a text breaks its limits, the first way that is found."""
    if limits.one_of:
        if value in limits.one_of:
            return None
        hint = nearest_hint(value, limits.one_of)
        message = f"is not one of the values allowed. {hint}" if hint else _NOT_ALLOWED
        return Breach(message=message, allowed=", ".join(limits.one_of))
    if not is_in_limits(limits, len(value)):
        return size_breach(limits, len(value), "characters")
    if limits.pattern is not None and not limits.pattern.search(value):
        allowed = limits.says or f"the pattern {limits.pattern.text}"
        return Breach(message=NOT_AS_ASKED, allowed=allowed)
    if limits.nfc and not unicodedata.is_normalized("NFC", value):
        message = "has letters made of several characters"
        return Breach(message=message, allowed="text in Unicode Normalization Form C")
    return None


def instant_breach(value: object) -> Breach | None:
    """Return how a text fails to say one moment; botocore would take it for local time."""
    if not isinstance(value, str) or instant(value) is not None:
        return None
    return Breach(message="does not say one moment", allowed=MOMENT)


MOMENT = "a date and time with Z or an offset, such as 2026-12-24T09:00:00Z"
_NOT_ALLOWED = "is not one of the values allowed"


def is_in_limits(limits: Limits, value: float) -> bool:
    """Tell whether a number, or a number of characters, values or entries, is within bounds."""
    low, high = limits.minimum, limits.maximum
    return (low is None or value >= low) and (high is None or value <= high)
