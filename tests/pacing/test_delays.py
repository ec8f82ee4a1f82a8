from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bulkops.pacing.delays import LOOKS, delay


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


def test_looks_begin_at_once_grow_and_end_after_five_minutes():
    looks = list(LOOKS)
    assert looks[0] == 0
    assert looks == sorted(looks)
    assert sum(looks) == 300
