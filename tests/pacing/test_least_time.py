from __future__ import annotations

from bulkops.pacing.least_time import least_seconds
from bulkops.pacing.quotas import Quota

TWO = Quota(rate=2, burst=5, source="test")


def test_the_burst_goes_at_once_and_the_rest_at_the_rate():
    assert least_seconds(60, TWO) == 27.5


def test_no_more_calls_than_the_burst_take_no_time():
    assert [least_seconds(calls, TWO) for calls in (0, 4, 5)] == [0, 0, 0]
