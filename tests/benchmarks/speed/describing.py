"""What is read before the first write: calls, and seconds at the published quotas.

All on the virtual clock; what each operation is asked is the simulator's own record.
"""

from __future__ import annotations

from tests.benchmarks.reading_calls import reading
from tests.benchmarks.speed.scene import Scene, measure

MOVES, UPDATES = "update-user-routing-profiles", "create-users, update"


def _calls(job: str, names: int, things: int) -> float:
    asked, _ = reading(job, names, things)
    return float(sum(asked.values()))


def _seconds(job: str, names: int, things: int) -> float:
    _, seconds = reading(job, names, things)
    return seconds


@measure("reading before 100 updates among 5,000 users", unit="calls", goal=12)
def calls_of_updates(_: Scene) -> float:
    """Count the calls before users are updated of whom only the routing profile changes."""
    return _calls(UPDATES, 100, 5_000)


@measure("time of reading before 100 updates among 5,000 users", unit="s of quota", goal=2)
def seconds_of_updates(_: Scene) -> float:
    """Take the virtual seconds of the same."""
    return _seconds(UPDATES, 100, 5_000)


@measure("reading before 25 moves among 5,000 users", unit="calls", goal=8)
def calls_of_few(_: Scene) -> float:
    """Count the calls before a few of thousands are moved."""
    return _calls(MOVES, 25, 5_000)


@measure("time of reading before 5 moves among 20,000 users", unit="s of quota", goal=1.5)
def seconds_of_very_few(_: Scene) -> float:
    """Take the virtual seconds before very few of many thousands are moved."""
    return _seconds(MOVES, 5, 20_000)
