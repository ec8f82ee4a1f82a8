"""What calls cost: how many of each operation, the quota they keep to, and the least time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from bulkops.definition.catalogue import maker_of
from bulkops.definition.job import Job
from bulkops.definition.kinds.found_things import Find
from bulkops.definition.thing_kinds import KINDS
from bulkops.definition.verbs import verb
from bulkops.engine.lanes import Lane
from bulkops.ledger.records import LaneKey
from bulkops.pacing.least_time import least_seconds
from bulkops.runs.summary import PlannedCalls
from bulkops.targets.connect import Connection


def planned_calls(
    numbers: Mapping[LaneKey, int], connection: Connection
) -> tuple[PlannedCalls, ...]:
    """Return how many calls there are of each operation on each target, with their quota."""
    return tuple(
        PlannedCalls(
            target=key[0],
            service=key[1],
            operation=key[2],
            number=number,
            quota=connection.lane(*key).quota,
        )
        for key, number in numbers.items()
    )


def kept_first(job: Job, numbers: Mapping[LaneKey, int]) -> dict[LaneKey, int]:
    """Return the reads that go before the deletions of a job, which keep what is deleted."""
    describing = {
        step.operation: describe.operation
        for part in job.each()
        if maker_of(part) is not None
        for step in part.steps
        if verb(step.operation) == "delete" and isinstance(step.subject, Find)
        if (describe := KINDS[step.subject.kind].describe) is not None
    }
    return {
        (target, service, describing[operation]): number
        for (target, service, operation), number in numbers.items()
        if operation in describing
    }


def least_time(numbers: Mapping[LaneKey, int], connection: Connection) -> float:
    """Return the longest lane's least time; targets of one account and Region share a lane."""
    calls: Counter[Lane] = Counter()
    for key, number in numbers.items():
        calls[connection.lane(*key)] += number
    return max((least_seconds(count, lane.quota) for lane, count in calls.items()), default=0.0)
