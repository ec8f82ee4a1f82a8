"""How many rows of a run have each status: of all of them, and of each sheet of a workbook."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Self

from bulkops.ledger.interface import Ledger
from bulkops.ledger.states import RowStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class RowCounts:
    """The rows by status; `by_sheet` is empty for a run of a single sheet."""

    all: Mapping[RowStatus, int]
    by_sheet: Mapping[str, Mapping[RowStatus, int]] = field(default_factory=dict)

    @classmethod
    async def read(cls, ledger: Ledger) -> Self:
        """Count a run's rows as they stand."""
        return cls(all=await ledger.counts(), by_sheet=await ledger.counts_by_sheet())
