"""One run on the virtual clock against a strict simulator, timed by the simulator itself."""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

import anyio

from bulkops.aws.direct_calls import DirectCalls
from bulkops.aws.instance import resolve_target
from bulkops.engine.calls.conductor import Conductor
from bulkops.engine.calls.context import RunContext
from bulkops.engine.lanes import Lanes
from bulkops.engine.ports import World
from bulkops.engine.reads.instance_reader import Reader
from bulkops.engine.reads.inventory_reader import look_up
from bulkops.engine.run_limits import RunLimits
from bulkops.engine.signals import Control
from bulkops.ledger.aside import Aside, at_once
from bulkops.ledger.records import RunRecord
from bulkops.ledger.sqlite import SqliteLedger
from bulkops.pacing.adaptive_rate import Pace
from bulkops.pacing.quotas import Quota, published
from bulkops.planning.job_plan import job_plan
from bulkops.planning.sheet_check import check
from bulkops.runs.inputs.job_inputs import read_inputs
from bulkops.sim.core.simulation_config import SimConfig
from bulkops.sim.core.simulator import Simulator
from bulkops.sim.simulated_client import SimulatedClient, virtual_clock
from bulkops.sim.virtual_clock import VirtualLoop
from bulkops.targets.request import SheetChoice


class WarmClient(SimulatedClient):
    """A client that remembers what it was asked to open connections for, and when."""

    def __init__(self, *args, **named):
        super().__init__(*args, **named)
        self.warmed = []

    async def warm(self, service, connections):
        self.warmed.append((service, connections, len(self.simulator.request_log.entries)))
        await anyio.sleep(60.0)  # a network that is slow to connect holds nothing up for long
        return connections


WRITES = ("Create", "Update", "Associate", "Put")


@dataclass
class Race:
    """Runs of jobs, one after another or at once, against one simulator."""

    folder: Path
    config: SimConfig
    ceiling: float = 0.0
    """How many times the quota the lanes may probe; 0: never above it."""
    seed: int = 1
    door: type[SimulatedClient] = SimulatedClient
    call_tags: bool = True
    known: Quota | None = None
    """What lanes keep to, where that is not what is published."""
    homes: Mapping[str, str] = field(default_factory=dict)
    """What the targets have beside their instance."""
    aside: Aside = at_once
    """How the runs wait for their disk."""
    told: list[tuple[str, dict]] = field(default_factory=list)
    clients: list[SimulatedClient] = field(default_factory=list)

    def __post_init__(self):
        self.simulator = Simulator(self.config)
        self.random = random.Random(self.seed)
        self.world = World(
            now=lambda: datetime.fromtimestamp(virtual_clock(), UTC),
            chance=self.random.random,
            aside=self.aside,
        )

    def run(self, job, *sheets):
        """Carry a job out on one or more sheets, all at once, each a process of its own."""

        async def work():
            async with anyio.create_task_group() as runs:
                for number, sheet in enumerate(sheets):
                    runs.start_soon(self._whole_run, job, sheet, self.folder / f"run{number}")

        with asyncio.Runner(loop_factory=VirtualLoop) as runner:
            runner.run(work())

    async def _whole_run(self, job, text, folder):
        sheet = folder.with_suffix(".csv")
        sheet.write_text(text, encoding="utf-8")
        inputs = read_inputs(job, SheetChoice(path=sheet))
        clients, targets = await self._targets("target" in text.splitlines()[0].split(","))
        lanes = Lanes(self._chosen, tell=self._tell)
        wants = check(inputs.order, {name: each.identity for name, each in targets.items()}).wants
        inventories = {
            name: await look_up(Reader(clients[name], targets[name], lanes, self.world), want)
            for name, want in wants.items()
        }
        planner = job_plan(inputs.order, targets, inventories)
        ledger = SqliteLedger.create(folder, _record(inputs))
        await ledger.load(planner.entries())
        assert not planner.problems
        context = RunContext(
            job=inputs.loaded.job, ledger=ledger, targets=targets, clients=clients, lanes=lanes,
            world=self.world, secrets=lambda _row, _column: "Secret-1-Word", tell=self._tell,
            token=folder.name, call_tags=self.call_tags,
        )  # fmt: skip
        await Conductor(context, Control(), RunLimits()).conduct()
        self.counts = await ledger.counts()
        await ledger.close()

    async def _targets(self, several):
        clients, targets = {}, {}
        for one in self.config.instances:
            name = one.alias if several else ""
            client = self.door(self.simulator, account=one.account, region=one.region)
            clients[name] = client
            direct = DirectCalls(client, self.world.chance)
            self.clients.append(client)
            found = (await resolve_target(direct, one.alias, name=name)).target
            targets[name] = replace(found, homes=self.homes)
        return clients, targets

    def _chosen(self, lane):
        quota = self.known or published(lane.service, lane.operation)
        return quota, Pace(quota, ceiling=quota.rate * self.ceiling)

    def _tell(self, event, /, **facts):
        self.told.append((event, facts))

    def writes(self):
        """Return the simulator's entries of the operations that change something."""
        return [
            each for each in self.simulator.request_log.entries if each.operation.startswith(WRITES)
        ]

    @property
    def seconds(self):
        """Virtual seconds from the first write's arrival to the last one's."""
        times = [entry.at for entry in self.writes()]
        return times[-1] - times[0]

    @property
    def calls(self):
        """Accepted writes by operation."""
        return Counter(entry.operation for entry in self.writes() if not entry.throttled)

    @property
    def throttles(self):
        """How many writes were refused for their rate."""
        return sum(entry.throttled for entry in self.writes())


def _record(inputs):
    return RunRecord(
        id="run", job=inputs.loaded.job.name, job_sha256=inputs.loaded.sha256, sheet="sheet.csv",
        sheet_sha256=inputs.table.sha256, headers=tuple(inputs.table.headers), version="test",
        created_at="2026-01-01T00:00:00Z",
    )  # fmt: skip
