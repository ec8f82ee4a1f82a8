"""What a quota that falls and returns costs, on the virtual clock: time over the least, throttles.

`python -m tests.benchmarks.storms` judges all scenarios, with more seeds.
"""

from __future__ import annotations

from tests.benchmarks.speed.scene import Scene, measure
from tests.benchmarks.storms.judging import Verdict, family, verdicts

SEEDS = 1


def judged(name: str) -> Verdict:
    """Race through a family of the scenarios that were held out."""
    return family(name, verdicts("held out", SEEDS, only=f"{name}: "))


@measure("time of a run: known quota", unit="of the least", goal=1.03)
def known(_scene: Scene) -> float:
    return judged("known").ratio


@measure("time of a run: storms", unit="of the least", goal=1.05)
def storms(_scene: Scene) -> float:
    return judged("storms").ratio


@measure("throttles of a run: storms", unit="in a hundred calls")
def storms_throttled(_scene: Scene) -> float:
    return judged("storms").per_hundred


@measure("time of a run: waves", unit="of the least", goal=1.10)
def waves(_scene: Scene) -> float:
    return judged("waves").ratio


@measure("throttles of a run: waves", unit="in a hundred calls")
def waves_throttled(_scene: Scene) -> float:
    return judged("waves").per_hundred


@measure("time of a run: several runs share a quota", unit="of the least")
def several(_scene: Scene) -> float:
    return judged("several").ratio
