"""How a secret looks when somebody else repeats it: plain, escaped, encoded, or in base64.

Each character is looked for in every spelling that it may have, so that a secret is found however
its characters are mixed. Not found is one that was changed: cut short, hashed, encrypted, or in
base64 that is broken into lines.
"""

from __future__ import annotations

import json
import re
import unicodedata
from base64 import b64encode
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from html.entities import html5
from string import ascii_letters, digits
from urllib.parse import quote

SHORT = 4
"""Secrets of fewer letters are looked for as whole words only: they are part of too many others."""
WORST = 160
"""Letters that one letter of a secret becomes at the most, in the spellings that are known here."""
BASE64 = frozenset(f"{ascii_letters}{digits}+/_-")
"""The letters of base64, and those that its URL-safe form has for two of them."""
_BACKSLASH = "\\"
_DOUBLINGS = 8
"""As many backslashes may stand for one: each text within a text doubles them."""
_ESCAPE = rf"\\{{1,{_DOUBLINGS}}}"
_ENTITY = "&(?:amp;){0,3}"
_ESCAPED = {
    "\n": "n", "\r": "r", "\t": "t", "\b": "b", "\f": "f", "\v": "v", "\a": "a", "\0": "0",
    '"': '"', "'": "'", "/": "/",
}  # fmt: skip
_URLSAFE = {"+": "-", "/": "_"}
_BMP, _LATIN = 0xFFFF, 0xFF


@dataclass(frozen=True, slots=True)
class SpeltCharacter:
    """The spellings of one character: encoded ones, and as it is."""

    encoded: re.Pattern[str]
    literal: re.Pattern[str]
    either: re.Pattern[str]

    def ends(self, text: str, at: int) -> Iterator[int]:
        """Yield where the character may end if it stands at a place in a text."""
        found = self.encoded.match(text, at)
        if found:
            yield found.end()
        found = self.literal.match(text, at)
        if found:  # of backslashes, what follows tells how many belong to it
            yield from range(at + 1, found.end() + 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Spelling:
    """A secret, or what base64 makes of it, to be looked for in texts."""

    characters: Sequence[SpeltCharacter]
    is_word: bool = False
    """Whether it counts as a whole word only."""
    is_base64: bool = False

    def spans(self, text: str) -> Iterator[tuple[int, int]]:
        """Yield where it begins and ends in a text."""
        at = 0
        while found := self.characters[0].either.search(text, at):
            end = self._end(text, found.start())
            if end and self._is_free(text, found.start(), end):
                yield found.start(), end
            at = max(end, found.start() + 1)

    def _end(self, text: str, at: int) -> int:
        """Return where it ends if it stands at a place; 0 where it does not."""
        ends = {at}
        for character in self.characters:
            ends = {end for each in ends for end in character.ends(text, each)}
            if not ends:
                return 0
        return max(ends)

    def _is_free(self, text: str, start: int, end: int) -> bool:
        beside = text[max(0, start - 1) : start] + text[end : end + 1]
        inner = BASE64.__contains__ if self.is_base64 else re.compile(r"\w").match
        return not self.is_word or not any(map(inner, beside))


def spellings(secret: str) -> Iterator[Spelling]:
    """Yield a secret as it was sent, with accents composed or decomposed, and in base64."""
    forms = {secret, *(unicodedata.normalize(form, secret) for form in ("NFC", "NFD"))} - {""}
    for form in forms:
        characters = [_spelt(character) for character in form]
        yield Spelling(characters=characters, is_word=len(secret) < SHORT)
        yield from _in_base64(form)


def _in_base64(secret: str) -> Iterator[Spelling]:
    """Yield what a secret becomes in base64, alone or within a longer text.

    The text around it shifts it by none, one or two octets; the letters at its ends hold
    something of that text too, so that only those between are always the same.
    """
    in_json = json.dumps(secret)[1:-1], json.dumps(secret, ensure_ascii=False)[1:-1]
    for form in {secret, *in_json, quote(secret, safe="", errors="surrogatepass")}:
        octets = form.encode("utf-8", "surrogatepass")
        if len(secret) < SHORT:
            alone = b64encode(octets).decode().rstrip("=")
            yield Spelling(characters=_letters(alone), is_word=True, is_base64=True)
            continue
        for shift, first in ((0, 0), (1, 2), (2, 3)):
            letters = b64encode(b"\0" * shift + octets).decode()
            whole = letters[first : (shift + len(octets)) * 8 // 6]
            yield Spelling(characters=_letters(whole), is_base64=True)


def _letters(encoded: str) -> list[SpeltCharacter]:
    return [_letter(letter) for letter in encoded]


@cache
def _letter(letter: str) -> SpeltCharacter:
    """Return a letter of base64, in which case counts; URL-safe base64 has two other ones."""
    if letter in _URLSAFE:
        return _character(_encodings(letter), f"[{letter}{_URLSAFE[letter]}]")
    return _character(("(?!)",), letter)


@cache
def _spelt(character: str) -> SpeltCharacter:
    """Return a character in JSON, repr, URL and HTML, and as it is, in any case."""
    literal = {" ": "[ +]", _BACKSLASH: _ESCAPE}.get(character) or re.escape(character)
    return _character(_encodings(character), f"(?i:{literal})")


def _character(encodings: Iterable[str], literal: str) -> SpeltCharacter:
    encoded = f"(?i:{'|'.join(encodings)})"
    return SpeltCharacter(
        encoded=re.compile(encoded),
        literal=re.compile(literal),
        either=re.compile(f"{encoded}|{literal}"),
    )


def _encodings(character: str) -> Iterator[str]:
    code, octets = ord(character), character.encode("utf-8", "surrogatepass")
    yield "".join(f"%(?:25){{0,3}}{octet:02x}" for octet in octets)
    yield "".join(f"{_ESCAPE}x{octet:02x}" for octet in octets)
    units = character.encode("utf-16-be", "surrogatepass").hex()
    yield "".join(f"{_ESCAPE}u{units[at : at + 4]}" for at in range(0, len(units), 4))
    yield rf"{_ESCAPE}u\{{0{{0,4}}{code:x}\}}"
    yield f"{_ESCAPE}U{code:08x}"
    if code <= _LATIN:
        yield f"{_ESCAPE}x{code:02x}"
    if code <= _BMP:
        yield f"%u{code:04x}"
    if character in _ESCAPED:
        yield _ESCAPE + _ESCAPED[character]
    yield rf"{_ENTITY}\#0{{0,8}}{code}(?:;|(?!\d))"
    yield rf"{_ENTITY}\#x0{{0,8}}{code:x}(?:;|(?![\da-f]))"
    for name in _entities().get(character, ()):
        yield _ENTITY + re.escape(name)


@cache
def _entities() -> Mapping[str, tuple[str, ...]]:
    """Return the names that HTML has for characters, the longer ones first."""
    names: dict[str, tuple[str, ...]] = {}
    for name in sorted(html5, key=len, reverse=True):
        names[html5[name]] = (*names.get(html5[name], ()), name)
    return names
