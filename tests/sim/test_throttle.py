from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bulkops.sim.state.throttle import Allowance, Bucket, Buckets

LANE = ("1", "us-east-1", "connect", "CreateUser")


def taken(bucket, times):
    return [bucket.take(at) for at in times]


def test_a_bucket_gives_its_burst_and_then_its_rate():
    bucket = Bucket(((0.0, Allowance()),), 100.0)
    assert taken(bucket, [100.0] * 6) == [True] * 5 + [False]
    assert taken(bucket, [100.4, 100.5, 100.6, 101.0]) == [False, True, False, True]
    assert repr(bucket) == "<Bucket 0.000 of 5>"


def test_a_bucket_starts_full_at_its_first_request_and_never_holds_more():
    buckets = Buckets()
    assert [buckets.take(LANE, 1e9) for _ in range(6)] == [True] * 5 + [False]
    assert [buckets.take(LANE, 2e9) for _ in range(6)] == [True] * 5 + [False]


def test_lanes_do_not_wait_for_one_another():
    buckets = Buckets()
    for part in range(4):
        lane = tuple("x" if number == part else value for number, value in enumerate(LANE))
        assert [buckets.take(lane, 0.0) for _ in range(5)] == [True] * 5
    assert buckets.take(LANE, 0.0)


def test_requests_at_exactly_the_rate_are_never_refused_for_rounding():
    bucket = Bucket(((0.0, Allowance(rate=1.9, burst=1.0)),), 1.7e9)
    assert all(bucket.take(1.7e9 + n / 1.9) for n in range(5_000))


def test_a_quota_changes_on_its_timetable():
    timetable = ((0.0, Allowance(rate=2, burst=1)), (10.0, Allowance(rate=1, burst=1)))
    bucket = Bucket(timetable, 0.0)
    assert taken(bucket, [0.0, 0.5, 9.5, 10.0, 10.5, 11.0, 12.0]) == [
        True,
        True,
        True,
        True,
        False,
        True,
        True,
    ]


def test_a_refill_across_a_change_counts_each_part_at_its_own_rate():
    timetable = ((0.0, Allowance(rate=1, burst=9)), (10.0, Allowance(rate=2, burst=9)))
    bucket = Bucket(timetable, 0.0)
    assert taken(bucket, [0.0] * 9) == [True] * 9
    bucket.tokens = 0.0
    assert bucket.take(11.0) is True
    assert round(bucket.tokens, 6) == 8.0
    bucket.tokens = 0.0
    bucket._at = 9.0
    bucket.take(10.5)
    assert round(bucket.tokens, 6) == 1.0


def test_a_smaller_burst_takes_away_what_was_saved_up():
    bucket = Bucket(((0.0, Allowance(burst=5)), (1.0, Allowance(burst=2))), 0.0)
    assert taken(bucket, [1.0, 1.0, 1.0]) == [True, True, False]


def test_somebody_else_leaves_the_rest_of_the_rate():
    bucket = Bucket(((0.0, Allowance(rate=2, burst=1, foreign=1.5)),), 0.0)
    assert taken(bucket, [0.0, 1.0, 2.0, 3.0, 4.0]) == [True, False, True, False, True]
    greedy = Bucket(((0.0, Allowance(rate=2, burst=3, foreign=9)),), 0.0)
    assert taken(greedy, [0.0, 1.0]) == [True, False]
    assert greedy.tokens == 0.0


def test_the_default_is_two_a_second_and_what_is_given_goes_before_it():
    buckets = Buckets({"ListUsers": Allowance(rate=10, burst=15)}, speed=3.0)
    assert buckets.rate("connect", "CreateUser") == 6.0
    assert buckets.rate("connect", "ListUsers") == 30.0
    assert buckets.timetable("connect", "CreateUser")[0][1].burst == 15.0
    assert Buckets().rate("sts", "GetCallerIdentity") == 20.0


@given(
    rate=st.floats(0.1, 50),
    burst=st.floats(1, 100),
    gaps=st.lists(st.floats(0, 3), min_size=1, max_size=200),
)
def test_no_window_lets_more_through_than_burst_and_rate(rate, burst, gaps):
    bucket, now, passed = None, 0.0, []
    for gap in gaps:
        now += gap
        bucket = bucket or Bucket(((0.0, Allowance(rate=rate, burst=burst)),), now)
        if bucket.take(now):
            passed.append(now)
    for first, start in enumerate(passed):
        for last in range(first, len(passed)):
            assert last - first + 1 <= burst + rate * (passed[last] - start) + 1e-5


def test_some_operations_have_a_quota_of_their_own():
    assert Buckets().rate("qconnect", "CreateQuickResponse") == 10.0
    assert Buckets().rate("qconnect", "DeleteQuickResponse") == 20.0
