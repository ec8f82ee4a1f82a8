"""What a person typed, made clean, and what in it can't be seen, by name."""

from __future__ import annotations

import unicodedata

_LINE_BREAKS = "\n\r\t"
_JOINERS = "\u200c\u200d"
"""Persian and Indic words and some emoji are written with these between their letters."""


def trimmed(text: str) -> str:
    """Return a cell's text without the blanks around it, no-break spaces included.

    A secret is sent as this returns it.
    """
    return text.strip()


def composed(text: str) -> str:
    """Return text in Unicode Normalization Form C, as Amazon Connect wants names."""
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def invisible(text: str) -> str:
    """Return the name and place of the first character that can't be seen; empty: there is none.

    Line breaks and tabs are not meant, nor joiners between letters that need them.
    """
    if text.isascii() and text.isprintable():
        return ""
    for place, character in enumerate(text):
        if _hidden(character) and not _joins(text, place):
            return f"{named(character)} at character {place + 1}"
    return ""


def not_ascii(text: str) -> str:
    """Return the name and place of the first character outside ASCII; empty: there is none."""
    if text.isascii():
        return ""
    place = next(place for place, character in enumerate(text) if not character.isascii())
    return f"{named(text[place])} at character {place + 1}"


def named(character: str) -> str:
    """Return a character's code point and name, such as `U+200B ZERO WIDTH SPACE`."""
    name = unicodedata.name(character, "a control character")
    return f"U+{ord(character):04X} {name}"


def _hidden(character: str) -> bool:
    if character in _LINE_BREAKS:
        return False
    return unicodedata.category(character) in {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


def _joins(text: str, place: int) -> bool:
    around = text[place - 1 : place] + text[place + 1 : place + 2]
    return (
        text[place] in _JOINERS and len(around) == len("ab") and not any(map(str.isascii, around))
    )
