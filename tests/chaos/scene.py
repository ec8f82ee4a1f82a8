"""One run's life and deaths: a simulated instance, a ledger on disk, processes that crash."""

from __future__ import annotations

import asyncio
import random
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import anyio

from bulkops.aws.direct_calls import DirectCalls
from bulkops.aws.instance import resolve_target
from bulkops.definition.catalogue import load
from bulkops.engine.calls.conductor import Conductor
from bulkops.engine.calls.context import RunContext
from bulkops.engine.lanes import Lanes
from bulkops.engine.ports import World
from bulkops.engine.reads.instance_reader import Reader
from bulkops.engine.reads.inventory_reader import look_up
from bulkops.engine.run_limits import RunLimits
from bulkops.engine.signals import Control
from bulkops.ledger.interface import RunRecord
from bulkops.ledger.sqlite import SqliteLedger
from bulkops.pacing.adaptive_rate import Pace
from bulkops.pacing.quotas import published
from bulkops.planning.job_plan import job_plan
from bulkops.planning.sheet_check import check
from bulkops.runs.inputs import read_inputs
from bulkops.runs.secrets import CellSecrets
from bulkops.sim.core.seed import BEGUN
from bulkops.sim.core.simulation_config import SimConfig
from bulkops.sim.core.simulator import Simulator
from bulkops.sim.simulated_client import SimulatedClient
from bulkops.sim.virtual_clock import VirtualLoop
from bulkops.targets.request import SheetChoice
from tests.chaos.trials import Trial

DOWN_SECONDS = 30.0
"""How long nobody works on a run between a crash and its resume."""


class Crash(BaseException):
    """The process dies here: nothing after this line happens."""


class MortalLedger(SqliteLedger):
    """A ledger whose process dies at its nth write, just before or just after the commit."""

    writes_left = -1
    before_commit = False

    async def move(self, move):
        if self.writes_left == 0 and self.before_commit:
            raise Crash
        await super().move(move)
        if self.writes_left == 0:
            raise Crash
        self.writes_left -= 1


class MortalClient(SimulatedClient):
    """A client whose requests may arrive although the process that sent them is gone."""

    chance = staticmethod(lambda: 0.0)

    async def call(self, service, operation, params):
        with anyio.CancelScope(shield=self.chance() < 0.5):
            return await super().call(service, operation, params)
        return None


@dataclass
class Scene:
    """A run in a folder against a simulator that outlives its processes."""

    folder: Path
    config: SimConfig
    trial: Trial
    sheet: Path
    seed: int = 0
    limits: RunLimits = field(default_factory=RunLimits)
    deaths: int = 0
    keys: dict[str, str] = field(default_factory=dict)
    """The access key of a target's client, where it is not its name."""

    def __post_init__(self):
        self.simulator = Simulator(self.config)
        self.loaded = load(self.trial.job)
        self.order = read_inputs(self.trial.job, SheetChoice(path=self.sheet)).order
        self.random = random.Random(self.seed)
        self.past = 0.0

    def clock(self):
        return BEGUN + self.past + anyio.current_time()

    def in_a_process(self, work):
        """Run one process's life on a clock of its own; True unless it died."""
        loop = VirtualLoop()
        asyncio.set_event_loop(None)
        try:
            loop.run_until_complete(work())
        except BaseExceptionGroup as group:
            if not group.subgroup(Crash):
                raise
            self.deaths += 1
            return False
        except Crash:
            self.deaths += 1
            return False
        finally:
            self.past += loop.time() + DOWN_SECONDS
            loop.close()
        return True

    def plan(self):
        """Look up, plan, and store the plan, as `run` does before it asks."""

        async def work():
            clients = self._clients()
            self.targets = await self._resolved(clients)
            lanes, world = self._lanes(), self._world()
            identities = {name: target.identity for name, target in self.targets.items()}
            inventories = {
                name: await look_up(Reader(clients[name], self.targets[name], lanes, world), want)
                for name, want in check(self.order, identities).wants.items()
            }
            planner = job_plan(self.order, self.targets, inventories)
            ledger = SqliteLedger.create(self.folder, self._record())
            await ledger.load(planner.entries())
            await ledger.close()
            assert not planner.problems

        assert self.in_a_process(work)

    def live(self, *, writes=-1, before_commit=False):
        """Carry the run on until it is done, or until the process dies at its nth write."""

        async def work():
            ledger = MortalLedger.open(self.folder)
            ledger.writes_left, ledger.before_commit = writes, before_commit
            self.control = Control()
            try:
                await Conductor(self._context(ledger), self.control, self.limits).conduct()
            finally:
                await ledger.close()

        return self.in_a_process(work)

    def rows(self):
        """Return the results that the ledger gives in the end."""
        found = []

        async def work():
            ledger = SqliteLedger.open(self.folder)
            found.extend([row async for row in ledger.results()])
            await ledger.close()

        self.in_a_process(work)
        return found

    def _context(self, ledger):
        return RunContext(
            job=self.loaded.job,
            ledger=ledger,
            targets=self.targets,
            clients=self._clients(),
            lanes=self._lanes(),
            world=self._world(),
            secrets=CellSecrets(self.order),
            tell=_deaf,
            token="run",
        )

    def _clients(self):
        """Return a client for each instance, by the name of its target; signed by that name."""
        several = "target" in self.order.table.headers
        clients = {}
        for one in self.config.instances:
            name = one.alias if several else ""
            client = MortalClient(
                self.simulator,
                clock=self.clock,
                account=one.account,
                region=one.region,
                access_key=self.keys.get(name, name),
            )
            client.chance = self.random.random
            clients[name] = client
        return clients

    async def _resolved(self, clients):
        found = {}
        for one, (name, client) in zip(self.config.instances, clients.items(), strict=True):
            direct = DirectCalls(client, self.random.random)
            found[name] = (await resolve_target(direct, one.alias, name=name)).target
        return found

    def _lanes(self):
        def chosen(lane):
            quota = published(lane.service, lane.operation)
            return quota, Pace(quota)

        return Lanes(chosen, tell=_deaf)

    def _world(self):
        return World(
            now=lambda: datetime.fromtimestamp(self.clock(), UTC), chance=self.random.random
        )

    def _record(self):
        return RunRecord(
            id="run",
            job=self.trial.job,
            job_sha256=self.loaded.sha256,
            sheet=str(self.sheet),
            sheet_sha256=self.order.table.sha256,
            headers=tuple(self.order.table.headers),
            version="test",
            created_at="2026-01-01T00:00:00Z",
        )


def _deaf(_event, /, **_facts):
    return None
