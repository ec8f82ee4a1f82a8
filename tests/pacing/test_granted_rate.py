from __future__ import annotations

import pytest

from bulkops.pacing.granted_rate import WINDOW_SECONDS, Count, falling, granted


def test_a_count_tells_a_rate():
    assert Count(10, 5).rate == 2


def test_counts_add_up():
    assert Count(10, 5).plus(Count(2, 3)) == Count(12, 8)


def test_what_is_older_than_the_window_is_forgotten_in_part():
    both = Count(60, WINDOW_SECONDS).plus(Count(20, 10))
    assert both.seconds == WINDOW_SECONDS
    assert both.rate == pytest.approx(2)


@pytest.mark.parametrize(
    ("calls", "differs"), [(10, False), (13, False), (14, True), (7, False), (6, True)]
)
def test_only_what_is_no_accident_differs_from_a_rate(calls, differs):
    assert Count(calls, 10).differs(1.0) is differs


def test_counts_that_agree_make_one_another_more_exact():
    assert granted(Count(10, 10), Count(6, 5), believed=1.0) == Count(16, 15)


def test_a_count_that_does_not_agree_stands_alone():
    assert granted(Count(10, 10), Count(2, 8), believed=1.0) == Count(2, 8)


def test_a_time_in_which_nothing_went_through_tells_of_half_a_call():
    assert granted(Count(), Count(0, 2), believed=1.4) == Count(0.5, 2)


def test_a_streak_of_throttles_lowers_a_rate_that_no_single_one_refutes():
    assert falling(Count(30, 20), Count(1, 4)) == Count(1.7, 4)


def test_a_streak_that_shows_the_same_rate_changes_nothing():
    assert falling(Count(30, 20), Count(5, 4)) == Count(30, 20)
