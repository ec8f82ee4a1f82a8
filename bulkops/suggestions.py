"""The right word that a wrong one comes nearest to, offered as a question and never applied."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

CUT = 85.0
"""WRatio below which two words are strangers: of 13 probes 9 right, 3 left out, 1 only a guess."""
SHORT = 4
"""Words of fewer letters are part of too many others for a ratio to mean anything."""


def plain(word: str) -> str:
    """Return a word without case, spaces, underscores and hyphens, as headers are compared."""
    folded = unicodedata.normalize("NFKC", word).casefold()
    return "".join(letter for letter in folded if not letter.isspace() and letter not in "_-")


def nearest(word: str, choices: Iterable[str]) -> str | None:
    """Return the choice that was probably meant, or None where none comes near.

    A choice that differs in case, spaces, underscores or hyphens alone wins at once.
    """
    sought = plain(word)
    ordered = sorted(set(choices))
    if not sought:
        return None
    for choice in ordered:
        if plain(choice) == sought:
            return choice
    return _nearest_by_ratio(word, ordered)


def nearest_hint(word: str, choices: Iterable[str]) -> str:
    """Return `Did you mean "X"?`, or nothing where no choice comes near."""
    found = nearest(word, choices)
    return f'Did you mean "{found}"?' if found is not None else ""


def _nearest_by_ratio(word: str, choices: list[str]) -> str | None:
    from rapidfuzz import fuzz, process, utils  # noqa: PLC0415  # only where a word is wrong

    ranked = process.extract(
        word, choices, scorer=fuzz.WRatio, processor=utils.default_process, score_cutoff=CUT
    )
    return next((choice for choice, _, _ in ranked if _trusted(word, choice)), None)


def _trusted(word: str, choice: str) -> bool:
    """Tell whether a good ratio means anything: a short word must be a whole word, or one slip."""
    from rapidfuzz.distance import OSA  # noqa: PLC0415  # only where a word is wrong

    shorter, longer = sorted((word.casefold(), choice.casefold()), key=len)
    if len(shorter) >= SHORT:
        return True
    words = "".join(letter if letter.isalnum() else " " for letter in longer).split()
    return shorter in words or OSA.distance(shorter, longer) <= 1
