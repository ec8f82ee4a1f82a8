"""Histories drawn from a seed: a job, a sheet, what goes wrong, and when the process dies."""

from __future__ import annotations

import random
from pathlib import Path

from bulkops.sim.config import SimConfig
from bulkops.sim.faults import Faults, Latency, Mishap
from tests.chaos.scene import Scene

PROFILES = ("Billing", "Support Tier 1", "Support Tier 2", "Sales EMEA")
SECURITY = ("Agent", "QualityAnalyst", "Agent;QualityAnalyst")


def create_users(chance: random.Random, rows: int) -> str:
    lines = ["username,password,first_name,last_name,security_profiles,routing_profile,acw_seconds"]
    lines += [
        f"agent{number},Secret-{number}-Word,Ana,Núñez,{chance.choice(SECURITY)},"
        f"{chance.choice(PROFILES)},{chance.choice(('', '30'))}"
        for number in range(rows)
    ]
    return "\n".join(lines) + "\n"


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
    sheet = folder / "sheet.csv"
    sheet.write_text(create_users(chance, chance.randint(3, 8)), encoding="utf-8")
    scene = Scene(
        folder=folder / "run",
        config=SimConfig(lag=chance.choice((0.0, 0.0, 1.5, 45.0))),
        job="create-users",
        sheet=sheet,
        seed=seed,
    )
    scene.plan()
    scene.simulator.set_faults(
        Faults(
            seed=seed,
            latency=Latency(fixed=0.03, spread=chance.choice((0.0, 0.2, 3.0))),
            mishaps=mishaps(chance, "CreateUser"),
        )
    )
    for _ in range(chance.randint(0, 4)):
        scene.live(writes=chance.randint(0, 12), before_commit=chance.random() < 0.5)
    while not scene.live():
        pass
    return scene


def wrongs(scene: Scene) -> list[str]:
    """Return what the simulator's own record holds against the ledger's results."""
    effects = scene.simulator.record.effects("CreateUser")
    found = []
    for row in scene.rows():
        times = effects.get(row.key, 0)
        allowed = {"succeeded": (1,), "failed": (0,), "unknown": (0, 1)}.get(row.status, ())
        if times not in allowed:
            found.append(f"row {row.number} {row.key} is {row.status} with {times} effects")
    return found
