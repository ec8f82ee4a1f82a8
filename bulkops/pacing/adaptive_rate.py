"""The rate that a lane really runs at: the quota's, until throttles say that there is less."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf

from bulkops.pacing.bucket import capacity, steady_rate
from bulkops.pacing.granted_rate import Count, falling, granted
from bulkops.pacing.quotas import Quota

CUT = 0.7
"""What the first throttle leaves of the rate (the factor of CUBIC, RFC 9438)."""
CUT_SECONDS = 0.4
"""Throttles that come so soon after one are of calls that were on their way."""
PAUSE_SECONDS = 0.3
"""The least time without a call after a throttle, in which those on their way are answered."""
FLOOR = 0.05
"""The part of the quota below which the rate never falls, so that it can find its way back up."""
RESERVE, RESERVE_SECONDS = 0.3, 0.05
"""Calls, and seconds of calls, that the service's bucket is let gain after a throttle.

Requests are not equally long on their way: without a reserve every early one were refused.
"""
FIRST_SECONDS, FIRST_CALLS = 2.0, 2
"""Time from a first throttle to the first trial, at the least, and calls."""
AGE = 0.3
"""Time from one trial to the next, as a part of the time since the quota fell."""
TRIAL_SECONDS = 5.0
"""The least time from one trial to the next."""
LONGEST_SECONDS, LONGEST_MORE = 8.0, 16.0
"""The longest, where hardly anything of the quota is left, and what all of it would add to that."""
SLOW_CALLS = (6, 16)
"""Both in calls at the quota, for quotas so slow that this is longer."""
TRIAL_CALLS, TRIAL_CALLS_SECONDS = 6, 6.0
"""Calls between two trials at the least, unless they take longer than so many seconds."""
GROWTH, GROWTH_SECONDS = 2.0, 0.2
"""A trial's rate grows so much with an answer, at most once in so many seconds."""
SURPLUS, SURPLUS_UNSURE = 1.5, 0.5
"""Calls above what the believed rate grants that prove a higher one; more where it is unsure."""
KEEP = 1.05
"""What a trial that was refused makes of the rate, at the least: it had been granted, after all.

The little more finds out what a bucket of one call grants, whose counts are too low.
"""
TOO_SOON_SECONDS, TOO_SOON = 2.0, 1.5
"""A throttle so soon after a successful trial: the quota is not back, but there is more of it."""
KNOWN_SECONDS = 20.0
"""After so long at the quota without a throttle, the quota is as it is known."""
RELAPSE = 3.0
"""Seconds of an earlier fall that are forgotten for each second back at the quota."""
LATE_SECONDS = 0.5
"""How late a call may leave without loss for those after it, while the rate is lowered."""
PROBE_PER_SECOND = 0.01
"""Parts of the quota by which a probing lane rises above it in a second."""
STEP = 0.1
"""The least change of the rate of a probing lane, in parts of it."""
DUST = 1e-6


@dataclass(slots=True, kw_only=True)
class RateTrial:
    """Calls above the rate, one for each answer and ever closer, to see whether there is more."""

    pace: float
    grown: float
    spare: int = 1
    """Calls that may leave before their time."""

    def answered(self, now: float) -> None:
        """Take note of a call that went through."""
        self.spare += 1
        if now - self.grown >= GROWTH_SECONDS:
            self.pace, self.grown = self.pace * GROWTH, now


@dataclass(slots=True, kw_only=True)
class Hold:
    """What a lane keeps to after a throttle, which showed that the service's bucket was empty."""

    since: float
    rate: float
    due: float
    """When the next call may leave by the rate."""
    trial_at: float
    late: float = LATE_SECONDS
    last: float = -inf
    """When the last call left."""
    passed: int = 0
    trial: RateTrial | None = None
    back_at: float | None = None
    """When a trial showed that the quota is back."""
    before: float = 0.0
    """The rate before that."""

    def leaves(self, now: float) -> None:
        """Take note of a call that leaves now: by the rate, or as part of a trial."""
        if self.trial is None and now >= self.trial_at:
            self.trial = RateTrial(pace=self.rate * GROWTH, grown=now)
        if self.trial is not None and now < self.due - DUST:
            self.trial.spare -= 1
        else:
            self.due = max(self.due, now - self.late) + 1 / self.rate
        self.last = now

    def returns(self, now: float, rate: float, room: float) -> None:
        """Go back to the quota's rate, as a bucket of so much room that is empty now."""
        self.before, self.rate = self.rate, rate
        self.back_at, self.trial, self.trial_at = now, None, inf
        self.due, self.late = min(self.due, now + 1 / rate), (room - 1) / rate

    def is_over(self, now: float) -> bool:
        """Tell whether the quota has been back for so long that it is as it is known."""
        return self.back_at is not None and now - self.back_at > KNOWN_SECONDS

    def next_call(self, most: float) -> float:
        """Return when the next call may leave; never closer to the last than at the rate `most`."""
        if self.back_at is not None:
            return self.due
        if self.trial is None:
            sooner = max(self.trial_at, self.last + 1 / min(self.rate * GROWTH, most))
            return max(min(self.due, sooner), self.last + 1 / most)
        closest = self.last + 1 / min(self.trial.pace, most)
        return closest if self.trial.spare >= 1 else max(self.due, closest)


