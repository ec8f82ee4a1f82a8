"""The right word that a wrong one comes nearest to, offered as a question and never applied."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

CUT = 85.0
"""WRatio below which two words are strangers: of 13 probes 9 right, 3 left out, 1 only a guess."""
SHORT = 4
"""Words of fewer letters are part of too many others for a ratio to mean anything."""
MOST_PAIRS = 2_000_000
"""Pairs of a wrong word and a right one that are compared for hints: about a second's work."""
NOT_SOUGHT = "No near name was looked for: too many names are wrong."


def plain(word: str) -> str:
    """Return a word without case, spaces, underscores and hyphens, as headers are compared."""
    folded = unicodedata.normalize("NFKC", word).casefold()
    return "".join(letter for letter in folded if not letter.isspace() and letter not in "_-")


class Choices:
    """Right words, made ready once to be compared with many wrong ones.

    `spellings` are other words that are taken too, each with the right word that it stands for:
    a wrong word may come near to one of them, and the hint says the right word all the same.
    """

    def __init__(self, choices: Iterable[str], spellings: Mapping[str, str] | None = None) -> None:
        self._stands_for = dict(spellings or {})
        self._ordered = sorted({*choices, *self._stands_for})
        self._hints: dict[str, str] = {}
        self.compared = 0
        """Pairs of words compared so far, by letters and not by spelling alone."""

    @cached_property
    def _plain(self) -> Mapping[str, str]:
        return {plain(choice): choice for choice in reversed(self._ordered)}

    @cached_property
    def _processed(self) -> list[str]:
        from rapidfuzz import utils  # noqa: PLC0415  # only where a word is wrong

        return [utils.default_process(choice) for choice in self._ordered]

    def nearest(self, word: str) -> str | None:
        """Return the choice that was probably meant, or None where none comes near.

        A choice that differs in case, spaces, underscores or hyphens alone wins at once.
        """
        sought = plain(word)
        if not sought:
            return None
        return self._right(self._plain.get(sought) or self._by_ratio(word))

    def _right(self, found: str | None) -> str | None:
        return found if found is None else self._stands_for.get(found, found)

    def _by_ratio(self, word: str) -> str | None:
        from rapidfuzz import fuzz, process, utils  # noqa: PLC0415  # only where a word is wrong

        self.compared += len(self._ordered)
        ranked = process.extract(
            utils.default_process(word), self._processed, scorer=fuzz.WRatio, score_cutoff=CUT
        )
        near = (self._ordered[place] for _, _, place in ranked)
        return next((choice for choice in near if _trusted(word, choice)), None)

    def hint(self, word: str) -> str:
        """Return `Did you mean "X"?`, or nothing where no choice comes near.

        Each word is looked at once. Where so many were that `MOST_PAIRS` were compared, the hint
        says that for this one nothing was looked for.
        """
        if word not in self._hints:
            self._hints[word] = self._worked_out(word)
        return self._hints[word]

    def _worked_out(self, word: str) -> str:
        found = self._right(self._plain.get(plain(word)))
        if found is None and self.compared >= MOST_PAIRS:
            return NOT_SOUGHT
        found = found or self.nearest(word)
        return f'Did you mean "{found}"?' if found is not None else ""


@dataclass(frozen=True, slots=True)
class Hint:
    """The hint at a wrong word, worked out when it is read: most are never looked at.

    `otherwise` is what is said where no choice is known to come near.
    """

    choices: Choices
    word: str
    otherwise: str = ""

    def __str__(self) -> str:
        """Return the hint; the choices remember it."""
        hint = self.choices.hint(self.word)
        return self.otherwise or hint if hint in ("", NOT_SOUGHT) else hint


def nearest(word: str, choices: Iterable[str]) -> str | None:
    """Return the choice that was probably meant, or None where none comes near."""
    return Choices(choices).nearest(word)


def nearest_hint(word: str, choices: Iterable[str]) -> str:
    """Return `Did you mean "X"?`, or nothing where no choice comes near."""
    return Choices(choices).hint(word)


def _trusted(word: str, choice: str) -> bool:
    """Tell whether a good ratio means anything: a short word must be a whole word, or one slip."""
    from rapidfuzz.distance import OSA  # noqa: PLC0415  # only where a word is wrong

    shorter, longer = sorted((word.casefold(), choice.casefold()), key=len)
    if len(shorter) >= SHORT:
        return True
    words = "".join(letter if letter.isalnum() else " " for letter in longer).split()
    return shorter in words or OSA.distance(shorter, longer) <= 1
