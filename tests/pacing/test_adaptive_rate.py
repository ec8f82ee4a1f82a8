from __future__ import annotations

import math
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulkops.pacing.adaptive_rate import Hold, Pace, RateTrial
from bulkops.pacing.bucket import capacity
from bulkops.pacing.quotas import Quota

TWO = Quota(rate=2, burst=5, source="test")
TICK = 0.01


class Service:
    """A lane and its service in small steps: calls arrive at once and are answered at once."""

    def __init__(self, quota=TWO, *, granted=lambda _: 2.0, burst=5.0, ceiling=None):
        self.pace = Pace(quota, ceiling=ceiling)
        self.granted, self.burst = granted, burst
        self.now, self.tokens = 0.0, burst
        self.sent, self.throttles = [], []

    def until(self, end):
        """Send whenever the pace, or else the quota, lets a call leave."""
        while self.now < end:
            self.now += TICK
            self.tokens = min(self.burst, self.tokens + self.granted(self.now) * TICK)
            last = self.sent[-1] if self.sent else -math.inf
            if self.pace.wait(self.now) <= 0 and self.now - last >= 1 / self.pace.most:
                self._send()
        return self

    def _send(self):
        self.pace.sent(self.now)
        self.sent.append(self.now)
        if self.tokens >= 1:
            self.tokens -= 1
            self.pace.succeeded(self.now)
        else:
            self.throttles.append(self.now)
            self.pace.throttled(self.now)


def falling_to(rate, since, until):
    return lambda now: rate if since <= now < until else 2.0


def test_a_lane_begins_at_its_quota_and_waits_for_nothing():
    pace = Pace(TWO)
    pace.sent(0.0)
    assert (pace.rate, pace.most, pace.wait(0.0)) == (2, 2, 0)


def test_success_alone_changes_nothing():
    service = Service().until(100)
    assert service.pace.rate == 2
    assert service.throttles == []


def test_the_first_throttle_leaves_seven_tenths_of_the_rate_after_a_pause():
    pace = Pace(TWO)
    pace.throttled(10.0)
    assert pace.rate == pytest.approx(1.4)
    assert pace.wait(10.0) == pytest.approx((1 + 0.3) / 1.4 + 0.05)


def test_throttles_of_calls_that_were_on_their_way_change_nothing():
    pace = Pace(TWO)
    pace.throttled(10.0)
    pace.throttled(10.3)
    assert pace.rate == pytest.approx(1.4)


def test_a_single_throttle_is_forgotten_in_two_seconds():
    pace = Pace(TWO)
    pace.throttled(10.0)
    pace.sent(12.1)
    pace.succeeded(12.2)
    assert pace.rate == 2


def test_a_second_throttle_tells_what_was_granted_since_the_first():
    pace = Pace(TWO)
    pace.throttled(10.0)
    for now in (11.0, 11.7):
        pace.sent(now)
        pace.succeeded(now)
    pace.throttled(11.9)
    assert pace.rate == pytest.approx(2 / 1.9)


def test_a_lower_quota_is_kept_to_within_a_tenth():
    service = Service(granted=lambda _: 1.0).until(200)
    assert service.pace.rate == pytest.approx(1.0, rel=0.06)
    granted = len(service.sent) - len(service.throttles)
    assert granted >= 0.98 * (200 + 5)
    assert len(service.throttles) <= 20


def test_trials_become_rarer_the_longer_the_quota_is_low():
    service = Service(granted=lambda _: 0.5).until(200)
    early = [at for at in service.throttles if 20 <= at < 50]
    late = [at for at in service.throttles if 170 <= at < 200]
    assert len(late) < len(early)


def test_soon_after_the_quota_is_back_so_is_the_rate():
    service = Service(granted=falling_to(0.5, 20, 35)).until(40)
    assert service.pace.rate == 2
    before = len(service.throttles)
    service.until(100)
    assert len(service.throttles) == before


def after_a_storm(idle):
    """Return the gaps between eight calls of a lane that is back, so many seconds later."""
    service = Service(granted=falling_to(0.5, 20, 35)).until(60)
    assert service.pace.rate == 2
    now = service.sent[-1] + idle
    left = []
    for _ in range(8):
        now += service.pace.wait(now)
        service.pace.sent(now)
        left.append(now)
    return [later - sooner for sooner, later in pairwise(left)]


def test_a_lane_that_is_back_saves_up_while_idle_what_its_bucket_holds():
    saved = int(capacity(TWO)) - 1
    assert after_a_storm(60) == pytest.approx([0.0] * saved + [0.5] * (7 - saved), abs=1e-6)


