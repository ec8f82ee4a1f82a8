"""What dies, and what a death leaves: a ledger, a client, and the clocks of a machine."""

from __future__ import annotations

from contextlib import contextmanager

import anyio

from bulkops.ledger.aside import at_once
from bulkops.ledger.sqlite import SqliteLedger
from bulkops.sim.simulated_client import SimulatedClient
from bulkops.sim.virtual_clock import VirtualLoop

TURNS = 400_000
"""Turns of the loop after which a life counts as one that does not end."""
HOURS = 8 * 3600.0
"""Virtual seconds after which it does."""
DISK_SECONDS = (0.0, 0.0, 0.005, 0.3)
"""How long a process may wait for its disk: not at all, or while the others go on."""
EXPIRED = "ExpiredTokenException"


class Crash(BaseException):
    """The process dies here: nothing after this line happens."""


class EndlessError(AssertionError):
    """A life that goes on and on."""


class MortalLoop(VirtualLoop):
    """A virtual clock that notices a life without end."""

    def __init__(self, *, most_turns=TURNS, most_seconds=HOURS):
        self.turns = 0
        self.most_turns = most_turns
        self.bound = most_seconds
        super().__init__()

    def _pass_time(self, seconds):
        super()._pass_time(seconds)
        self.turns += 1
        if self.turns > self.most_turns or self.time() > self.bound:
            raise EndlessError(f"{self.turns} turns, {self.time():.0f} s")

    def sleep_through(self, seconds):
        self.bound += seconds
        super().sleep_through(seconds)


def slowly(seconds):
    """Return a way to wait for a disk that takes so long, in which the others go on."""

    async def wait(work):
        if seconds:
            await anyio.sleep(seconds)
        work()

    return wait


class MortalLedger(SqliteLedger):
    """A ledger whose process dies at its nth write, just before or just after the commit.

    A death takes all of a commit with it, and whoever waits for the next one.
    """

    writes_left = -1
    before_commit = False
    dead = False

    async def record(self, moves, *, aside=at_once):
        with self._dying(len(moves)):
            return await super().record(moves, aside=aside)

    async def split(self, split):
        with self._dying(1):
            await super().split(split)

    async def divide(self, division):
        with self._dying(1):
            return await super().divide(division)

    @contextmanager
    def _dying(self, writes):
        dies = 0 <= self.writes_left < writes
        self.dead = self.dead or (dies and self.before_commit)
        self._if_alive()
        yield
        self.dead = self.dead or dies
        self._if_alive()
        self.writes_left -= writes

    def _if_alive(self):
        if self.dead:
            raise Crash


class MortalClient(SimulatedClient):
    """A client whose requests may arrive although the process that sent them is gone.

    It has as many more keys as `renewals` says, and takes the next where one has expired, as the
    SDK takes new credentials.
    """

    chance = staticmethod(lambda: 0.0)
    renewals = 0

    async def call(self, service, operation, params):
        while True:
            used = self.access_key
            outcome = await self._delivered(service, operation, params)
            if getattr(outcome, "code", "") != EXPIRED:
                return outcome
            if self.access_key == used:  # else another call has renewed it meanwhile
                if not self.renewals:
                    return outcome
                self.renewals -= 1
                self.access_key += "+"

    async def _delivered(self, service, operation, params):
        with anyio.CancelScope(shield=self.chance() < 0.5):
            return await super().call(service, operation, params)
        return None
