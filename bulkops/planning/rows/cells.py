"""The typed values of cells, and what can be wrong with one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, time
from functools import lru_cache
from typing import Any, TypeAlias

from bulkops.definition.model.value_limits import Breach
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


@dataclass(frozen=True, slots=True)
class LaterText:
    """A long text that is read whenever it is asked for, and not kept: a flow in a file.

    `sha256` tells it from others. `str()` gives it; the last few that were asked for are known.
    """

    sha256: str
    read: Callable[[], str] = field(compare=False, repr=False)

    def __str__(self) -> str:
        return _read(self)


LongText: TypeAlias = str | LaterText
"""A text that may be read later."""


@lru_cache(maxsize=4)  # the steps of a row ask for it one after another
def _read(text: LaterText) -> str:
    return text.read()


Single: TypeAlias = str | bytes | int | float | bool | date | time
"""One value; a `datetime` is a `date` too."""
Value: TypeAlias = Single | tuple[Any, ...] | Mapping[str, Any] | Clear | Secret | LaterText
"""What a cell says. What JSON holds inside is as JSON has it."""


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


def refuse_breach(code: str, subject: str, breach: Breach | None, found: str = "") -> None:
    """Raise FlawError where there is a breach; `subject` is what it is said of."""
    if breach is not None:
        raise FlawError(flaw_of(code, subject, breach, found))


def flaw_of(code: str, subject: str, breach: Breach, found: str = "") -> Flaw:
    """Return a breach as a flaw; `subject` is what it is said of."""
    says = f"; allowed: {breach.allowed}" if breach.allowed else ""
    return Flaw(
        code=code,
        message=f"{subject} {breach.message}{says}",
        found=found,
        allowed=breach.allowed,
    )


def refusal(code: str, found: str, says: str, allowed: str = "", hint: str = "") -> FlawError:
    """Return the error that refuses what was found, quoted before what is said of it."""
    return FlawError(
        Flaw(code=code, message=f'"{found}" {says}', found=found, allowed=allowed, hint=hint)
    )
