"""An API test's world: the virtual clock, a kept simulation, and someone who answers."""

from __future__ import annotations

import random
from datetime import UTC, datetime
from pathlib import Path

import anyio

from bulkops.engine.ports import World
from bulkops.engine.run_limits import RunLimits
from bulkops.runs.resume import resume
from bulkops.runs.run import run
from bulkops.sim.core.seed import BEGUN
from bulkops.targets.request import Anew, ConductChoice, Request, SheetChoice, TargetChoice

SAMPLES = Path(__file__).parents[1] / "samples"


class Answers:
    """Says yes or no to plans and canaries, and remembers what it was shown."""

    def __init__(self, *, plan=True, canary=True):
        self.yes_to_plan, self.yes_to_canary = plan, canary
        self.plans, self.canaries = [], []

    def plan(self, summary, _targets):
        self.plans.append(summary)
        return self.yes_to_plan

    def canary(self, said):
        self.canaries.append(said)
        return self.yes_to_canary


class Office:
    """Runs jobs on sheets of a folder, on a simulated instance that the folder keeps."""

    def __init__(self, folder):
        self.folder = folder
        self.runs_dir = folder / "runs"
        self.events = []
        self.answers = Answers()
        chance = random.Random(1)
        self.world = World(
            now=lambda: datetime.fromtimestamp(BEGUN + anyio.current_time(), UTC),
            chance=chance.random,
        )

    def listen(self, event, /, **facts):
        self.events.append((event, facts))

    def sheet(self, text, name="sheet.csv"):
        path = self.folder / name
        path.write_text(text, encoding="utf-8")
        return path

    def request(self, job, path, **more):
        return Request(
            job=job,
            sheet=SheetChoice(path=path, **more.pop("sheet", {})),
            target=TargetChoice(simulate=self.runs_dir / "simulated"),
            runs_dir=self.runs_dir,
            **more,
        )

    async def run(self, job, path, *, limits=None, confirm=None, name="", call_tags=True, **more):
        return await run(
            self.request(job, path, **more),
            ConductChoice(
                limits=limits or RunLimits(),
                confirm_instance=confirm,
                name=name,
                call_tags=call_tags,
            ),
            asker=self.answers,
            listener=self.listen,
            world=self.world,
        )

    async def resume(self, name=None, *, limits=None, **more):
        return await resume(
            name,
            Anew(runs_dir=self.runs_dir),
            ConductChoice(limits=limits or RunLimits(), **more),
            asker=self.answers,
            listener=self.listen,
            world=self.world,
        )
