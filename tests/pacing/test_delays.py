from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from bulkops.pacing.delays import LATE_SECONDS, LOOKS, SOON_SECONDS, delay, next_look, next_poll


def test_the_bound_doubles_up_to_the_cap():
    assert [delay(attempt, 0.5) for attempt in (1, 2, 3, 6, 7, 5000)] == [
        0.25,
        0.5,
        1.0,
        8.0,
        10.0,
        10.0,
    ]


def test_base_and_cap_may_be_given():
    assert delay(3, 0.5, base=2.0, cap=5.0) == 2.5


@given(attempt=st.integers(1, 10**9), chance=st.floats(0, 1, exclude_max=True))
def test_a_delay_is_never_negative_nor_above_the_cap(attempt, chance):
    assert 0 <= delay(attempt, chance) <= 20


def test_looks_come_close_together_first_and_meet_both_times_exactly():
    pauses = [later - earlier for earlier, later in pairwise(LOOKS)]
    assert LOOKS[0] == 0
    assert pauses == sorted(pauses)
    assert SOON_SECONDS in LOOKS
    assert LOOKS[-1] == LATE_SECONDS


def test_looks_that_the_time_has_passed_are_not_made_up_for():
    assert next_look(0.0, -1) == 0
    assert next_look(0.0, 0) == 1
    assert next_look(9.0, 0) == LOOKS.index(6.0)
    assert next_look(11.0, LOOKS.index(6.0)) == LOOKS.index(10.0)
    assert next_look(10_000.0, 0) == len(LOOKS) - 1


def test_work_is_asked_after_more_seldom_the_longer_it_takes():
    assert [next_poll(waited) for waited in (0.0, 1.5, 10.0, 90.0, 3600.0)] == [
        1.0,
        1.0,
        5.0,
        45.0,
        60.0,
    ]
