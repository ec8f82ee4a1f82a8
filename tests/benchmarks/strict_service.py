"""A service in this process that grants exactly its quota, and takes a network's time to answer."""

from __future__ import annotations

import random
import time

import anyio

from bulkops.pacing.quotas import Quota
from bulkops.pacing.replies import Fault, FaultClass, Reply

LATENCY, SPREAD = 0.08, 0.06
"""Seconds that an answer takes, and by how much more: half of them before the request arrives."""
THROTTLED = Fault(
    fault_class=FaultClass.THROTTLED, code="ThrottlingException", message="No.", http_status=429
)


def quota(rate, burst):
    return Quota(rate=rate, burst=burst, source="a benchmark")


class StrictService:
    """Answers every call that a token bucket has a token for, and refuses the others."""

    def __init__(self, rate, burst, seed=1):
        self.rate, self.burst = rate, burst
        self.random = random.Random(seed)
        self.tokens, self.counted_at = burst, None
        self.granted_at = []
        self.throttles = 0

    async def call(self, _service, _operation, _params):
        await anyio.sleep(LATENCY / 2 + self.random.random() * SPREAD)
        granted = self._take(time.monotonic())
        await anyio.sleep(LATENCY / 2)
        return Reply(data={}) if granted else THROTTLED

    def _take(self, now):
        gained = 0 if self.counted_at is None else (now - self.counted_at) * self.rate
        self.tokens, self.counted_at = min(self.burst, self.tokens + gained), now
        if self.tokens < 1:
            self.throttles += 1
            return False
        self.tokens -= 1
        self.granted_at.append(now)
        return True
