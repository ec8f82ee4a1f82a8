"""How it is found out what a call did whose answer was lost."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Again:
    """Settle by sending again: setting a value twice is harmless."""


@dataclass(frozen=True, slots=True)
class ByToken:
    """Settle by sending again with the same client token: the service drops the second."""


@dataclass(frozen=True, slots=True)
class Look:
    """Settle by reading the step's subject back and comparing it with what was sent.

    `duplicate` is the error code with which the service refuses a second one of the same name;
    where there is such a code, sending again is safe and that answer settles the doubt.
    """

    duplicate: str = ""


@dataclass(frozen=True, slots=True)
class Never:
    """No way to tell what happened: the row is `unknown` and a person decides."""


Settle: TypeAlias = Again | ByToken | Look | Never
