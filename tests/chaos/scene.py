"""One run's lives and deaths: a simulated instance, a ledger on disk, processes that crash."""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
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
from bulkops.engine.signals import Control, Stop
from bulkops.ledger.records import RunRecord
from bulkops.ledger.sqlite import SqliteLedger
from bulkops.ledger.states import RowStatus
from bulkops.pacing.adaptive_rate import Pace
from bulkops.pacing.quotas import Quota, published
from bulkops.pacing.read_retries import is_read
from bulkops.planning.job_plan import job_plan
from bulkops.planning.sheet_check import check
from bulkops.runs.inputs.sheet_inputs import read_sheet
from bulkops.runs.secrets import CellSecrets
from bulkops.sim.core.seed import BEGUN
from bulkops.sim.core.simulation_config import SimConfig
from bulkops.sim.core.simulator import Simulator
from bulkops.targets.request import SheetChoice
from tests.chaos.mortals import Crash, MortalClient, MortalLedger, MortalLoop, slowly
from tests.chaos.trials import Trial

DOWN_SECONDS = 30.0
"""How long nobody works on a run between a crash and its resume."""
loaded = cache(load)


@dataclass(frozen=True, kw_only=True)
class Life:
    """What befalls one process: when it dies, is told to stop, sleeps, or its clock is set."""

    writes: int = -1
    """Recorded moves until it dies; -1: it doesn't."""
    before_commit: bool = False
    stops: tuple[float, ...] = ()
    """When a person presses Ctrl-C."""
    sleep: tuple[float, float] | None = None
    """When the machine sleeps, and for how long."""
    steady_clock_sleeps: bool = False
    """Whether the clock that timers go by stands still in that time, as on some systems."""
    wall_jump: float = 0.0
    """Seconds by which the wall clock is set, while the machine sleeps or soon after the start."""
    disk: float = 0.0
    """Seconds that it waits for its disk at each commit, in which the rest of it goes on."""
    renewals: int = 0
    """How often expired credentials are renewed without a new sign-in."""


@dataclass
class Scene:
    """A run in a folder against a simulator that outlives its processes."""

    folder: Path
    config: SimConfig
    trial: Trial
    sheet: Path
    seed: int = 0
    limits: RunLimits = field(default_factory=RunLimits)
    simulator: Simulator | None = None
    """One that others work on too; else one is made."""
    name: str = "run"
    call_tags: bool = True
    """Whether what the run makes is tagged with the call that made it."""
    deaths: int = 0
    quota: Quota | None = None
    """What lanes of writes keep to, where that is not what is published."""
    new_loop: Callable[[], MortalLoop] = MortalLoop
    keys: dict[str, str] = field(default_factory=dict)
    """The access key of a target's client, where it is not its name."""

    def __post_init__(self):
        self.simulator = self.simulator or Simulator(self.config)
        self.loaded = loaded(self.trial.job)
        inputs = read_sheet(self.loaded, SheetChoice(path=self.sheet), self.trial.on_exists)
        self.order = inputs.order
        self.random = random.Random(self.seed)
        self.past = 0.0
        self.asleep = 0.0
        self.skew = 0.0
        self.events = []
        self.control = None

    def clock(self):
        """Return the true time, as the simulator keeps it."""
        return BEGUN + self.past + anyio.current_time() + self.asleep

    def in_a_process(self, work):
        """Run one process's life on a clock of its own; True unless it died."""
        loop = self.new_loop()
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

    async def planned(self):
        """Look up, plan, and store the plan, as `run` does before it asks."""
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
        assert not planner.problems, planner.problems

    def plan(self):
        """Plan in a process of its own."""
        assert self.in_a_process(self.planned)

    async def lived(self, life):
        """Carry the run on until it is done, or until the process dies."""
        ledger = MortalLedger.open(self.folder)
        ledger.writes_left, ledger.before_commit = life.writes, life.before_commit
        self.control = Control()
        try:
            async with anyio.create_task_group() as troubles:
                troubles.start_soon(self._trouble, life)
                context = self._context(ledger, life)
                await Conductor(context, self.control, self.limits).conduct()
                troubles.cancel_scope.cancel()
        finally:
            await ledger.close()

    def live(self, life=None, **told):
        """Live one life in a process of its own; True unless it died."""
        life = life or Life(**told)
        return self.in_a_process(lambda: self.lived(life))

    async def _trouble(self, life):
        """Let the machine sleep, its clock be set, and a person press Ctrl-C."""
        if life.sleep is not None:
            at, seconds = life.sleep
            await anyio.sleep(at)
            self.skew += life.wall_jump
            if life.steady_clock_sleeps:
                self.asleep += seconds
            else:
                asyncio.get_running_loop().sleep_through(seconds)
        for at in life.stops:
            await anyio.sleep(at)
            self.control.interrupt(Stop.INTERRUPTED)

    def rows(self):
        """Return the results that the ledger gives in the end."""
        return self._read(lambda ledger: _listed(ledger.results()))

    def counts(self):
        """Return how many rows have each status, as the ledger counts them."""
        return self._read(lambda ledger: ledger.counts())

    def is_over(self):
        """Tell whether nothing is left to do: what a resume would go on with."""

        async def over(ledger):
            if await ledger.doubtful():
                return False
            return all([is_blocked(row) async for row in ledger.results({RowStatus.PENDING})])

        return self._read(over)

    def _read(self, read):
        async def work():
            ledger = SqliteLedger.open(self.folder)
            found.append(await read(ledger))
            await ledger.close()

        found = []
        self.in_a_process(work)
        return found[0]

    def _context(self, ledger, life):
        return RunContext(
            job=self.loaded.job,
            ledger=ledger,
            targets=self.targets,
            clients=self._clients(life.renewals),
            lanes=self._lanes(),
            world=self._world(life.disk),
            secrets=CellSecrets(self.order),
            tell=self._tell,
            token=self.name,
            call_tags=self.call_tags,
        )

    def _tell(self, event, /, **facts):
        self.events.append((event, facts))

    def _clients(self, renewals=0):
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
            client.renewals = renewals
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
            if self.quota and not is_read(lane.operation):
                quota = self.quota
            return quota, Pace(quota)

        return Lanes(chosen, tell=self._tell)

    def _world(self, disk=0.0):
        return World(
            now=lambda: datetime.fromtimestamp(self.clock() + self.skew, UTC),
            chance=self.random.random,
            aside=slowly(disk),
        )

    def _record(self):
        return RunRecord(
            id=self.name,
            job=self.trial.job,
            job_sha256=self.loaded.sha256,
            sheet=str(self.sheet),
            sheet_sha256=self.order.table.sha256,
            headers=tuple(self.order.table.headers),
            version="test",
            created_at="2026-01-01T00:00:00Z",
        )

    def throttles(self):
        """Return how many requests the simulator's own buckets refused, by operation."""
        entries = self.simulator.request_log.entries
        return Counter(each.operation for each in entries if each.throttled and not each.mishap)


def is_blocked(row):
    """Tell whether a row waits for one that has ended without what it needs."""
    return row.error.startswith("waits for") and "not done yet" not in row.error


async def _listed(found):
    return [each async for each in found]