class Pace:
    """The rate of one lane, adapted to what the service lets through.

    A throttle means that the service's bucket was empty, so the calls that went through between
    two throttles, by the time between them, are the rate that it grants, whoever else uses the
    quota and whatever it was believed to be. The lane keeps to that rate, and tries now and then
    whether there is more: rarely when the quota has been low for long. A trial sends calls ever
    closer, until one is refused, which costs one throttle and makes the count more exact, or
    until more went through than the rate could have granted. Then the lane is back at the quota.

    With a `ceiling` above the quota it rises beyond it too, slowly, from the first success on.
    Times are seconds of any monotonic clock.
    """

    def __init__(self, quota: Quota, *, ceiling: float | None = None) -> None:
        self._full, self._room = steady_rate(quota), capacity(quota)
        self._ceiling = max(self._full, ceiling or 0.0)
        self._aim = self._full
        """The rate to be at when nothing is refused."""
        self._risen_at: float | None = None
        self._hold: Hold | None = None
        self._count = Count()
        self._streak: Count | None = None
        self._fell_at = 0.0

    def __repr__(self) -> str:
        return f"<Pace {self.rate:g}/s of {self._full:g}/s>"

    @property
    def rate(self) -> float:
        """Calls a second to send at now, trials left out."""
        return self._aim if self._hold is None else self._hold.rate

    @property
    def lowered(self) -> bool:
        """Tell whether the lane keeps to less than its quota."""
        return self._hold is not None and self._hold.back_at is None

    @property
    def most(self) -> float:
        """Calls a second to send at the most, trials and all: the quota, or more to probe."""
        return self._aim

    def wait(self, now: float) -> float:
        """Return the seconds until the next call may leave, if nothing is answered meanwhile."""
        return 0.0 if self._hold is None else max(self._hold.next_call(self._aim) - now, 0.0)

    def sent(self, now: float) -> None:
        """Take note of a call that leaves."""
        if self._hold is not None:
            self._hold.leaves(now)

    def throttled(self, now: float) -> None:
        """Take note of a refused call: the first in a while cuts the rate, others tell of it."""
        hold = self._hold
        if hold is None or hold.is_over(now):
            rate = self._aim * CUT
            self._count, self._streak, self._fell_at = Count(), Count(), now
        elif now - hold.since < CUT_SECONDS:
            return
        else:
            rate = self._learned(hold, now)
            # a probing lane: what it had risen to is not granted
            self._aim = max(self._full, min(self._aim, rate * TOO_SOON))
        self._begin_hold(max(rate, self._full * FLOOR), now)

    def _learned(self, hold: Hold, now: float) -> float:
        """Return the rate to keep to after one more throttle."""
        latest = Count(hold.passed, now - hold.since)
        known = Count() if hold.back_at is not None else self._count
        self._count = granted(known, latest, believed=hold.rate)
        if hold.back_at is not None:
            age = hold.back_at - self._fell_at - RELAPSE * (now - hold.back_at)
            self._fell_at = now - max(age, 0.0)
        if hold.trial is not None:
            self._streak = None
            return min(max(self._count.rate, hold.rate * KEEP), self._aim)
        if self._streak is None:
            self._streak = Count()
        else:
            self._streak = self._streak.plus(latest)
            self._count = falling(self._count, self._streak)
        soon = hold.back_at is not None and now - hold.back_at < TOO_SOON_SECONDS
        least = hold.before * TOO_SOON if soon else 0.0
        return min(max(self._count.rate, least), self._aim)

    def _begin_hold(self, rate: float, now: float) -> None:
        gain = (1 + RESERVE + RESERVE_SECONDS * rate) / rate
        self._hold = Hold(
            since=now,
            rate=rate,
            due=now + max(gain, PAUSE_SECONDS),
            trial_at=now + self._until_trial(rate, now),
        )

    def _until_trial(self, rate: float, now: float) -> float:
        if not self._count.seconds:
            return max(FIRST_SECONDS, FIRST_CALLS / rate)
        calls = min(TRIAL_CALLS / rate, TRIAL_CALLS_SECONDS)
        slow_least, slow_longest = (calls_at_quota / self._aim for calls_at_quota in SLOW_CALLS)
        longest = max(LONGEST_SECONDS + LONGEST_MORE * rate / self._aim, slow_longest)
        least = max(TRIAL_SECONDS, slow_least, calls)
        return min(max(AGE * (now - self._fell_at), least), longest)

    def succeeded(self, now: float) -> None:
        """Take note of a call that went through."""
        self._rise(now)
        hold = self._hold
        if hold is None:
            return
        hold.passed += 1
        if hold.trial is not None:
            hold.trial.answered(now)
            if self._is_back(hold, now):
                hold.returns(now, self._aim, self._room)
                self._streak = None

    def _is_back(self, hold: Hold, now: float) -> bool:
        """Tell whether more went through since the throttle than the rate could have granted."""
        if not self._count.seconds:
            return True  # nothing was counted yet that would speak against the quota
        since = now - hold.since
        unsure = min(since / self._count.seconds, 1.0)
        return hold.passed - hold.rate * since > SURPLUS + SURPLUS_UNSURE * unsure

    def _rise(self, now: float) -> None:
        """Let a lane that probes rise above its quota while nothing is refused."""
        if self._hold is not None and not self._hold.is_over(now):
            self._risen_at = None
            return
        if self._risen_at is None:
            self._risen_at = now
        risen = self._aim + PROBE_PER_SECOND * self._full * (now - self._risen_at)
        # small steps are saved up, except the last one: with each the lane swaps its bucket
        if self._ceiling > self._aim and risen >= min(self._aim * (1 + STEP), self._ceiling):
            self._aim, self._risen_at = min(risen, self._ceiling), now
            self._hold = None
