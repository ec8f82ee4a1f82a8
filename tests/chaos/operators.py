"""Two operators who make the same users at the same time, with answers that are lost."""

from __future__ import annotations

import math
import random

import anyio

from bulkops.ledger.sqlite import SqliteLedger
from bulkops.ledger.states import RowStatus
from bulkops.sim.core.fault_injection import Faults, Latency
from bulkops.sim.core.seed import new_world
from bulkops.sim.core.simulation_config import SimConfig
from bulkops.sim.core.simulator import Simulator
from tests.chaos.histories import MOST_LIVES, life, mishaps
from tests.chaos.mortals import Crash
from tests.chaos.scene import DOWN_SECONDS, Scene
from tests.chaos.trials import TRIALS

NAMES = ("ada", "bea")
MADE = {RowStatus.SUCCEEDED, RowStatus.UNKNOWN}
"""How a row may end whose operator made the user."""
NOT_MADE = {RowStatus.FAILED, RowStatus.UNKNOWN}
"""How it may end where the other one did, or nobody."""


def two_operators(folder, seed, *, call_tags=True):
    """Live one history of both; return their scenes."""
    chance = random.Random(seed)
    lag = chance.choice((0.0, 1.5, 8.0))
    config = SimConfig(lag=lag, search_lag=lag + chance.choice((0.0, 60.0)))
    simulator = Simulator(config)
    sheet = folder / "sheet.csv"
    sheet.write_text(TRIALS[0].sheet(chance, new_world(config)), encoding="utf-8")
    scenes = [
        Scene(
            folder=folder / name,
            config=config,
            trial=TRIALS[0],
            sheet=sheet,
            seed=seed,
            simulator=simulator,
            name=name,
            keys={"": name},
            call_tags=call_tags,
        )
        for name in NAMES
    ]
    wrong = mishaps(chance, "CreateUser")
    faults = Faults(seed=seed, latency=Latency(fixed=0.03, spread=0.4), mishaps=wrong)
    deaths = [chance.randint(0, 2) for _ in scenes]

    async def both():
        for scene in scenes:
            await scene.planned()
        simulator.set_faults(faults)
        async with anyio.create_task_group() as tasks:
            for scene, mortal in zip(scenes, deaths, strict=True):
                lives = random.Random(chance.random())
                tasks.start_soon(_lived, scene, lives, mortal)

    scenes[0].in_a_process(both)
    simulator.land(math.inf)
    return scenes


async def _lived(scene, chance, mortal):
    """Live one operator's lives to the end; a death is no concern of the other one's."""
    for number in range(MOST_LIVES):
        try:
            await scene.lived(life(chance, mortal=number < mortal, sleeps=False))
        except BaseExceptionGroup as group:
            if not group.subgroup(Crash):
                raise
            scene.deaths += 1
        if await _is_over(scene):
            return
        await anyio.sleep(DOWN_SECONDS)


async def _is_over(scene):
    ledger = SqliteLedger.open(scene.folder)
    left = await ledger.doubtful(), (await ledger.counts()).get(RowStatus.PENDING)
    await ledger.close()
    return not any(left)


def wrong_claims(scenes):
    """Return every row that claims what its operator did not make, or denies what it made."""
    entries = scenes[0].simulator.request_log.entries
    made = {each.key: each.access_key for each in entries if each.effect}
    return [
        f"{scene.name}'s {row.key} is {row.status}, and {made.get(row.key, 'nobody')} made it"
        for scene in scenes
        for row in scene.rows()
        if row.status not in (MADE if made.get(row.key) == scene.name else NOT_MADE)
    ]
