"""The times of a day at which hours of operation, or an override of them, are open."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

from bulkops.sim.state.refusals import invalid

DAY = 24 * 60
"""Minutes."""


def check_slots(slots: Sequence[Mapping[str, Any]]) -> None:
    """Refuse slots of one day that overlap; what ends at 0:00 lasts to the end of its day."""
    days: dict[str, list[tuple[int, int]]] = {}
    for slot in slots:
        starts, ends = (_minutes(slot[name]) for name in ("StartTime", "EndTime"))
        span = (starts, ends if ends > starts else DAY)
        days.setdefault(slot["Day"], []).append(span)
    for spans in days.values():
        for before, after in pairwise(sorted(spans)):
            if after[0] < before[1]:
                raise invalid("Config has overlapping times for a day.")


def _minutes(time: Mapping[str, int]) -> int:
    return time["Hours"] * 60 + time["Minutes"]
