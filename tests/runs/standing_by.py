"""What tests of undo and retry share: the simulated instance's state, and hands that change it."""

from __future__ import annotations

import csv
import re
from contextlib import contextmanager

from bulkops.engine.run_limits import RunLimits
from bulkops.pacing.replies import Reply
from bulkops.runs.retry import retry
from bulkops.runs.undo import undo
from bulkops.sim.core.request_log import state
from bulkops.sim.core.simulation_config import SimConfig
from bulkops.sim.kept_simulation import open_simulation
from bulkops.targets.request import Anew, ConductChoice, SheetChoice


@contextmanager
def instance(office):
    """Open the simulated instance between runs."""
    now = office.world.now
    folder = office.runs_dir / "simulated"
    with open_simulation(folder, now=lambda: now().timestamp(), config=SimConfig()) as client:
        yield client


def state_of(office, *, ids=True):
    """Return the instance's whole state but for the times of change and which calls made it."""
    with instance(office) as client:
        text = state(client.simulator.world, ids=ids, times=False)
    return re.sub(r'"bulkops:call": "[^"]*"', '"bulkops:call": "some call"', text)


class Hands:
    """Somebody else at work on the same instance, by names."""

    def __init__(self, client):
        self.client = client
        self.instance = next(iter(client.simulator.world.instances.values()))

    def id(self, kind, name):
        return self.instance.tables[kind].named(name)["Id"]

    async def do(self, operation, **params):
        reply = await self.client.call(
            "connect", operation, {"InstanceId": self.instance.id, **params}
        )
        assert isinstance(reply, Reply), reply

    async def move(self, username, profile):
        await self.do(
            "UpdateUserRoutingProfile",
            UserId=self.id("user", username),
            RoutingProfileId=self.id("routing-profile", profile),
        )

    async def delete(self, username):
        await self.do("DeleteUser", UserId=self.id("user", username))


@contextmanager
def hands(office):
    with instance(office) as client:
        yield Hands(client)


async def take_back(office, name=None, *, limits=None, **more):
    """Undo a run."""
    return await undo(
        name,
        Anew(runs_dir=office.runs_dir),
        ConductChoice(limits=limits or RunLimits(), **more),
        asker=office.answers,
        listener=office.listen,
        world=office.world,
    )


async def try_again(office, name=None, *, sheet=None, only=(), limits=None, **more):
    """Retry a run."""
    return await retry(
        name,
        Anew(runs_dir=office.runs_dir),
        ConductChoice(limits=limits or RunLimits(), **more),
        sheet=None if sheet is None else SheetChoice(path=sheet),
        only=only,
        asker=office.answers,
        listener=office.listen,
        world=office.world,
    )


def results(ending):
    """Return the rows of a run's results.csv."""
    with (ending.folder / "results.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def column(ending, name):
    """Return one column of a run's results, from top to bottom."""
    return [row[f"bulkops_{name}"] for row in results(ending)]
