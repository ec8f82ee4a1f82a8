"""The typed values of cells, and what can be wrong with one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

from bulkops.suggestions import Hint

MASK = "***"
"""What stands for a secret wherever values are shown."""


@dataclass(frozen=True, slots=True)
class Clear:
    """The cell says CLEAR!: what is there is to be emptied."""


CLEAR = Clear()


@dataclass(frozen=True, slots=True, repr=False)
class Secret:
    """A secret cell. It prints as ***; only `str()` gives its text, for the moment it is sent."""

    text: str

    def __repr__(self) -> str:
        return MASK

    def __str__(self) -> str:
        return self.text


Single: TypeAlias = str | int | bool
Value: TypeAlias = Single | tuple[Single, ...] | Mapping[str, str] | Clear | Secret


@dataclass(frozen=True, slots=True, kw_only=True)
class Flaw:
    """What is wrong with a cell, before its address is known. Holds nothing of a secret.

    `hint` may be worked out only when it is read.
    """

    code: str
    message: str
    found: str = ""
    allowed: str = ""
    hint: str | Hint = ""


CellReading: TypeAlias = tuple[Value | None, tuple[Flaw, ...]]
"""The value of a column's cells, None where all are blank or there are flaws, and the flaws."""


class FlawError(Exception):
    """A value can't be taken; the first flaw of it is `flaw`."""

    def __init__(self, flaw: Flaw) -> None:
        super().__init__(flaw.message)
        self.flaw = flaw
