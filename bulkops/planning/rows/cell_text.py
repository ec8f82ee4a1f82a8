"""What a person typed, made clean, and what in it can't be seen, by name."""

from __future__ import annotations

import unicodedata

from bulkops.visible_text import hidden_places

_LINE_BREAKS = "\n\r\t"
_CONTROLS = {"\n": "LINE FEED", "\r": "CARRIAGE RETURN", "\t": "TABULATION", "\x1b": "ESCAPE"}
"""Names of controls that a person may know; Unicode gives them none."""


def trimmed(text: str) -> str:
    """Return a cell's text without the blanks around it, no-break spaces included.

    A secret is sent as this returns it.
    """
    return text.strip()


def composed(text: str) -> str:
    """Return text in Unicode Normalization Form C, as Amazon Connect wants names."""
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def invisible(text: str, *, breaks: bool = True) -> str:
    """Return the name and place of the first character that can't be seen; empty: there is none.

    Joiners stay between letters of scripts that are written with them, and in emoji. With
    `breaks`, line breaks and tabs are not meant either: free text may hold them, a name can't.
    """
    places = _hidden(text, breaks=breaks)
    return f"{named(text[places[0]])} at character {places[0] + 1}" if places else ""


def seen(text: str, *, breaks: bool = True, spaced: bool = True) -> str:
    """Return a text without what `invisible` finds; with `spaced`, a space for each line break."""
    hidden = frozenset(_hidden(text, breaks=breaks))
    blank = " " if spaced else ""
    kept = (
        (blank if character.isspace() else "") if place in hidden else character
        for place, character in enumerate(text)
    )
    return trimmed("".join(kept))


def _hidden(text: str, *, breaks: bool) -> list[int]:
    """Return the places of what can't be seen, characters of private use among them."""
    if text.isascii() and text.isprintable():
        return []
    private = {place for place, character in enumerate(text) if _is_private(character)}
    found = sorted({*hidden_places(text), *private})
    return [place for place in found if not (breaks and text[place] in _LINE_BREAKS)]


def _is_private(character: str) -> bool:
    return unicodedata.category(character) == "Co"


def not_ascii(text: str) -> str:
    """Return the name and place of the first character outside ASCII; empty: there is none."""
    if text.isascii():
        return ""
    place = next(place for place, character in enumerate(text) if not character.isascii())
    return f"{named(text[place])} at character {place + 1}"


def named(character: str) -> str:
    """Return a character's code point and name, such as `U+200B ZERO WIDTH SPACE`."""
    name = _CONTROLS.get(character) or unicodedata.name(character, "a control character")
    return f"U+{ord(character):04X} {name}"
