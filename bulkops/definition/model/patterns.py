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
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import groupby

_CATEGORIES = (
    *("C", "Cc", "Cf", "Cn", "Co", "Cs", "L", "Ll", "Lm", "Lo", "Lt", "Lu", "M", "Mc", "Me", "Mn"),
    *("N", "Nd", "Nl", "No", "P", "Pc", "Pd", "Pe", "Pf", "Pi", "Po", "Ps"),
    *("S", "Sc", "Sk", "Sm", "So", "Z", "Zl", "Zp", "Zs"),
)
"""General categories of Unicode, and their groups by the first letter."""
_PROPERTY = re.compile(rf"\\([pP])\{{({'|'.join(_CATEGORIES)})\}}")
_REACHES = (0x80, 0x800, 0x10000, sys.maxunicode + 1)
"""How far a property is spelled out: ASCII, what UTF-8 writes in two bytes, in three, and all."""
_LAST = f"\\U{sys.maxunicode:08x}"


@dataclass(frozen=True)
class TextPattern:
    r"""A regular expression for texts. `ascii`: `\d`, `\s` and `\w` mean no more than ASCII.

    Unicode's properties are spelled out only as far as the texts reach that it meets: all of them
    are a million code points to look at, and most texts are plain.
    """

    text: str
    ascii: bool = False

    def search(self, value: str) -> bool:
        """Tell whether the pattern is found in a text; re.error where Python can't take it."""
        expression = self._plain if value.isascii() else _expression(self, _reach(value))
        return expression.search(value) is not None

    @cached_property
    def _plain(self) -> re.Pattern[str]:
        return _expression(self, _REACHES[0])


@cache
def modelled(pattern: str) -> TextPattern | None:
    """Return a model's pattern; None where it can't be taken as it stands."""
    if "\\\\" in pattern or pattern.startswith("/"):
        return None
    with warnings.catch_warnings():
        warnings.simplefilter("error", FutureWarning)  # Python reads nested classes differently
        taken = TextPattern(pattern, ascii=True)
        try:
            taken.search("")
        except (re.error, FutureWarning):
            return None
    return taken


def _reach(value: str) -> int:
    highest = ord(max(value))
    return next(reach for reach in _REACHES if highest < reach)


@cache
def _expression(pattern: TextPattern, reach: int) -> re.Pattern[str]:
    return re.compile(_translated(pattern.text, reach), re.ASCII if pattern.ascii else 0)


def _translated(pattern: str, reach: int) -> str:
    """Spell out the Unicode properties, which Python's own expressions don't know."""
    parts, inside, place = [], False, 0
    while place < len(pattern):
        found = _PROPERTY.match(pattern, place)
        if found:
            members = _members(found[2], reach, within=found[1] == "p")
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
def _members(category: str, reach: int, *, within: bool) -> str:
    """Return the code points of a category, or all others, as they stand inside brackets.

    Only those below `reach` count; where there are none, it is one that no text of that reach has.
    """
    ranges = []
    for belongs, runs in groupby(_runs(reach), lambda run: run[0].startswith(category)):
        if belongs is within:
            points = list(runs)
            ranges.append(f"\\U{points[0][1]:08x}-\\U{points[-1][2]:08x}")
    return "".join(ranges) or _LAST


@cache
def _runs(reach: int) -> tuple[tuple[str, int, int], ...]:
    """Return the code points below `reach` as (category, first, last), in order."""
    return tuple(_gathered(map(unicodedata.category, map(chr, range(reach)))))


def _gathered(categories: Iterator[str]) -> Iterator[tuple[str, int, int]]:
    first = 0
    for category, run in groupby(categories):
        length = len(list(run))
        yield category, first, first + length - 1
        first += length
