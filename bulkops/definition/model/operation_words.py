"""The words of an operation's name: what it does, to what, and what takes it back."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import NamedTuple

_WORD = re.compile(r"[A-Z]+(?=[A-Z][a-z]|\d|$|(?<=[A-Z])s?$)|[A-Z][a-z0-9]*|[a-z0-9]+")
_PREFIXES = ("Admin", "Batch")
"""Words before the verb: they say who may, or how many at once."""
_JOINING = {"To": "From", "From": "To", "With": "From"}
_OPPOSITES: Mapping[str, tuple[str, ...]] = {
    "Add": ("Remove",),
    "Allocate": ("Release",),
    "Associate": ("Disassociate",),
    "Attach": ("Detach",),
    "Authorize": ("Revoke",),
    "Create": ("Delete", "Terminate"),
    "Grant": ("Revoke",),
    "Import": ("Delete",),
    "Put": ("Delete", "Remove"),
    "Register": ("Deregister",),
    "Schedule": ("Cancel",),
    "Subscribe": ("Unsubscribe",),
    "Tag": ("Untag",),
}
"""Verb of what makes something → verbs of what takes it away again."""
MAKING = frozenset(_OPPOSITES)
REMOVING = frozenset(each for verbs in _OPPOSITES.values() for each in verbs)


class OperationWords(NamedTuple):
    """The parts of an operation's name: `Admin` `Create` `User`."""

    prefix: str
    verb: str
    noun: str

    @property
    def words(self) -> tuple[str, ...]:
        """The words of the noun."""
        return words_in(self.noun)


@cache
def words_of(operation: str) -> OperationWords:
    """Return the parts of an operation's name."""
    first, *rest = words_in(operation)
    prefix = first if first in _PREFIXES and rest else ""
    verb = rest[0] if prefix else first
    return OperationWords(prefix, verb, operation[len(prefix) + len(verb) :])


@cache
def words_in(name: str) -> tuple[str, ...]:
    """Return the words of which a name is put together: `User`, `Pool`, `MFA`."""
    return tuple(_WORD.findall(name))


def opposites(operation: str) -> Iterator[str]:
    """Yield the names that an operation would have that takes back what another makes."""
    prefix, verb, noun = words_of(operation)
    for other in _OPPOSITES.get(verb, ()):
        yield f"{prefix}{other}{noun}"
        for joining, back in _JOINING.items():
            turned = re.sub(rf"{joining}(?=[A-Z])", back, noun)
            if turned != noun:
                yield f"{prefix}{other}{turned}"


def makers(operation: str) -> Iterator[str]:
    """Yield the names that an operation would have that makes what another takes away."""
    prefix, verb, noun = words_of(operation)
    for making, removing in _OPPOSITES.items():
        if verb in removing:
            yield f"{prefix}{making}{noun}"
            for joining, back in _JOINING.items():
                turned = re.sub(rf"{joining}(?=[A-Z])", back, noun)
                if turned != noun:
                    yield f"{prefix}{making}{turned}"


def singular(word: str) -> str:
    """Return a word without what makes it a plural."""
    if word.endswith("ies"):
        return f"{word[:-3]}y"
    return word.removesuffix("s")
