"""The small changes that a template makes to what a cell says: a closed set, nothing evaluated."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping

from bulkops.errors import TemplateError
from bulkops.suggestions import nearest_hint

TextChange = Callable[[str], str]
"""From a text to another."""

_PLAIN_LETTERS = str.maketrans(
    {"ß": "ss", "ẞ": "SS", "æ": "ae", "Æ": "AE", "œ": "oe", "Œ": "OE", "ø": "o", "Ø": "O",
     "đ": "d", "Đ": "D", "ð": "d", "Ð": "D", "ł": "l", "Ł": "L", "þ": "th", "Þ": "Th",
     "\u0131": "i"}
)  # fmt: skip
"""Letters that Unicode does not take apart into a plain letter and a mark."""


def without_accents(text: str) -> str:
    """Return a text with plain letters for accented ones; what has none, such as 東, stays."""
    apart = unicodedata.normalize("NFD", text.translate(_PLAIN_LETTERS))
    bare = "".join(letter for letter in apart if not unicodedata.combining(letter))
    return unicodedata.normalize("NFC", bare)


def _digits(text: str) -> str:
    return "".join(re.findall(r"[0-9]", text))


def _joined(text: str) -> str:
    return "".join(text.split())


_WITHOUT: Mapping[str, TextChange] = {
    "lower": str.lower,
    "upper": str.upper,
    "title": str.title,
    "ascii": without_accents,
    "digits": _digits,
    "joined": _joined,
}
"""Changes that need no word: `{name|lower}`."""


def _first(count: int) -> TextChange:
    return lambda text: text[:count]


def _last(count: int) -> TextChange:
    return lambda text: text[-count:]


_COUNTED: Mapping[str, Callable[[int], TextChange]] = {"first": _first, "last": _last}
"""Changes that need a number: `{name|first:3}`."""


def _before(mark: str) -> TextChange:
    return lambda text: text.partition(mark)[0]


def _after(mark: str) -> TextChange:
    return lambda text: text.partition(mark)[2]


def _or(other: str) -> TextChange:
    return lambda text: text or other


_WORDED: Mapping[str, Callable[[str], TextChange]] = {
    "before": _before,
    "after": _after,
    "or": _or,
}
"""Changes that need a text: `{email|before:@}`; `or` stands in for a blank cell."""
_REPLACE = "replace"
NAMES = (*_WITHOUT, *_COUNTED, *_WORDED, _REPLACE)
"""Every change by its name."""


def change(written: str) -> TextChange:
    """Return the change that a template writes after a bar, such as `lower` or `replace:-: `.

    Raises TemplateError, whose text says what is allowed.
    """
    name, colon, word = written.partition(":")
    name = name.strip()
    if name in _WITHOUT and not colon:
        return _WITHOUT[name]
    if name in _COUNTED and re.fullmatch(r"[1-9][0-9]{0,3}", word.strip()):
        return _COUNTED[name](int(word))
    if name in _WORDED and word:
        return _WORDED[name](word)
    old, again, new = word.partition(":")
    if name == _REPLACE and old and again:
        return lambda text: text.replace(old, new)
    raise TemplateError(_refusal(written, name))


def _refusal(written: str, name: str) -> str:
    if name not in NAMES:
        hint = nearest_hint(name, NAMES) or f"Allowed are {', '.join(NAMES)}."
        return f'"{name}" is no change that a cell can undergo. {hint}'
    wants = (
        f"{name} alone" if name in _WITHOUT
        else f"{name}:N, such as {name}:3" if name in _COUNTED
        else f"{name}:OLD:NEW" if name == _REPLACE
        else f"{name}:TEXT"
    )  # fmt: skip
    return f'"{written}" is to be {wants}'
