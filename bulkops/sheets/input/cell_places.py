"""Where a cell stands, as a workbook's XML says it: `C17`."""

from __future__ import annotations

import re

_LETTERS = re.compile(r"[A-Z]{1,3}")


def column_number(name: str) -> int:
    """Return the column, from 1, that letters name. Raises ValueError where they name none."""
    if not _LETTERS.fullmatch(name):
        raise ValueError(name)
    number = 0
    for letter in name:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number
