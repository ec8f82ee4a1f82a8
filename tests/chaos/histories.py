"""Histories drawn from a seed: a job, a sheet, what goes wrong, and when the process dies."""

from __future__ import annotations

import random
from pathlib import Path

from bulkops.ledger.states import RowStatus
from bulkops.sim.core.fault_injection import Faults, Latency, Mishap
from bulkops.sim.core.simulation_config import SimConfig
from tests.chaos.scene import Scene
from tests.chaos.trials import TRIALS

ALLOWED = {
    RowStatus.SUCCEEDED: (1,),
    RowStatus.UNCHANGED: (1,),
    RowStatus.FAILED: (0,),
    RowStatus.UNKNOWN: (0, 1),
}
"""How often a row may have taken effect, by the status that it has in the end."""


def mishaps(chance: random.Random, operation: str) -> tuple[Mishap, ...]:
    """Return what goes wrong with an operation and with the reads around it."""
    likely = chance.choice((0.0, 0.05, 0.15, 0.3))
    kinds = (
        Mishap(kind="cut", operation=operation, probability=likely),
        Mishap(kind="cut", operation=operation, probability=likely, effect=True),
        Mishap(kind="hang", operation=operation, probability=likely / 2, effect=True),
        Mishap(kind="hang", operation=operation, probability=likely / 2),
        Mishap(kind="refuse", operation=operation, probability=likely / 2),
        Mishap(
            kind="error",
            code="InternalServiceException",
            status=500,
            operation=operation,
            probability=likely,
        ),
        Mishap(
            kind="error",
            code="InternalServiceException",
            status=500,
            operation=operation,
            probability=likely,
            effect=True,
        ),
        Mishap(
            kind="error",
            code="ThrottlingException",
            status=429,
            operation="*",
            probability=likely,
        ),
        Mishap(kind="cut", operation="Search*", probability=likely / 2),
    )
    return tuple(chance.sample(kinds, chance.randint(1, len(kinds))))


def history(folder: Path, seed: int) -> Scene:
    """Live one whole history: plan, deaths, resumes, and the last life to its end."""
    chance = random.Random(seed)
    trial = chance.choice(TRIALS)
    sheet = folder / "sheet.csv"
    sheet.write_text(trial.sheet(chance), encoding="utf-8")
    scene = Scene(
        folder=folder / "run",
        config=SimConfig(lag=chance.choice((0.0, 0.0, 1.5, 45.0))),
        trial=trial,
        sheet=sheet,
        seed=seed,
    )
    scene.plan()
    scene.simulator.set_faults(
        Faults(
            seed=seed,
            latency=Latency(fixed=0.03, spread=chance.choice((0.0, 0.2, 3.0))),
            mishaps=mishaps(chance, trial.operation),
        )
    )
    for _ in range(chance.randint(0, 4)):
        scene.live(writes=chance.randint(0, 12), before_commit=chance.random() < 0.5)
    while not scene.live():
        pass
    return scene


def wrongs(scene: Scene) -> list[str]:
    """Return what the simulator's own record holds against the ledger's results."""
    found = []
    for row in scene.rows():
        times = scene.trial.effects(scene, row)
        allowed = ALLOWED.get(row.status, ())
        if times not in allowed:
            found.append(f"row {row.number} {row.key} is {row.status} with {times} effects")
    return found
