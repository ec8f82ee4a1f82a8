"""Races through all scenarios of a set, summed up by family."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from statistics import mean

from tests.benchmarks.storms.families import weathers
from tests.benchmarks.storms.virtual_race import Weather, passage


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """How one scenario went: means of its seeds, and the worst of them."""

    family: str
    scenario: str
    least: float
    ratio: float
    worst_ratio: float
    per_hundred: float
    worst_per_hundred: float


def verdict(weather: Weather, seeds: Iterable[int]) -> Verdict:
    """Race through a scenario with each seed."""
    passages = [passage(weather, seed) for seed in seeds]
    ratios = [each.ratio for each in passages]
    throttles = [each.per_hundred for each in passages]
    return Verdict(
        family=weather.family, scenario=weather.name, least=weather.least,
        ratio=mean(ratios), worst_ratio=max(ratios),
        per_hundred=mean(throttles), worst_per_hundred=max(throttles),
    )  # fmt: skip


def verdicts(which: str, seeds: int, only: str = "") -> list[Verdict]:
    """Return how a set's scenarios went; `only` is part of the names of those wanted."""
    return [verdict(each, range(1, seeds + 1)) for each in weathers(which) if only in each.name]


def family(name: str, some: Iterable[Verdict]) -> Verdict:
    """Return the verdict on a family: means of its scenarios, and the worst of them."""
    own = [each for each in some if each.family == name]
    return Verdict(
        family=name, scenario="all", least=mean(each.least for each in own),
        ratio=mean(each.ratio for each in own),
        worst_ratio=max(each.worst_ratio for each in own),
        per_hundred=mean(each.per_hundred for each in own),
        worst_per_hundred=max(each.worst_per_hundred for each in own),
    )  # fmt: skip
