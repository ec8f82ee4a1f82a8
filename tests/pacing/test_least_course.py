"""The least time of calls that wait for others: never beaten, and reached."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulkops.pacing.chains.call_graph import CallGraph
from bulkops.pacing.chains.least_course import MOST_STEPS, Course, Link, PacedCalls, least_course
from bulkops.pacing.chains.sending_turns import turns
from bulkops.pacing.least_time import ROUND_TRIP
from tests.pacing.ideal_runs import best_of_all, by_turns, centre, paced

SLOW, BUSY = (0.5, 1), (2, 5)


@st.composite
def graphs(draw, most=6):
    """Draw a few calls in a few lanes, each waiting for some of those before it."""
    rates, bursts = st.sampled_from([0.5, 1, 2, 10]), st.sampled_from([1, 2, 5])
    lanes = draw(st.lists(st.tuples(rates, bursts), min_size=1, max_size=3))
    calls = []
    for place in range(draw(st.integers(1, most))):
        others = (
            st.lists(st.integers(0, place - 1), unique=True, max_size=3) if place else st.just([])
        )
        calls.append((draw(st.integers(0, len(lanes) - 1)), draw(others)))
    return paced(lanes, *calls)


@given(graphs())
def test_no_run_is_shorter_than_the_least_and_none_by_turns_beats_the_best(calls):
    least, best = least_course(calls).seconds, best_of_all(calls)
    assert least <= best + 1e-9
    assert best <= by_turns(calls) + 1e-9


def test_the_least_is_reached_but_where_the_best_order_is_a_puzzle():
    least_reached = best_reached = 0
    for seed in range(300):
        calls = _random_calls(random.Random(seed))
        best = best_of_all(calls)
        least_reached += least_course(calls).seconds > best - 1e-9
        best_reached += by_turns(calls) < best + 1e-9
    assert least_reached >= 297
    assert best_reached >= 297


def _random_calls(rng):
    lanes = [(rng.choice([0.5, 1, 2, 10]), rng.choice([1, 2, 5])) for _ in range(3)]
    calls = [
        (rng.randrange(3), [other for other in range(place) if rng.random() < 0.35])
        for place in range(rng.randint(1, 6))
    ]
    return paced(lanes, *calls)


CASES = {
    "a chain in one lane": (paced([BUSY], (0, ()), (0, (0,)), (0, (1,))), 3 * ROUND_TRIP),
    "a lane alone": (paced([BUSY], *[(0, ())] * 15), 5 + ROUND_TRIP),
    "a chain beside a long lane": (
        paced([BUSY, SLOW], (1, ()), (1, (0,)), (1, (1,)), *[(0, ())] * 15),
        5 + ROUND_TRIP,
    ),
    "a lane whose calls all wait": (
        paced([BUSY, BUSY], (0, ()), *[(1, (0,))] * 15),
        5 + 2 * ROUND_TRIP,
    ),
    "many go before one": (
        paced([BUSY, BUSY], *[(0, ())] * 15, (1, range(15))),
        5 + 2 * ROUND_TRIP,
    ),
    "every call waits for all of the lane before": (
        paced([BUSY, BUSY], *[(0, ())] * 9, *[(1, range(9))] * 9),
        2 + 2 + 2 * ROUND_TRIP,
    ),
    "one that many wait for is the last of its lane": (
        paced([SLOW, BUSY], *[(0, ())] * 3, (0, ()), *[(1, (3,))] * 25),
        10 + 2 * ROUND_TRIP,
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_a_run_by_turns_reaches_the_least_where_one_lane_or_one_chain_decides(case):
    calls, least = CASES[case]
    assert least_course(calls).seconds == pytest.approx(least)
    assert by_turns(calls) == pytest.approx(least)


def test_the_course_says_what_goes_before_the_lane_that_decides_and_what_comes_after():
    calls = paced(
        [BUSY, (10, 5), BUSY, BUSY],
        *[(0, ())] * 8,
        (1, range(8)),
        *[(2, (8,))] * 20,
        (3, (9,)),
        (3, (29,)),
    )
    course = least_course(calls)
    assert course.links == (Link(0, 8, True), Link(1, 1, False), Link(2, 20, True))
    assert course.seconds == pytest.approx(1.5 + 7.5 + 3 * ROUND_TRIP)


def test_calls_of_one_lane_in_a_row_are_one_part_of_the_course():
    calls = paced([SLOW, BUSY], (1, ()), (1, (0,)), (0, (1,)), (1, (2,)))
    assert least_course(calls).links == (Link(1, 2, False), Link(0, 1, False), Link(1, 1, False))


def test_what_waits_for_nothing_of_the_plan_and_what_waits_in_a_circle_takes_no_time():
    circle = paced([BUSY], (0, (1,)), (0, (0,)))
    assert least_course(circle) == Course(0.0, ())
    assert list(turns(circle)) == []
    graph = CallGraph()
    graph.add(0, [7], [99])
    assert least_course(PacedCalls(graph, [0], paced([BUSY]).quotas)).seconds == ROUND_TRIP


def test_plans_may_name_what_comes_later():
    calls = paced([BUSY], (0, (2,)), (0, (0, 2)), (0, ()))
    assert [*calls.graph.in_turn] == [2, 0, 1]
    assert calls.graph.longest() == 3
    assert least_course(calls).seconds == pytest.approx(3 * ROUND_TRIP)


def test_nothing_waits_in_a_plan_without_needs():
    assert paced([BUSY], (0, ()), (0, ())).graph.longest() == 0


def test_very_many_different_times_are_rounded_down_and_no_further_than_said():
    # a chain through a slow lane, each of whose calls many wait for: each has times of its own
    number = 2 * MOST_STEPS
    chain = [(0, (place - 1,) if place else ()) for place in range(number)]
    calls = paced([BUSY, BUSY], *chain, *[(1, (place,)) for place in range(number)])
    exact = (number + 1) * ROUND_TRIP
    least = least_course(calls).seconds
    by_quota = (number - 5) / 2 + 2 * ROUND_TRIP
    assert max(exact, by_quota) * (1 - 2 / MOST_STEPS) <= least <= by_turns(calls) + 1e-9


def test_a_call_goes_by_the_first_that_waits_for_it_and_what_nobody_waits_for_last():
    calls = paced([BUSY, SLOW], (0, ()), (0, ()), (0, ()), (1, (2,)), (1, (1,)))
    turn_of = dict(turns(calls))
    assert [*turn_of] == [1, 2]
    assert turn_of[2] < turn_of[1] < 0


def test_turns_keep_a_whole_centre_to_its_least():
    calls = centre(random.Random(1))
    assert by_turns(calls) <= 1.01 * least_course(calls).seconds
    # in the plan's order users wait until nearly all queues are there
    assert by_turns(calls, {}) > 1.02 * least_course(calls).seconds
