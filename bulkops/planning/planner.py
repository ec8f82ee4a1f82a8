"""From decided rows to a plan's entries: calls shared in batches, and all of it counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from bulkops.definition.batch_limits import is_shared
from bulkops.definition.gathered_rows import gathers
from bulkops.definition.job import Job, is_further
from bulkops.planning.call_links import CallLinks
from bulkops.planning.calls.batches import Batches
from bulkops.planning.plan import Action, PlannedCall, PlannedRow, RowDecision, Totals
from bulkops.problems import Problem


class Planner:
    """One walk over decided rows. `problems` and `totals` are complete when it has ended.

    The rows are decided as the walk comes to them: by `job_plan` for what a job does, by
    `undo_plan` for taking a run back. `linked`: rows may need one another.
    """

    def __init__(self, job: Job, decisions: Iterable[RowDecision], *, linked: bool = False) -> None:
        self.problems: list[Problem] = []
        self._decisions = decisions
        self._shared = {
            address: step
            for part in job.each()
            for every in (gathers(part),)
            for address, step in part.addresses()
            if every or (is_shared(step) and not is_further(address))
        }
        self._batches = Batches(job)
        self._actions: Counter[Action] = Counter()
        self._calls: Counter[tuple[str, str, str]] = Counter()
        self.links = CallLinks() if linked else None
        """Which calls wait for which, once the walk has ended; None where rows need no others."""

    def entries(self) -> Iterator[PlannedRow | PlannedCall]:
        """Yield the plan in the order of the sheet; a shared call after the last of its rows.

        To be walked once. Rows with problems have no calls.
        """
        for decision in self._decisions:
            self.problems.extend(decision.problems)
            calls = decision.row.calls
            own = tuple([call for call in calls if call.step not in self._shared])
            self._actions[decision.row.action] += 1
            self._count(own)
            yield decision.row if len(own) == len(calls) else replace(decision.row, calls=own)
            for call in calls:
                if call.step in self._shared:
                    yield from self._counted(self._batches.add(self._shared[call.step], call))
        yield from self._counted(self._batches.rest())

    def totals(self) -> Totals:
        """Return what the plan comes to, as far as it was walked."""
        return Totals(
            rows=self._actions.total(),
            actions=dict(self._actions),
            calls=dict(self._calls),
            chain=self.links.longest() if self.links else 0,
        )

    def _counted(self, calls: Iterable[PlannedCall]) -> Iterator[PlannedCall]:
        for call in calls:
            self._count((call,))
            yield call

    def _count(self, calls: Sequence[PlannedCall]) -> None:
        if self.links is not None:
            self.links.add(calls)
        for call in calls:
            self._calls[call.target, call.service, call.operation] += 1