def test_a_lane_that_is_back_has_saved_nothing_while_it_was_busy():
    # each call of the seconds since then left up to a tick late, which may be made up for
    assert sum(after_a_storm(0.5)) >= 6 * 0.5


def test_a_lane_is_lowered_from_a_throttle_until_the_quota_is_back():
    pace = Pace(TWO)
    assert not pace.lowered
    pace.throttled(10.0)
    assert pace.lowered
    pace.sent(12.1)
    pace.succeeded(12.2)
    assert not pace.lowered


def test_a_quota_that_falls_anew_is_followed_at_once():
    service = Service(granted=lambda now: 0.5 if now % 40 >= 20 else 2.0).until(400)
    granted = len(service.sent) - len(service.throttles)
    assert granted >= 0.93 * (5 + 1.25 * 400)


def test_a_bucket_of_one_call_does_not_pull_the_rate_down_for_ever():
    service = Service(granted=lambda _: 1.0, burst=1.0).until(300)
    granted = len(service.sent) - len(service.throttles)
    assert granted >= 0.7 * 300


def test_a_throttle_right_after_a_trial_leaves_more_than_there_was_before():
    pace = Pace(TWO)
    pace.throttled(0.0)
    pace.throttled(2.0)
    before = pace.rate
    now = 10.0
    while pace.rate == before:
        now += max(pace.wait(now), 0.1)
        pace.sent(now)
        pace.succeeded(now)
    pace.throttled(now + 0.5)
    assert pace.rate >= before * 1.5


def test_the_rate_never_falls_below_a_twentieth_of_the_quota():
    pace = Pace(TWO)
    for now in range(100):
        pace.throttled(now * 50.0)
    assert pace.rate == pytest.approx(0.1)


def test_a_trial_sends_ever_closer_and_never_closer_than_the_quota():
    hold = Hold(since=0.0, rate=0.1, due=50.0, trial_at=5.0)
    now = 5.0
    gaps = []
    for _ in range(8):
        hold.leaves(now)
        hold.trial.answered(now + 0.2)
        gaps.append(hold.next_call(2.0) - now)
        now += gaps[-1]
    assert gaps == sorted(gaps, reverse=True)
    assert gaps[-1] == pytest.approx(0.5)


def test_a_trial_waits_for_answers():
    hold = Hold(since=0.0, rate=0.5, due=9.0, trial_at=5.0)
    hold.leaves(5.0)
    assert hold.trial.spare == 0
    assert hold.next_call(2.0) == 9.0
    hold.trial.answered(5.1)
    assert hold.next_call(2.0) == pytest.approx(6.0)


def test_answers_that_come_together_bring_calls_closer_only_once():
    trial = RateTrial(pace=1.0, grown=0.0)
    for _ in range(5):
        trial.answered(0.3)
    assert trial.pace == 2.0


def test_its_repr_shows_where_it_stands():
    pace = Pace(TWO)
    pace.throttled(0.0)
    assert repr(pace) == "<Pace 1.4/s of 2/s>"


def test_a_probing_lane_rises_slowly_above_its_quota():
    service = Service(granted=lambda _: 100.0, burst=100.0, ceiling=20.0).until(100)
    assert service.pace.rate == pytest.approx(4, rel=0.1)
    service.until(2000)
    assert service.pace.rate == 20


def test_a_probing_lane_finds_a_quota_above_its_own_and_stays_near_it():
    service = Service(granted=lambda _: 3.0, ceiling=20.0).until(600)
    granted = len(service.sent) - len(service.throttles)
    before = len(service.sent), len(service.throttles)
    service.until(1200)
    more = len(service.sent) - before[0] - (len(service.throttles) - before[1])
    assert granted > 2.85 * 600
    assert more > 2.9 * 600


EVENTS = st.lists(st.tuples(st.floats(0, 30), st.sampled_from(["throttled", "succeeded", "sent"])))


@given(events=EVENTS, probing=st.booleans())
def test_the_rate_stays_between_its_floor_and_its_ceiling(events, probing):
    ceiling = 20 if probing else None
    pace = Pace(TWO, ceiling=ceiling)
    now = 0.0
    for pause, event in events:
        now += pause
        getattr(pace, event)(now)
        assert 0.1 <= pace.rate <= pace.most <= (ceiling or 2)
        assert 0 <= pace.wait(now) < 30


@given(events=EVENTS)
def test_the_same_events_give_the_same_rate(events):
    paces = Pace(TWO), Pace(TWO)
    now = 0.0
    for pause, event in events:
        now += pause
        for pace in paces:
            getattr(pace, event)(now)
    assert paces[0].rate == paces[1].rate
    assert paces[0].wait(now) == paces[1].wait(now)
