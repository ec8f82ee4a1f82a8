from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulkops.pacing.adaptive_rate import Course, Pace
from bulkops.pacing.quotas import Quota
from tests.pacing.simulation import QUOTAS, Cost, cases, cost

TWO = Quota(rate=2, burst=5, source="test")


def pace_after(*events, quota=TWO, ceiling=None):
    pace = Pace(quota, ceiling=ceiling)
    for now, event in events:
        getattr(pace, event)(now)
    return pace


def test_a_lane_begins_at_its_quota():
    assert Pace(TWO).rate == 2


def test_success_alone_changes_nothing():
    assert pace_after(*((now, "succeeded") for now in range(100))).rate == 2


def test_a_throttle_leaves_seven_tenths_of_the_rate():
    assert pace_after((10.0, "throttled")).rate == pytest.approx(1.4)


def test_throttles_of_calls_that_were_on_their_way_cut_only_once():
    assert pace_after((10.0, "throttled"), (10.5, "throttled"), (11.4, "throttled")).rate == (
        pytest.approx(1.4)
    )


def test_a_throttle_after_two_calls_time_cuts_again():
    assert pace_after((10.0, "throttled"), (11.5, "throttled")).rate == pytest.approx(0.98)


def test_without_more_throttles_the_rate_is_back_at_the_quota_in_two_seconds():
    assert pace_after((10.0, "throttled"), (12.1, "succeeded")).rate == 2


def test_on_the_way_back_small_steps_are_left_out():
    pace = pace_after((10.0, "throttled"), (10.05, "succeeded"))
    assert pace.rate == pytest.approx(1.4)
    pace.succeeded(10.6)
    assert pace.rate == pytest.approx(2 - 0.6 * 0.7**3)


def test_what_went_through_between_two_throttles_is_remembered():
    calls = [(10.0 + second, "succeeded") for second in range(1, 11)]
    pace = pace_after((10.0, "throttled"), *calls, (20.0, "throttled"))
    assert pace.rate == pytest.approx(2 * 0.7)
    pace.succeeded(24.0)
    assert pace.rate == pytest.approx(1.0)


def test_more_than_is_remembered_is_tried_only_after_a_while():
    calls = [(10.0 + second, "succeeded") for second in range(1, 11)]
    pace = pace_after((10.0, "throttled"), *calls, (20.0, "throttled"))
    pace.succeeded(24.0)
    pace.succeeded(25.0)
    assert pace.rate == pytest.approx(1.0)
    pace.succeeded(29.0)
    assert pace.rate == pytest.approx(1 + (4 / 6) ** 3)
    pace.succeeded(40.0)
    assert pace.rate == 2


def test_a_throttle_while_more_is_tried_confirms_what_was_remembered():
    calls = [(10.0 + second, "succeeded") for second in range(1, 11)]
    pace = pace_after((10.0, "throttled"), *calls, (20.0, "throttled"))
    for second in range(1, 10):
        pace.succeeded(20.0 + second)
    tried = pace.rate
    pace.throttled(29.0)
    pace.succeeded(29.0 + 3)
    assert pace.rate == pytest.approx(1 + 0.1 * (tried - 1))


def test_a_throttle_before_more_is_tried_lowers_what_is_remembered():
    calls = [(10.0 + second, "succeeded") for second in range(1, 11)]
    pace = pace_after((10.0, "throttled"), *calls, (20.0, "throttled"))
    for now in (21.0, 22.0, 23.0, 24.0):
        pace.succeeded(now)
    pace.throttled(24.5)
    pace.succeeded(28.0)
    assert pace.rate == pytest.approx(4 / 4.5)


def test_its_repr_shows_where_it_stands():
    assert repr(pace_after((0.0, "throttled"))) == "<Pace 1.4/s of 2/s>"


def test_what_was_counted_long_ago_is_not_remembered():
    pace = pace_after((0.0, "throttled"), *((now, "succeeded") for now in range(1, 100)))
    pace.throttled(100.0)
    pace.succeeded(102.5)
    assert pace.rate == 2


def test_the_rate_never_falls_below_a_twentieth_of_the_quota():
    pace = pace_after(*((now * 50.0, "throttled") for now in range(100)))
    assert pace.rate == pytest.approx(0.1)


def test_a_probing_lane_rises_slowly_above_its_quota():
    pace = pace_after((0.0, "succeeded"), ceiling=20)
    assert pace.rate == 2
    for now in range(1, 101):
        pace.succeeded(now)
    assert pace.rate == pytest.approx(4, rel=0.1)
    for now in range(101, 2001):
        pace.succeeded(now)
    assert pace.rate == 20


def test_the_first_throttle_of_a_probing_lane_cuts_at_once():
    assert pace_after((0.0, "succeeded"), (0.1, "throttled"), ceiling=20).rate == (
        pytest.approx(1.4)
    )


def test_a_probing_lane_remembers_a_rate_above_its_quota():
    pace = pace_after((0.0, "succeeded"), ceiling=20)
    for now in range(1, 101):
        pace.succeeded(now)
    reached = pace.rate
    pace.throttled(101.0)
    pace.succeeded(103.5)
    assert pace.rate == pytest.approx(reached)


def test_a_course_goes_through_its_remembered_rate():
    course = Course(at=0.0, low=1.4, limit=2.0, sit=3.0)
    assert [course.rate(now) for now in (0.0, 1.0, 2.0, 5.0, 8.0)] == [
        pytest.approx(rate) for rate in (1.4, 1.925, 2.0, 2.0, 4.0)
    ]


EVENTS = st.lists(st.tuples(st.floats(0, 30), st.sampled_from(["throttled", "succeeded"])))


@given(events=EVENTS, probing=st.booleans())
def test_the_rate_stays_between_its_floor_and_its_ceiling(events, probing):
    ceiling = 20 if probing else None
    pace = Pace(TWO, ceiling=ceiling)
    now = 0.0
    for pause, event in events:
        now += pause
        getattr(pace, event)(now)
        assert 0.1 <= pace.rate <= (ceiling or 2)
        assert math.isfinite(pace.rate)


@given(events=EVENTS)
def test_the_same_events_give_the_same_rate(events):
    now, timed = 0.0, []
    for pause, event in events:
        now += pause
        timed.append((now, event))
    assert pace_after(*timed).rate == pace_after(*timed).rate


ALL = [
    pytest.param(case, Quota(rate=rate, burst=burst, source=""), calls, id=f"{rate}/s {case.name}")
    for rate, burst, calls in QUOTAS
    for case in cases(rate, burst, calls)
]
SEEDS = range(3)


@pytest.mark.parametrize(("case", "quota", "calls"), ALL)
def test_a_wrong_or_shared_quota_costs_little(case, quota, calls):
    for seed in SEEDS:
        spent = cost(case, quota, calls, seed=seed)
        print(f"seed {seed}: {spent}")
        assert spent.by_second < 1
        assert spent.time < (1.1 if case.name == "two runs share" else 1.16)


@pytest.mark.parametrize(("rate", "burst", "calls"), QUOTAS)
def test_a_quota_that_is_as_believed_is_used_up_without_a_throttle(rate, burst, calls):
    case = next(cases(rate, burst, calls))
    spent = cost(case, Quota(rate=rate, burst=burst, source=""), calls, seed=1)
    assert spent.by_call == 0
    assert spent.time < 1.01


def test_the_simulation_is_the_same_for_the_same_seed():
    case = list(cases(2, 5, 300))[-1]
    assert isinstance(cost(case, TWO, 300, seed=7), Cost)
    assert cost(case, TWO, 300, seed=7) == cost(case, TWO, 300, seed=7)
