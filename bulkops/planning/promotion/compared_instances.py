"""What came of holding two instances against one another."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from bulkops.planning.promotion.instance_differences import SheetDifferences
from bulkops.planning.target import Target

BOTH = "both"
"""Stands for the two instances of a comparison."""


class NotCompared(NamedTuple):
    """What was not compared, and of which of the two instances; `thing` may be all of a sheet."""

    sheet: str
    thing: str
    what: str
    why: str
    where: str


@dataclass(frozen=True, slots=True, kw_only=True)
class InstanceDiff:
    """What differs between two instances, and what of them could not be compared."""

    here: Target
    there: Target
    sheets: tuple[SheetDifferences, ...]
    left_out: tuple[NotCompared, ...]
    calls: Mapping[str, int]
    notes: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nothing was found to differ."""
        return not any(each.found for each in self.sheets)

    @property
    def labels(self) -> tuple[str, str]:
        """What the two instances are called: by names that tell them apart."""
        here, there = (target.name or target.label for target in (self.here, self.there))
        return (here, there) if here != there else (self.here.label, self.there.label)
