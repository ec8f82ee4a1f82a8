"""From what a worksheet's XML says of a cell to its text, and what is doubtful about it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any

from bulkops.sheets.input.cell_values import plain_text, text_of
from bulkops.sheets.input.number_looks import PLAIN, NumberLook
from bulkops.sheets.input.shared_strings import SharedStrings

_EXACT_DIGITS = 15
ERROR = "error-cell"


class XmlCellReader:
    """Reads the cells of one workbook: it knows the shared texts, formats and calendar of it."""

    def __init__(
        self, strings: SharedStrings, looks: Sequence[NumberLook], *, from_1904: bool
    ) -> None:
        self._texts = strings.texts
        self._doubts = strings.doubts
        self._looks = looks
        self._from_1904 = from_1904

    def read(self, kind: str, value: str, style: str) -> tuple[str, str]:
        """Return the text of a value that is there, and the code of a doubt (empty: none).

        `kind` is the cell's `t`, `style` its `s`. Raises ValueError, IndexError or OverflowError
        for what no spreadsheet program writes.
        """
        if kind == "s":
            index = _number_of(value)
            return self._texts[index], self._doubts.get(index, "") if self._doubts else ""
        if kind == "n":
            look = self._looks[_number_of(style)] if style else self._looks[0]
            if look is PLAIN and _is_plain(value):
                return value, ""
            return _number(value, look, self._from_1904)
        if kind == "b":
            return str(bool(int(value))).upper(), ""
        if kind == "d":
            return _iso(value)
        text, doubt = plain_text(value)
        return text, ERROR if kind == "e" else doubt


def _number_of(text: str) -> int:
    """Return a place in a list, from 0; Python would count one below 0 from the end."""
    number = int(text)
    if number < 0:
        raise IndexError(text)
    return number


def _is_plain(value: str) -> bool:
    """Tell whether a whole number is written as it is shown."""
    digits = value.isascii() and value.isdecimal() and len(value) <= _EXACT_DIGITS
    return digits and (value[0] != "0" or value == "0")


@lru_cache(maxsize=4096)
def _number(value: str, look: NumberLook, from_1904: bool) -> tuple[str, str]:  # noqa: FBT001
    number = float(value) if set(value) & set(".eE") else int(value)
    if not look.date:
        return text_of(number, lambda: look.code)
    try:
        moment = _moment(number, look, from_1904)
    except (OverflowError, ValueError):  # no day of any calendar
        return "#VALUE!", ERROR
    return text_of(moment, lambda: look.code)


def _moment(number: float, look: NumberLook, from_1904: bool) -> Any:  # noqa: ANN401, FBT001
    from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH, from_excel  # noqa: PLC0415

    epoch = MAC_EPOCH if from_1904 else WINDOWS_EPOCH
    return from_excel(number, epoch, timedelta=look.duration)


def _iso(value: str) -> tuple[str, str]:
    from openpyxl.utils import datetime  # noqa: PLC0415 - heavy, and rarely needed

    convert: Callable[[str], object] = datetime.from_ISO8601
    return text_of(convert(value), str)
