"""What became of a record that is no longer where its name leads."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from bulkops.errors import LedgerError


class RecordGoneError(LedgerError):
    """What would be recorded now would not be found again: nothing more may be sent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Loss:
    """What became of a record that is not where it was: `said` is such as "was deleted".

    `whole` tells whether all of it is still somewhere, and `folder` where, as far as the system
    tells.
    """

    said: str
    whole: bool = False
    folder: Path | None = None
