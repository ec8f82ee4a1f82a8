"""How the cell formats of a workbook show a number: as itself, as a date, as a duration."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import IO, NamedTuple

from bulkops.sheets.input.xml_stream import MAIN, parse_xml

_FORMAT, _FORMATS, _LOOK = f"{MAIN} numFmt", f"{MAIN} cellXfs", f"{MAIN} xf"
_DATES = frozenset({*range(14, 23), 45, 46, 47})
"""Built-in formats that show a date or a time (ISO/IEC 29500-1 18.8.30)."""
_DURATIONS = frozenset({46})
_NOT_SHOWN = re.compile(r'".*?"|\[(?!hh?\]|mm?\]|ss?\])[^\]]*\]')
_DATE = re.compile(r"(?<![_\\])[dmhys]", re.IGNORECASE)
_DURATION = re.compile(r"\[(?:hh?|mm?|ss?)\]", re.IGNORECASE)


class NumberLook(NamedTuple):
    """A number's format: its code, empty for a built-in one, and what it makes of the number."""

    code: str = ""
    date: bool = False
    duration: bool = False


PLAIN = NumberLook()
"""A format that adds nothing to a whole number."""


def read_looks(stream: IO[bytes]) -> Sequence[NumberLook]:
    """Return the looks of a workbook's cells in the order that cells count them (styles.xml)."""
    codes: dict[str, str] = {}
    ids: list[str] = []
    inside = False

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal inside
        if name == _FORMAT:
            codes[attributes["numFmtId"]] = attributes["formatCode"]
        elif name == _FORMATS:
            inside = True
        elif name == _LOOK and inside:
            ids.append(attributes.get("numFmtId", "0"))

    def end(name: str) -> None:
        nonlocal inside
        inside = inside and name != _FORMATS

    parse_xml(stream, start, end)
    return [_look(each, codes) for each in ids] or [PLAIN]


def look_of(code: str) -> NumberLook:
    """Return what a format of the workbook's own does; only what it does above zero counts."""
    shown = code.partition(";")[0]
    date = _DATE.search(_NOT_SHOWN.sub("", shown)) is not None
    return NumberLook(code, date, _DURATION.search(shown) is not None)


def _look(format_id: str, codes: Mapping[str, str]) -> NumberLook:
    if format_id in codes:
        return look_of(codes[format_id])
    number = int(format_id)
    return NumberLook("", number in _DATES, number in _DURATIONS)
