from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulkops.pacing.bucket import capacity, steady_rate
from bulkops.pacing.quotas import Quota


def quota(rate, burst):
    return Quota(rate=rate, burst=burst, source="test")


@pytest.mark.parametrize(
    ("rate", "burst", "room"),
    [
        (2, 5, 4),  # the reserve is one call
        (20, 50, 45),  # the reserve is 20/s for a quarter of a second
        (2, 2, 1),
        (0.5, 1, 1),  # no call could leave otherwise
        (0.4, 2.5, 1.5),
        (20, 5, 2),  # late timers need their room
        (2, 3, 2),
    ],
)
def test_the_bucket_is_the_burst_less_a_reserve(rate, burst, room):
    assert capacity(quota(rate, burst)) == room


def test_a_wider_spread_needs_a_greater_reserve():
    assert capacity(quota(20, 50), 1.0) == 30


@given(rate=st.floats(0.05, 200), burst=st.floats(1, 500), spread=st.floats(0, 3))
def test_a_call_can_always_leave_and_the_burst_is_never_exceeded(rate, burst, spread):
    assert 1 <= capacity(quota(rate, burst), spread) <= burst


@pytest.mark.parametrize(
    ("rate", "burst", "steady"),
    [
        (2, 5, 2),
        (2, 2, 2),
        (0.5, 1, pytest.approx(0.5 / 1.125)),
        (0.5, 1.5, 0.5),  # the half call covers a second
        (20, 1, 16),  # a fifth at the most
    ],
)
def test_only_a_burst_of_one_lowers_the_rate(rate, burst, steady):
    assert steady_rate(quota(rate, burst)) == steady
