r"""The patterns of the service models, as Python takes them.

The models write them for Java: `\d`, `\s` and `\w` mean ASCII there, and `\p{L}` means every
letter of Unicode. Some are not written as they are meant: escaped twice, or between slashes;
what those stand for is in `overrides`.
"""

from __future__ import annotations

import re
import sys
import unicodedata
import warnings
from functools import cache
from itertools import groupby

_PROPERTY = re.compile(r"\\([pP])\{([A-Z][a-z]?)\}")


@cache
def compiled(pattern: str) -> re.Pattern[str] | None:
    """Return a model's pattern, for `search`; None where it can't be taken as it stands."""
    if "\\\\" in pattern or pattern.startswith("/"):
        return None
    with warnings.catch_warnings():
        warnings.simplefilter("error", FutureWarning)  # Python reads nested classes differently
        try:
            return re.compile(_translated(pattern), re.ASCII)
        except (re.error, FutureWarning):
            return None


def _translated(pattern: str) -> str:
    """Spell out the Unicode properties, which Python's own expressions don't know."""
    parts, inside, place = [], False, 0
    while place < len(pattern):
        found = _PROPERTY.match(pattern, place)
        if found:
            members = _members(found[2], within=found[1] == "p")
            parts.append(members if inside else f"[{members}]")
            place = found.end()
            continue
        letter = pattern[place]
        width = 2 if letter == "\\" else 1
        inside = letter == "[" or (inside and letter != "]")
        parts.append(pattern[place : place + width])
        place += width
    return "".join(parts)


@cache
def _members(category: str, *, within: bool) -> str:
    """Return the code points of a category, or all others, as they stand inside brackets."""
    runs = []
    for is_member, run in groupby(
        range(sys.maxunicode + 1),
        key=lambda point: unicodedata.category(chr(point)).startswith(category),
    ):
        if is_member is within:
            points = list(run)
            runs.append(f"\\U{points[0]:08x}-\\U{points[-1]:08x}")
    return "".join(runs)
