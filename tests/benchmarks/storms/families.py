"""The scenarios by which a rule of pace is judged: those to choose it by, and those held out."""

from __future__ import annotations

from collections.abc import Iterator

from bulkops.pacing.quotas import Quota
from tests.benchmarks.storms.quota_curves import Granted, Steps, Swell, square, storms
from tests.benchmarks.storms.virtual_race import Journey, Weather

SETS = ("tuning", "held out")
FAR = Journey(there=(0.1, 0.3), back=(0.05, 0.2))
"""A Region on another continent."""


def told(rate: float, burst: float) -> Quota:
    """Return a quota that is believed."""
    return Quota(rate=rate, burst=burst, source="told")


def _weather(family: str, name: str, believed: Quota, granted: Granted, **named) -> Weather:
    seconds = named.pop("seconds", 120.0)
    burst = named.pop("burst", believed.burst)
    # so many calls as the service grants in that time
    works = named.pop("works", ((0.0, int(burst + granted(seconds))),))
    full = f"{family}: {believed.rate:g}/s burst {believed.burst:g}, {name}"
    return Weather(
        family=family, name=full, believed=believed, granted=granted, burst=burst, works=works,
        **named,
    )  # fmt: skip


def _steady(rate: float) -> Steps:
    return Steps(((0.0, rate),))


QUOTAS = {"tuning": ((2, 5), (20, 50)), "held out": ((5, 8), (10, 15), (100, 100))}
"""Rates and bursts that are believed."""


def known(which: str) -> Iterator[Weather]:
    """The quota is as told, to one run alone."""
    for rate, burst in QUOTAS[which]:
        quota = told(rate, burst)
        yield _weather("known", "as told", quota, _steady(rate))
        yield _weather("known", "as told, far away", quota, _steady(rate), journey=FAR)


LOWER = {"tuning": (0.9, 0.5, 0.15), "held out": (0.8, 0.35)}


def lower(which: str) -> Iterator[Weather]:
    """The quota is lower than told, all the time."""
    for rate, burst in QUOTAS[which]:
        for part in LOWER[which]:
            yield _weather("lower", f"{part:g} of it", told(rate, burst), _steady(rate * part))
        part = LOWER[which][1]
        yield _weather(
            "lower", f"{part:g} of it, burst too", told(rate, burst), _steady(rate * part),
            burst=max(burst * part, 1.0),
        )  # fmt: skip


STORMS = {
    "tuning": (
        ((20.0, 15.0, 0.25),),
        ((10.0, 40.0, 0.5),),
        ((15.0, 10.0, 0.1), (60.0, 20.0, 0.4)),
        ((30.0, 5.0, 0.1),),
        ((10.0, 90.0, 0.3),),
    ),
    "held out": (
        ((12.0, 25.0, 0.2),),
        ((25.0, 8.0, 0.35),),
        ((10.0, 12.0, 0.5), (40.0, 30.0, 0.15), (90.0, 6.0, 0.3)),
        ((8.0, 70.0, 0.6),),
    ),
}
"""(since, seconds, part that is left) of each drop of each storm."""


AFTER = 40.0
"""Seconds from the end of the last storm to the least end of a run."""


def stormy(which: str) -> Iterator[Weather]:
    """The quota falls for a while, once or several times, and is back."""
    for rate, burst in QUOTAS[which]:
        for drops in STORMS[which]:
            said = " and ".join(f"{part:g} for {seconds:g} s" for _, seconds, part in drops)
            yield _weather(
                "storms", said, told(rate, burst), storms(rate, *drops),
                seconds=drops[-1][0] + drops[-1][1] + AFTER,
            )  # fmt: skip


WAVES = {
    "tuning": ((0.3, 60.0), (0.1, 30.0), (0.5, 20.0)),
    "held out": ((0.2, 45.0), (0.4, 100.0)),
}
"""Part that is left at the lowest, and seconds from one such time to the next."""


def waves(which: str) -> Iterator[Weather]:
    """The quota swings, evenly or at once."""
    for rate, burst in QUOTAS[which]:
        for part, period in WAVES[which]:
            quota, said = told(rate, burst), f"{part:g} every {period:g} s"
            swell = Swell(rate, rate * part, period)
            yield _weather("waves", f"swells to {said}", quota, swell)
            yield _weather(
                "waves", f"falls to {said}", quota, square(rate, part=part, period=period)
            )


RUNS = {
    "tuning": (((0, 100), (0, 100)), ((0, 60), (20, 60), (40, 60), (60, 60), (80, 60))),
    "held out": (((0, 150), (30, 50)), ((0, 60), (0, 60), (10, 60)), ((0, 120),) + ((15, 20),) * 4),
}
"""For each run: when it begins, and how many seconds its calls would take alone."""


def several(which: str) -> Iterator[Weather]:
    """Several runs share a quota and don't know of one another."""
    for rate, burst in QUOTAS[which]:
        for runs in RUNS[which]:
            works = tuple((float(since), int(rate * seconds)) for since, seconds in runs)
            said = f"{len(runs)} runs of {', '.join(f'{calls}' for _, calls in works)} calls"
            yield _weather("several", said, told(rate, burst), _steady(rate), works=works)


def single(which: str) -> Iterator[Weather]:
    """The burst is 1, whatever was told."""
    for rate, burst in QUOTAS[which]:
        quota = told(rate, burst)
        yield _weather("burst of 1", "rate as told", quota, _steady(rate), burst=1.0)
        yield _weather("burst of 1", "half the rate", quota, _steady(rate / 2), burst=1.0)
        yield _weather(
            "burst of 1", "falls to 0.3 for 20 s", quota, storms(rate, (20.0, 20.0, 0.3)),
            burst=1.0,
        )  # fmt: skip
        yield _weather("burst of 1", "told so", told(rate, 1), _steady(rate))


SHORT = {"tuning": (0.25, 40), "held out": (0.4, 60)}
"""Part that is left of the quota, and how many rows there are."""


def short(which: str) -> Iterator[Weather]:
    """Few rows: as told, at a lower quota, and in a storm."""
    part, rows = SHORT[which]
    works = ((0.0, rows),)
    for rate, burst in QUOTAS[which][:2]:
        quota = told(rate, min(burst, rows / 4))
        long = rows / rate / 4
        fallen = storms(rate, (long, long * 2, part))
        yield _weather("short", f"{rows} rows as told", quota, _steady(rate), works=works)
        yield _weather(
            "short", f"{rows} rows at {part:g}", quota, _steady(rate * part), works=works
        )
        yield _weather("short", f"{rows} rows in a storm to {part:g}", quota, fallen, works=works)


FAMILIES = (known, lower, stormy, waves, several, single, short)


def weathers(which: str) -> tuple[Weather, ...]:
    """Return the scenarios of a set: `tuning` or `held out`."""
    return tuple(weather for family in FAMILIES for weather in family(which))
