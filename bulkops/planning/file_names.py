"""Names of files for things: such as every system takes, and no two alike."""

from __future__ import annotations

import re
from collections.abc import Iterable

MOST_LETTERS = 100
"""Of a file's name without its ending: with it, in any alphabet, less than 255 bytes of UTF-8."""
_BARRED = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*@\u200b-\u200f\u2028-\u202e\ufeff]')
_DEVICES = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\..*)?")
"""Names that Windows keeps for itself, whatever follows a dot."""


def file_names(names: Iterable[str], ending: str) -> dict[str, str]:
    """Return name → name of its file; the same names always give the same files."""
    found: dict[str, str] = {}
    taken: set[str] = set()
    for name in sorted(set(names)):
        stem = _stem(name)
        file, number = f"{stem}{ending}", 1
        while file.casefold() in taken:
            number += 1
            file = f"{stem} ({number}){ending}"
        taken.add(file.casefold())
        found[name] = file
    return found


def _stem(name: str) -> str:
    plain = _BARRED.sub("_", name).strip(" .")
    cut = plain.encode("utf-8", "replace")[: 2 * MOST_LETTERS].decode("utf-8", "ignore")
    stem = cut[:MOST_LETTERS].strip(" .") or "_"
    return f"_{stem}" if _DEVICES.fullmatch(stem) else stem
