"""Something else answers in AWS's place: a proxy, a log-in page, a cut answer."""

from __future__ import annotations

import random

import pytest

from bulkops.sim.core.fault_injection import FOREIGN, Faults, Latency, Mishap
from bulkops.sim.core.seed import new_world
from bulkops.sim.core.simulation_config import SimConfig
from tests.chaos.scene import Scene
from tests.chaos.trials import TRIALS
from tests.chaos.verdicts import wrongs

SOME = [
    trial for trial in TRIALS if trial.name in ("users", "moves", "deletions", "derived-queues")
]
LIVES = 8
"""Resumes after which every row has its end."""
LIES = sorted(FOREIGN - {"hollow"})
"""From an operation that answers nothing, a hollow answer is AWS's own success."""


def lived(folder, trial, *mishaps):
    sheet = folder / "sheet.csv"
    sheet.write_text(trial.sheet(random.Random(3), new_world(SimConfig())), encoding="utf-8")
    scene = Scene(folder=folder / "run", config=SimConfig(), trial=trial, sheet=sheet)
    scene.plan()
    scene.simulator.set_faults(Faults(latency=Latency(fixed=0.1), mishaps=mishaps))
    for _ in range(LIVES):
        if scene.live() and scene.is_over():
            break
    return scene


@pytest.mark.parametrize("trial", SOME, ids=lambda trial: trial.name)
@pytest.mark.parametrize("kind", LIES)
@pytest.mark.parametrize("effect", [False, True], ids=["without effect", "with effect"])
def test_no_row_succeeds_by_the_word_of_something_else(tmp_path, trial, kind, effect):
    lies = (
        Mishap(kind=kind, operation=operation, probability=0.5, effect=effect)
        for operation in trial.operations
    )
    scene = lived(tmp_path, trial, *lies)
    assert wrongs(scene) == []


@pytest.mark.parametrize("kind", LIES)
def test_a_write_that_only_something_else_answers_is_never_a_success(tmp_path, kind):
    (moves,) = (trial for trial in TRIALS if trial.name == "moves")
    scene = lived(tmp_path, moves, Mishap(kind=kind, operation=moves.operations[0]))
    assert {row.status.value for row in scene.rows()} == {"unknown"}


@pytest.mark.parametrize("kind", sorted({*LIES, "hollow"} - {"blocked"}))
def test_a_read_that_something_else_answers_is_asked_again(tmp_path, kind):
    creates = TRIALS[0]
    doubt = Mishap(kind="cut", operation="CreateUser", calls=(1,), effect=True)
    lies = [
        Mishap(kind=kind, operation=f"{verb}*", calls=(1, 2)) for verb in ("List", "Search", "Desc")
    ]
    scene = lived(tmp_path, creates, doubt, *lies)
    assert wrongs(scene) == []
    assert {row.status.value for row in scene.rows()} == {"succeeded"}
