"""How many rows of a run have each status: of all of them, and of each sheet of a workbook."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Self

from bulkops.ledger.interface import Ledger
from bulkops.ledger.states import RowStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class RowCounts:
    """The rows by status; `by_sheet` is empty for a run of a single sheet.

    `waiting` is how many rows of a workbook's sheet wait for rows, on whatever sheet, that failed.
    """

    all: Mapping[RowStatus, int]
    by_sheet: Mapping[str, Mapping[RowStatus, int]] = field(default_factory=dict)
    waiting: Mapping[str, int] = field(default_factory=dict)

    @classmethod
    async def read(cls, ledger: Ledger) -> Self:
        """Count a run's rows as they stand."""
        by_sheet = await ledger.counts_by_sheet()
        waiting: Counter[str] = Counter()
        if by_sheet:
            waiting.update(map((await ledger.run()).names.sheet, await ledger.blocked()))
        return cls(all=await ledger.counts(), by_sheet=by_sheet, waiting=waiting)
