from __future__ import annotations

import pytest

from tests.benchmarks.storms.families import FAMILIES, SETS, told, weathers
from tests.benchmarks.storms.judging import family, verdict, verdicts
from tests.benchmarks.storms.quota_curves import (
    Steps,
    Swell,
    least_time,
    square,
    storms,
    time_of,
)
from tests.benchmarks.storms.virtual_race import StrictService, Weather, passage

SEED = 1
STORM = storms(2.0, (20.0, 15.0, 0.25))


def weather(granted, *works, believed=None, burst=5.0):
    return Weather(
        family="test", name="test", believed=believed or told(2, 5), granted=granted, burst=burst,
        works=works,
    )  # fmt: skip


def test_what_a_storm_grants_is_summed_exactly():
    assert [STORM(at) for at in (0, 20, 35, 40)] == [0, 40, 47.5, 57.5]


def test_a_swell_begins_at_its_highest_and_grants_its_mean_over_a_period():
    swell = Swell(2.0, 1.0, 60.0)
    assert swell(0.0) == pytest.approx(0.0)
    assert swell(60.0) == pytest.approx(90.0)
    assert swell(0.1) == pytest.approx(0.2, rel=1e-3)


def test_a_square_wave_is_low_in_the_second_half_of_its_period():
    wave = square(2.0, part=0.5, period=20.0)
    assert [wave(at) for at in (10, 20, 30)] == [20, 30, 50]


def test_the_time_of_a_call_is_when_the_sum_reaches_it():
    assert time_of(STORM, 47.5) == pytest.approx(35)
    assert time_of(STORM, 0) == 0


def test_the_least_time_counts_the_burst_once_and_what_was_saved_while_nobody_called():
    steady = Steps(((0.0, 2.0),))
    assert least_time(steady, 5.0, [(0.0, 105)]) == pytest.approx(50)
    assert least_time(steady, 5.0, [(0.0, 5), (100.0, 15)]) == pytest.approx(105)
    assert least_time(steady, 5.0, [(0.0, 105), (10.0, 20)]) == pytest.approx(60)


def test_a_strict_service_refuses_what_it_has_no_token_for():
    service = StrictService(Steps(((0.0, 2.0),)), burst=2.0)
    assert [service.takes(at) for at in (0.0, 0.0, 0.0, 0.5, 0.6)] == [
        True, True, False, True, False,
    ]  # fmt: skip


def test_a_known_quota_is_used_up_without_a_throttle():
    went = passage(weather(Steps(((0.0, 2.0),)), (0.0, 245)), SEED)
    print(f"seed {SEED}: {went}")
    assert went.throttles == 0
    assert went.ratio < 1.006


def test_a_storm_costs_little_time_and_few_throttles():
    went = passage(weather(STORM, (0.0, 140)), SEED)
    print(f"seed {SEED}: {went}")
    assert went.calls == 140
    assert went.throttles <= 5
    assert went.ratio < 1.04


def test_runs_that_share_a_quota_use_it_up():
    went = passage(weather(Steps(((0.0, 2.0),)), (0.0, 200), (0.0, 200)), SEED)
    print(f"seed {SEED}: {went}")
    assert went.throttles <= 32
    assert went.ratio < 1.07


def test_the_same_seed_gives_the_same_passage():
    storm = weather(STORM, (0.0, 140))
    assert passage(storm, 7) == passage(storm, 7)
    assert passage(storm, 7) != passage(storm, 8)


def test_no_scenario_of_one_set_is_in_the_other():
    names = [{each.name for each in weathers(which)} for which in SETS]
    assert all(names)
    assert not names[0] & names[1]
    for which in SETS:
        assert len({each.family for each in weathers(which)}) == len(FAMILIES)


def test_a_family_is_judged_by_the_means_and_the_worst_of_its_scenarios():
    some = verdicts("tuning", 1, only="short: 2/s")
    assert len(some) == 3
    whole = family("short", some)
    assert whole.ratio == pytest.approx(sum(each.ratio for each in some) / 3)
    assert whole.worst_ratio == max(each.worst_ratio for each in some)
    assert verdict(weather(STORM, (0.0, 20)), [SEED]).per_hundred == 0
