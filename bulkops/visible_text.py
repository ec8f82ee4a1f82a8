"""Text as a person may see it: what a terminal would obey, or an eye would miss, is spelt out."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Iterator

_HIDDEN = re.compile(
    # the flags of England, Scotland and Wales are an emoji with tags: the whole of it stays
    "\U0001f3f4(?:\U000e0067\U000e0062(?:\U000e0065\U000e006e\U000e0067|\U000e0073\U000e0063"
    "\U000e0074|\U000e0077\U000e006c\U000e0073)\U000e007f)|"
    "[\x00-\x1f\x7f-\x9f"  # C0, DEL, C1: what a terminal obeys
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # what turns the direction of reading
    "\u2028\u2029\ufff9-\ufffb\ufffe\uffff\ud800-\udfff"  # breaks, annotations, no characters
    # the rest of what Unicode calls default-ignorable
    "\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200d\u2060-\u2065\u206a-\u206f"
    "\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufff8"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
_JOINERS = "\u200c\u200d"
_TEXT_OR_EMOJI = "\ufe0e\ufe0f"
_EMOJI_ELSEWHERE = "0123456789#*\u203c\u2049\u2139\u2194\u25fd\u25fe\u3030"
"""Characters that have an emoji look though they are no symbols (category So) by themselves."""
_BMP = 0xFFFF


def visible(text: str) -> str:
    r"""Return a text in which nothing is obeyed or missed: `\u001b` stands for an escape.

    Joiners and variation selectors stay where a script or an emoji needs them.
    """
    return _HIDDEN.sub(_spelt, text)


def all_visible(texts: Iterable[str]) -> bool:
    """Tell whether `visible` would leave all of some texts as they are; quick where they are so."""
    text = "".join(texts)
    return (text.isascii() and text.isprintable()) or not _HIDDEN.search(text)


def hidden_places(text: str) -> Iterator[int]:
    """Yield the places of what `visible` spells out."""
    for found in _HIDDEN.finditer(text):
        if not _stays(found):
            yield found.start()


def visible_json(document: str) -> str:
    """Return a JSON document that is `visible` and means the same; its own line breaks stay."""
    return "\n".join(_HIDDEN.sub(_spelt_in_json, line) for line in document.split("\n"))


def _spelt(found: re.Match[str]) -> str:
    if _stays(found):
        return found[0]
    code = ord(found[0])
    return f"\\u{code:04x}" if code <= _BMP else f"\\U{code:08x}"


def _spelt_in_json(found: re.Match[str]) -> str:
    return found[0] if _stays(found) else json.dumps(found[0])[1:-1]


def _stays(found: re.Match[str]) -> bool:
    return len(found[0]) > 1 or _belongs(found.string, found.start())


def _belongs(text: str, place: int) -> bool:
    """Tell whether a character that is not seen changes how its neighbours look."""
    character, before, after = text[place], text[place - 1 : place], text[place + 1 : place + 2]
    if character in _JOINERS and _is_uncased(before) and _is_uncased(after):
        return True  # in Persian, Hindi and others it is part of the spelling
    if character == "\u200d":
        if before == "\ufe0f":
            before = text[place - 2 : place - 1] if _belongs(text, place - 1) else ""
        return _is_emoji(before) and _is_emoji(after)
    if character in _TEXT_OR_EMOJI:
        return _is_emoji(before)
    if "\ufe00" <= character <= "\ufe02" or character >= "\U000e0100":
        return bool(before) and unicodedata.name(before, "").startswith("CJK ")
    if "\u180b" <= character <= "\u180f":
        return bool(before) and unicodedata.name(before, "").startswith("MONGOLIAN LETTER")
    return False


def _is_uncased(character: str) -> bool:
    """Tell a letter, or a mark on one, of a script without capitals."""
    if not character or _HIDDEN.match(character):
        return False
    kind = unicodedata.category(character)
    return kind == "Lo" or kind in ("Mn", "Mc")


def _is_emoji(character: str) -> bool:
    """Tell a symbol, or another character that has an emoji look."""
    return bool(character) and (
        character in _EMOJI_ELSEWHERE
        or unicodedata.category(character) == "So"
        or "\U0001f3fb" <= character <= "\U0001f3ff"  # skin tones
    )
