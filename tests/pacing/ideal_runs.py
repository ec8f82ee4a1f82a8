"""Ideal runs of small and large graphs of calls: the best of all, and one by turns."""

from __future__ import annotations

import heapq
from itertools import count

from bulkops.pacing.chains.call_graph import CallGraph
from bulkops.pacing.chains.least_course import PacedCalls
from bulkops.pacing.chains.sending_turns import turns
from bulkops.pacing.least_time import ROUND_TRIP
from bulkops.pacing.quotas import Quota

SENT_AFTER = 1 << 40
"""Of what happens at one moment, what becomes ready goes before what is sent."""


def paced(lanes, *calls):
    """Return calls, each (lane, places of those it needs), with lanes as (rate, burst)."""
    graph = CallGraph()
    for place, (lane, needs) in enumerate(calls):
        graph.add(lane, [place], needs)
    quotas = [Quota(rate=rate, burst=burst, source="test") for rate, burst in lanes]
    return PacedCalls(graph, [lane for lane, _ in calls], quotas)


class Buckets:
    """The tokens of each lane, as a service counts them."""

    def __init__(self, quotas):
        self.quotas = quotas
        self.tokens = [quota.burst for quota in quotas]
        self.at = [0.0] * len(quotas)

    def when(self, lane, ready):
        """Return when the next call may go that is ready then."""
        begin = max(ready, self.at[lane])
        quota = self.quotas[lane]
        held = min(quota.burst, self.tokens[lane] + (begin - self.at[lane]) * quota.rate)
        return begin + max(0.0, 1 - held) / quota.rate

    def take(self, lane, when):
        quota = self.quotas[lane]
        held = min(quota.burst, self.tokens[lane] + (when - self.at[lane]) * quota.rate)
        self.tokens[lane], self.at[lane] = max(0.0, held - 1), when


def best_of_all(calls):
    """Return the seconds of the best run, by trying every order."""
    graph, total = calls.graph, len(calls.graph)

    def go_on(done, buckets):
        if len(done) == total:
            return max(done.values()) + ROUND_TRIP
        found = []
        for place in range(total):
            if place in done or any(each not in done for each in graph.needed[place]):
                continue
            ready = max((done[each] + ROUND_TRIP for each in graph.needed[place]), default=0.0)
            after = Buckets(calls.quotas)
            after.tokens, after.at = [*buckets.tokens], [*buckets.at]
            when = after.when(calls.lane_of[place], ready)
            after.take(calls.lane_of[place], when)
            found.append(go_on({**done, place: when}, after))
        return min(found)

    return go_on({}, Buckets(calls.quotas))


def by_turns(calls, turn_of=None):
    """Return the seconds of a run in which each lane sends what is ready by its turn."""
    graph = calls.graph
    if turn_of is None:
        turn_of = dict(turns(calls))
    buckets, order = Buckets(calls.quotas), count()
    left = [len(graph.needed[place]) for place in range(len(graph))]
    ready = [[] for _ in calls.quotas]
    events = [(0.0, next(order), place) for place, number in enumerate(left) if not number]
    due = {}
    last = 0.0
    while events:
        now, _, what = heapq.heappop(events)
        if what >= 0:
            lane = calls.lane_of[what]
            heapq.heappush(ready[lane], (turn_of.get(what, 0), what))
        else:
            lane = -1 - what
            due.pop(lane)
            if buckets.when(lane, now) <= now + 1e-9:
                _, place = heapq.heappop(ready[lane])
                buckets.take(lane, now)
                last = max(last, now)
                for other in graph.waiting[place]:
                    left[other] -= 1
                    if not left[other]:
                        heapq.heappush(events, (now + ROUND_TRIP, next(order), other))
        if ready[lane] and lane not in due:
            due[lane] = buckets.when(lane, now)
            heapq.heappush(events, (due[lane], SENT_AFTER + next(order), -1 - lane))
    return last + ROUND_TRIP


def centre(rng, users=5000, rate=2):
    """Return the calls of a whole centre: 300 queues, 200 profiles of 20, 400 flows, and users."""
    queues, profiles, lists, flows, people = range(5)
    calls, made, drawn = [(queues, ())] * 300, [], []
    for _ in range(200):
        mine = rng.sample(range(300), 20)
        made.append(len(calls))
        calls += [(profiles, mine[:10]), (lists, [len(calls), *mine[10:]])]
    for _ in range(400):
        calls.append((flows, [rng.randrange(300), *rng.sample(drawn, min(2, len(drawn)))]))
        drawn.append(len(calls) - 1)
    calls += [(people, (rng.choice(made),)) for _ in range(users)]
    return paced([(rate, 5)] * 5, *calls)
