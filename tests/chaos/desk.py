"""A person's commands on one folder of runs, each a process that may be killed at any write."""

from __future__ import annotations

import asyncio
import os
import random
import shutil
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from unittest.mock import patch

import anyio

from bulkops.engine.ports import World
from bulkops.ledger.database import Database
from bulkops.runs.inputs.sheet_inputs import read_sheet
from bulkops.runs.resume import resume
from bulkops.runs.retry import retry
from bulkops.runs.run import run
from bulkops.runs.undo import undo
from bulkops.sim.core.seed import BEGUN
from bulkops.sim.core.simulation_config import SimConfig
from bulkops.sim.core.simulator import Simulator
from bulkops.targets.request import Anew, ConductChoice, PaceChoice, Request, SheetChoice
from tests.chaos.mortals import DISK_SECONDS, Crash, MortalClient, MortalLoop, slowly
from tests.chaos.scene import DOWN_SECONDS, loaded
from tests.chaos.trials import Trial

ALIAS = "bulkops-demo"


class Yes:
    """Agrees to whatever is asked."""

    def plan(self, _summary, _targets):
        return True

    def canary(self, _said):
        return True


class Death:
    """Kills a process at its nth write: what the disk holds then is kept, and nothing later."""

    def __init__(self, place, writes, *, before):
        self._place = place
        self._left = writes
        self._before = before
        self._copying = False
        self.dead = False

    @property
    def left_behind(self):
        return self._place.with_name("at-the-death")

    @contextmanager
    def write(self):
        """Count what the block writes, and die before or after it."""
        if self._copying:
            yield
            return
        if self.dead or (self._left == 0 and self._before):
            self._die()
        yield
        if self._left == 0:
            self._die()
        self._left -= 1

    def _die(self):
        if not self.dead:
            self._copying = True
            shutil.copytree(self._place, self.left_behind, symlinks=True)
            self._copying, self.dead = False, True
        raise Crash

    @contextmanager
    def lurking(self):
        """Count every commit and every renaming in the block."""
        writing, execute = Database.writing, Database.execute

        @contextmanager
        def counted(database, *, flush=True):
            with self.write(), writing(database, flush=flush):
                yield

        def alone(database, name, values=None):
            if name != "put_note" or database._connection.in_transaction:
                return execute(database, name, values)
            with self.write():
                return execute(database, name, values)

        def renaming(name):
            done = getattr(os, name)

            def renamed(*args, **named):
                with self.write():
                    return done(*args, **named)

            return patch.object(os, name, renamed)

        with (
            patch.object(Database, "writing", counted),
            patch.object(Database, "execute", alone),
            renaming("rename"),
            renaming("replace"),
        ):
            yield


@dataclass
class Desk:
    """Commands, one after another, against one simulator."""

    folder: Path
    config: SimConfig
    trial: Trial
    sheet: Path
    seed: int
    deaths: int = 0
    key: str = "key"
    events: list = field(default_factory=list)
    outcome: object = None
    """How the last command ended."""

    def __post_init__(self):
        self.simulator = Simulator(self.config)
        self.random = random.Random(self.seed)
        self.past = 0.0
        self.runs_dir = self.folder / "runs"
        self.runs_dir.mkdir()
        inputs = read_sheet(
            loaded(self.trial.job), SheetChoice(path=self.sheet), self.trial.on_exists
        )
        self.order = inputs.order

    def clock(self):
        return BEGUN + self.past + anyio.current_time()

    def run(self, kill=-1):
        """Plan the sheet and carry it out; True unless it was killed."""
        request = Request(
            job=self.trial.job,
            sheet=SheetChoice(path=self.sheet),
            pace=PaceChoice(tps=("2",), burst=5.0),
            on_exists=self.trial.on_exists,
            runs_dir=self.runs_dir,
        )
        return self._command(kill, lambda **world: run(request, self._conduct(), **world))

    def resume(self, kill=-1, name=None):
        return self._command(
            kill, lambda **world: resume(name, self._anew(), self._conduct(), **world)
        )

    def retry(self, kill=-1, name=None):
        return self._command(
            kill,
            lambda **world: retry(
                name, self._anew(), self._conduct(), sheet=None, only=(), **world
            ),
        )

    def undo(self, kill=-1, name=None):
        return self._command(
            kill, lambda **world: undo(name, self._anew(), self._conduct(), **world)
        )

    def _anew(self):
        return Anew(runs_dir=self.runs_dir)

    def _conduct(self):
        return ConductChoice(confirm_instance=ALIAS)

    def _command(self, kill, command):
        death = Death(self.runs_dir, kill, before=self.random.random() < 0.5)
        with patch("bulkops.targets.connect.open_door", self._door), death.lurking():
            self.outcome = None
            lived = self._in_a_process(command)
        if death.dead:
            shutil.rmtree(self.runs_dir)
            death.left_behind.rename(self.runs_dir)
        return lived

    def _in_a_process(self, command):
        loop = MortalLoop()
        asyncio.set_event_loop(None)
        world = World(
            now=lambda: datetime.fromtimestamp(self.clock(), UTC),
            chance=self.random.random,
            aside=slowly(self.random.choice(DISK_SECONDS)),
        )
        try:
            self.outcome = loop.run_until_complete(
                command(asker=Yes(), listener=self._listen, world=world)
            )
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
            loop.run_until_complete(loop.shutdown_asyncgens())
            loop.close()
        return True

    @asynccontextmanager
    async def _door(self, _wanted, _choice, _world, **_jobs):
        client = MortalClient(self.simulator, clock=self.clock, access_key=self.key)
        client.chance = self.random.random
        yield client

    def _listen(self, event, /, **facts):
        self.events.append((event, facts))
