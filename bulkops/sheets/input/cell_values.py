"""From a cell's value to text, without loss; and what is doubtful about it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import lru_cache

EXACT = 10**15
"""Excel keeps 15 digits of a number: from here on the last ones are lost (Excel specifications)."""

DOUBTS: Mapping[str, tuple[str, str]] = {
    "date-in-text": (
        "is a date to Excel, not text",
        "Format the cell as Text and type the value again.",
    ),
    "time-in-text": (
        "is a time to Excel, not text",
        "Format the cell as Text and type the value again.",
    ),
    "too-many-digits": (
        "has 16 digits or more, and Excel keeps only 15 of a number",
        "Format the cell as Text and type the number again.",
    ),
    "error-cell": (
        "is an error that Excel shows, not a value",
        "Correct the formula, or type the value.",
    ),
    "control-character": (
        "holds a NUL character",
        "Type the value again.",
    ),
    "formula-without-value": (
        "comes from a formula that has not been calculated",
        "Open the workbook in Excel, let it calculate, save it; or paste as values.",
    ),
}
"""Code → what to say of the cell, and what to do. Dates and times are as good as text elsewhere."""

_ESCAPED = re.compile(r"_x(00[01][0-9A-Fa-f]|005[Ff](?=_x[0-9A-Fa-f]{4}_))_")
_NOT_DIGITS = re.compile(r"\[[^\]]*\]|[\"\\]")
_ZEROS = re.compile(r"\+?(0+)")


def text_of(  # noqa: PLR0911 - one return a type
    value: object, number_format: Callable[[], str]
) -> tuple[str, str]:
    """Return a cell's text and the code of what is doubtful about it (empty: nothing).

    `number_format` is asked for whole numbers only: `00000` and `+0` are part of what a person
    typed. Error cells are the caller's: their value is text here.
    """
    match value:
        case None:
            return "", ""
        case bool():
            return str(value).upper(), ""
        case int() | float():
            return _number(value, number_format)
        case timedelta():
            return _duration(value), "time-in-text"
        case time():
            return value.isoformat("auto"), "time-in-text"
        case datetime() if value.time() == time():
            return value.date().isoformat(), "date-in-text"
        case date():
            return value.isoformat(), "date-in-text"
        case _:
            return plain_text(str(value))


def plain_text(text: str) -> tuple[str, str]:
    """Return text with Office's `_x000D_` escapes undone; a NUL becomes U+2400 and a doubt."""
    if "_x" in text:
        text = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)
    if "\0" in text:
        return text.replace("\0", "\u2400"), "control-character"
    return text, ""


def _number(value: float, number_format: Callable[[], str]) -> tuple[str, str]:
    if value != value or abs(value) >= EXACT:  # noqa: PLR0124 - NaN, which a damaged file may hold
        whole = isinstance(value, int) or value.is_integer()
        return (str(int(value)) if whole else str(value)), "too-many-digits"
    if value == int(value):
        return _whole(int(value), number_format()), ""
    return format(Decimal(format(value, ".15g")), "f"), ""


def _whole(value: int, number_format: str) -> str:
    if value < 0:
        return str(value)
    sign, width = _shown(number_format)
    return sign + str(value).zfill(width)


@lru_cache(maxsize=256)
def _shown(number_format: str) -> tuple[str, int]:
    """Return the sign and the number of digits that a format adds to a whole number."""
    shown = _NOT_DIGITS.sub("", number_format.partition(";")[0])
    zeros = _ZEROS.fullmatch(shown)
    return ("+" if shown.startswith("+") else ""), (len(zeros[1]) if zeros else 0)


def _duration(value: timedelta) -> str:
    seconds = round(abs(value).total_seconds())
    sign = "-" if value < timedelta() else ""
    return f"{sign}{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"
