"""Histories drawn from a seed: a job, a sheet, what goes wrong, and when the process dies."""

from __future__ import annotations

import math
import random
from dataclasses import replace
from pathlib import Path

from bulkops.sim.core.fault_injection import Faults, Latency, Mishap
from bulkops.sim.core.seed import new_world
from bulkops.sim.core.simulation_config import InstanceConfig, SimConfig
from bulkops.sim.state.throttle import Allowance
from tests.chaos.mortals import DISK_SECONDS, EXPIRED
from tests.chaos.scene import Life, Scene
from tests.chaos.trials import TRIALS

MOST_LIVES = 40
"""Resumes after which a run counts as one that does not end."""
REFUSED = ("InvalidParameterException", 400)
USED_UP = ("LimitExceededException", 429)
DENIED = ("AccessDeniedException", 403)
BUSY = ("ConflictException", 409)
SERVER = ("InternalServiceException", 500)
THROTTLED = ("ThrottlingException", 429)
FOREIGN = ("page", "empty", "malformed", "text", "no-content", "hollow", "blocked")
READS = "[LSD][ie][sa][tr]*"
"""Pattern of List…, Search… and Describe…, and of no other operation."""


def mishaps(chance, operation):
    """Return what goes wrong with an operation and with the reads around it."""
    likely = chance.choice((0.0, 0.05, 0.15, 0.3))

    def lot(kind, part=1.0, *, on=operation, **members):
        return Mishap(kind=kind, operation=on, probability=likely * part, **members)

    def error(code, status, part=1.0, **members):
        return lot("error", part, code=code, status=status, **members)

    def foreign(kind):
        # an empty success is what AWS itself answers where there is nothing to say
        honest = kind == "hollow" and not operation.startswith("Create")
        return lot(kind, 0.5, effect=honest or chance.random() < 0.5)

    kinds = [
        lot("cut"),
        lot("cut", effect=True),
        lot("hang", 0.5, effect=True),
        lot("hang", 0.5),
        lot("refuse", 0.5),
        lot("late", 0.5, seconds=chance.choice((2.0, 20.0, 200.0, 2000.0))),
        error(*SERVER),
        error(*SERVER, effect=True),
        error(*THROTTLED, on="*"),
        error(*REFUSED, times=chance.randint(1, 3)),
        error(*BUSY, 2.0),
        error(*USED_UP, 0.5, times=2),
        error(*DENIED, 0.5, times=chance.randint(1, 2)),
        error(*DENIED, 0.3, on=READS, times=chance.randint(1, 2)),
        lot("cut", 0.5, on=READS),
        foreign(chance.choice(FOREIGN)),
        lot(chance.choice(FOREIGN), 0.3, on=READS),
        error(*SERVER, 0.5, on=READS),
    ]
    drawn = chance.sample(kinds, chance.randint(1, len(kinds)))
    if operation.startswith("Associate") and chance.random() < 0.5:
        # a batch is rejected more than once, so that deaths come in between
        drawn.insert(0, replace(error(*REFUSED, times=chance.randint(1, 4)), probability=0.6))
    return tuple(drawn)


def expiries(chance, past):
    """Return how the credentials of the first few lives expire, each some time after the last."""
    if chance.random() < 0.7:
        return ()
    at, found = past, []
    for number in range(chance.randint(1, 4)):
        at += chance.choice((2.0, 12.0, 90.0))
        key = "key" + "+" * number
        found.append(Mishap(kind="error", code=EXPIRED, status=403, access_key=key, since=at))
    return tuple(found)


def falls(chance, trial, past):
    """Return how some targets fall for a time, each in a way of its own."""
    ways = (
        {"kind": "error", "code": EXPIRED, "status": 403},
        {"kind": "error", "code": DENIED[0], "status": DENIED[1]},
        {"kind": "refuse"},
        {"kind": "hang"},
        {"kind": "page"},
        {"kind": "blocked"},
    )
    found = []
    for target in chance.sample(trial.targets, chance.randint(0, len(trial.targets))):
        since = past + chance.uniform(0.0, 60.0)
        until = since + chance.choice((5.0, 60.0, 900.0))
        way = chance.choice(ways)
        found.append(Mishap(access_key=f"{target}*", since=since, until=until, **way))
    return tuple(found)


def config(chance, trial):
    """Return a simulation whose reads lag and whose quotas change in mid-run, or not."""
    instances = tuple(
        InstanceConfig(alias=name, account=f"{number:012}")
        for number, name in enumerate(trial.targets)
    )
    lag = chance.choice((0.0, 0.0, 1.5, 8.0, 45.0, 120.0))
    rates = {}
    if chance.random() < 0.3:
        lowered, raised = Allowance(rate=0.7, burst=2.0), Allowance(rate=5.0, burst=9.0)
        changes = chance.choice(((lowered, raised), (raised, lowered), (lowered, Allowance())))
        table = ((0.0, Allowance()), (40.0, changes[0]), (60.0, changes[1]))
        rates = {name: table for name in trial.operations if "*" not in name}
    return SimConfig(
        lag=lag,
        search_lag=lag + chance.choice((0.0, 8.0, 300.0)),
        rates=rates,
        instances=instances or (InstanceConfig(),),
    )


def life(chance, *, mortal, sleeps=True):
    """Return what befalls one process."""
    hours = chance.choice((600.0, 3 * 3600.0, 9 * 3600.0))
    return Life(
        writes=chance.randint(0, 12) if mortal else -1,
        before_commit=chance.random() < 0.5,
        stops=chance.choice(((), (), (), (chance.uniform(0, 9),), (chance.uniform(0, 6), 0.1))),
        sleep=(chance.uniform(0.1, 8.0), hours) if sleeps and chance.random() < 0.2 else None,
        steady_clock_sleeps=chance.random() < 0.5,
        wall_jump=chance.choice((0.0, -3600.0, 3600.0, -90.0)),
        renewals=chance.choice((0, 0, 3)),
        disk=chance.choice(DISK_SECONDS),
    )


def history(folder: Path, seed: int, trials=TRIALS) -> Scene:
    """Live one whole history: plan, deaths, resumes, and the last life to its end."""
    chance = random.Random(seed)
    trial = chance.choice(trials)
    simulated = config(chance, trial)
    sheet = folder / "sheet.csv"
    sheet.write_text(trial.sheet(chance, new_world(simulated)), encoding="utf-8")
    scene = Scene(folder=folder / "run", config=simulated, trial=trial, sheet=sheet, seed=seed)
    scene.keys[""] = "key"
    scene.call_tags = chance.random() < 0.9
    scene.plan()

    def befalls(*, mortal):
        drawn = life(chance, mortal=mortal)
        # AWS takes no request whose clock is wrong by more than minutes; without tags that counts
        return (
            drawn if scene.call_tags else replace(drawn, wall_jump=min(drawn.wall_jump, 0.0) / 60)
        )

    wrong = tuple(each for name in trial.operations for each in mishaps(chance, name))
    scene.simulator.set_faults(
        Faults(
            seed=seed,
            latency=Latency(fixed=0.03, spread=chance.choice((0.0, 0.2, 3.0))),
            mishaps=(
                *falls(chance, trial, scene.past),
                *expiries(chance, scene.past),
                *wrong,
            ),
        )
    )
    for _ in range(chance.randint(0, 4)):
        scene.live(befalls(mortal=True))
        scene.keys[""] += "+" * chance.randint(0, 1)
    for _ in range(MOST_LIVES):
        if scene.live(befalls(mortal=False)) and scene.is_over():
            break
        scene.keys[""] += "+"  # a person signs in again before resuming
    scene.simulator.land(math.inf)
    return scene
