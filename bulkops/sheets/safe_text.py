"""Text that no spreadsheet program takes for something else than text."""

from __future__ import annotations

import re
from collections.abc import Collection

MOST_UNITS = 32_767
"""UTF-16 units that a cell holds (Excel specifications and limits)."""
MOST_NAME = 31
"""Characters of a sheet's name (Excel specifications and limits)."""
CUT = "… [truncated]"

_RISKY = "=+-@\t\r\n\0\uff1d\uff0b\uff0d\uff20"  # the last four: their full-width forms
GUARDED_STARTS = frozenset({"'", *_RISKY})
"""What every text begins with that `csv_safe` changes."""
_TO_GUARD = re.compile(rf"'*[{re.escape(_RISKY)}]")
_GUARDED = re.compile(rf"'+[{re.escape(_RISKY)}]")
_NUMBER = re.compile(r"\+?\d{1,15}|-?\d+(\.\d+)?", re.ASCII)
_WRAPPED = re.compile(r'="((?:[^"]|"")*)"')
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\\x00-\x1f]")


def csv_safe(text: str) -> str:
    """Return a CSV value that is never a formula: an apostrophe stands before what would be one.

    Plain numbers such as `+15551234567` stay. `csv_plain` takes the apostrophe off again:
    `csv_plain(csv_safe(text)) == text` for every text. After OWASP "CSV Injection", CWE-1236.
    """
    if _TO_GUARD.match(text) and not _NUMBER.fullmatch(text):
        return f"'{text}"
    return text


def csv_plain(value: str) -> str:
    """Return what a CSV value means: without a guarding apostrophe or an `="…"` wrapper."""
    if not value or value[0] not in "='":
        return value
    if _GUARDED.match(value):
        return value[1:]
    wrapped = _WRAPPED.fullmatch(value)
    return wrapped[1].replace('""', '"') if wrapped else value


def holds_any(text: str, characters: bytes) -> bool:
    """Tell whether a text holds one of some ASCII characters, or what UTF-8 can't hold.

    It takes a fifth of the time of a pattern, which matters where every row is looked at.
    """
    try:
        data = text.encode()
    except UnicodeEncodeError:
        return True
    return len(data.translate(None, characters)) != len(data)


def cell_text(text: str) -> str:
    """Return text that a cell can hold.

    Control characters become their pictures (U+2400 and on), lone surrogates and noncharacters
    U+FFFD; what is longer than 32,767 UTF-16 units is cut and says so.
    """
    text = _ILLEGAL.sub(_picture, text)
    if len(text) <= MOST_UNITS // 2 or _units(text) <= MOST_UNITS:
        return text
    kept = text.encode("utf-16-le")[: 2 * (MOST_UNITS - len(CUT))].decode("utf-16-le", "ignore")
    return kept + CUT


def escaped(text: str) -> str:
    """Return a cell's text as Office keeps it: `_x000D_` for CR, and that spelling escaped."""
    return _ESCAPE.sub("_x005F_", text).replace("\r", "_x000D_")


def sheet_name(wish: str, taken: Collection[str] = ()) -> str:
    """Return a name that a worksheet may have, unlike the taken ones, near to the wish."""
    base = cell_text(_NOT_IN_NAMES.sub("-", wish)).strip("' ") or "Sheet"
    if base.casefold() == "history":  # Excel keeps this name for itself
        base += "-"
    used = {name.casefold() for name in taken}
    name, number = _shortened(base, ""), 1
    while name.casefold() in used:
        number += 1
        name = _shortened(base, f" ({number})")
    return name


def _shortened(base: str, suffix: str) -> str:
    room = 2 * (MOST_NAME - len(suffix))
    return base.encode("utf-16-le")[:room].decode("utf-16-le", "ignore").rstrip("' ") + suffix


def _picture(found: re.Match[str]) -> str:
    code = ord(found[0])
    return chr(0x2400 + code) if code < 0x20 else "\ufffd"  # noqa: PLR2004 - the control range


def _units(text: str) -> int:
    return len(text) + sum(character > "\uffff" for character in text)
