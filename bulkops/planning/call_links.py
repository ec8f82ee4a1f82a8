"""The calls of a plan as a graph: which of them waits for which."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bulkops.pacing.chains.call_graph import CallGraph
from bulkops.planning.plan import Need, PlannedCall

_STEP_BITS = 12


class CallLinks:
    """Takes in calls as a plan gives them, and says which rows' steps the graph speaks of."""

    def __init__(self) -> None:
        self.graph = CallGraph()
        self.linked = False
        """Whether any row needs another."""
        self._steps: dict[str, int] = {}
        self._lanes: dict[tuple[str, str, str], int] = {}

    def add(self, calls: Iterable[PlannedCall]) -> None:
        """Take in calls of one row, in the order in which they are sent."""
        before: list[int] = []
        for call in calls:
            mine = [self._key(row, call.step) for row in call.rows]
            needs = [self._key(need.row, need.step) for need in call.needs]
            lane = (call.target, call.service, call.operation)
            number = self._lanes.setdefault(lane, len(self._lanes))
            self.graph.add(number, mine, [*before, *needs])
            before = mine
            self.linked |= bool(needs)

    @property
    def lanes(self) -> Sequence[tuple[str, str, str]]:
        """The target, service and operation of each lane, by its number in the graph."""
        return [*self._lanes]

    def longest(self) -> int:
        """Return the number of calls of the longest chain; 0 where no row needs another."""
        return self.graph.longest() if self.linked else 0

    def need_of(self, key: int) -> Need:
        """Return the row and the step that a call's key stands for."""
        return Need(key >> _STEP_BITS, [*self._steps][key % (1 << _STEP_BITS)])

    def _key(self, row: int, step: str) -> int:
        """Return one number for a row's step: rows are many, steps are few."""
        return row << _STEP_BITS | self._steps.setdefault(step, len(self._steps))
