"""What a plan comes to, in what a person decides by."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bulkops.engine.lanes import Lane
from bulkops.ledger.interface import LaneKey
from bulkops.planning.plan import PlannedRow, Totals
from bulkops.planning.problems import Problem

SHOWN_ROWS = 12
"""Rows of a plan that are kept for showing; the whole of it goes to a file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """What a plan comes to, in what a person decides by."""

    totals: Totals
    least_seconds: float
    lanes: Mapping[LaneKey, tuple[int, Lane]]
    """(target, service, operation) → number of calls, and the lane they go through."""
    rows: tuple[PlannedRow, ...] = ()
    """The first rows that change something, and the first conflicts."""
    irreversible: tuple[str, ...] = ()
    warnings: tuple[Problem, ...] = ()
    notes: tuple[str, ...] = ()
    sha256: str = ""
