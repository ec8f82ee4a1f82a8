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
        before: list[Need] = []
        for call in calls:
            mine = [Need(row, call.step) for row in call.rows]
            lane = (call.target, call.service, call.operation)
            self.add_call(lane, mine, needs=call.needs, before=before)
            before = mine

    def add_call(
        self,
        lane: tuple[str, str, str],
        mine: Sequence[Need],
        *,
        needs: Sequence[Need],
        before: Sequence[Need] = (),
    ) -> None:
        """Take in a call by its (target, service, operation) and by what its rows are known by.

        `before` is the call of the same row that it comes after.
        """
        number = self._lanes.setdefault(lane, len(self._lanes))
        keys = [self._key(each) for each in mine]
        self.graph.add(number, keys, [self._key(each) for each in (*before, *needs)])
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

    def _key(self, need: Need) -> int:
        """Return one number for a row's step: rows are many, steps are few."""
        return need.row << _STEP_BITS | self._steps.setdefault(need.step, len(self._steps))
