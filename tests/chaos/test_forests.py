"""Runs whose rows need one another live through what others live through."""

from __future__ import annotations

import random
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bulkops.sim.core.fault_injection import Faults, Latency
from bulkops.sim.core.simulation_config import SimConfig
from bulkops.sim.state.world import WorldSession
from tests.chaos.command_histories import command_history, command_wrongs, the_run
from tests.chaos.histories import history
from tests.chaos.scene import Scene, is_blocked
from tests.chaos.trials import FOREST, GROUPS, first, forest, path_of
from tests.chaos.verdicts import wrongs

SEEDS = range(1, 31)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_forest_is_grown_once_and_in_its_places_whatever_dies_and_whenever(tmp_path, seed):
    lived = history(tmp_path, seed, trials=(FOREST,))
    assert wrongs(lived) == [], f"seed {seed}"
    assert lived.is_over(), f"seed {seed}"


@pytest.mark.parametrize("seed", range(1, 13))
def test_commands_killed_anywhere_grow_a_forest_once_and_take_it_back(ram, seed):
    desk = command_history(ram, seed, trials=(FOREST,))
    # what waits for a row that failed was not sent
    wrong = [each for each in command_wrongs(desk) if "is pending with 0 effects" not in each]
    assert wrong == [], f"seed {seed}, {the_run(desk)}"


def scene(folder, paths, doomed):
    """Return a run that is planned; of `doomed` groups others have made one of the name since."""
    folder.mkdir()
    sheet = folder / "sheet.csv"
    sheet.write_text("\n".join(["hierarchy_group", *paths]) + "\n", encoding="utf-8")
    made = Scene(folder=folder / "run", config=SimConfig(), trial=FOREST, sheet=sheet)
    made.plan()
    made.simulator.set_faults(Faults(latency=Latency(fixed=0.1)))
    world = made.simulator.world
    session = WorldSession(world, first(world), "others", 0.0)
    for path in doomed:
        above, _, name = path.rpartition("/")
        parent = session.table(GROUPS).named(above)["Id"] if above else None
        session.create(GROUPS, {"Name": name, "ParentGroupId": parent, "LevelId": "1"})
    commit = session.commit()
    if commit is not None:
        world.commit(commit)
    return made


def end_of(lived):
    """Return how each row ended and what it waits for, and where its group lies."""
    names = [group["Name"] for group in first(lived.simulator.world).tables[GROUPS].all()]
    # a refusal is told in the service's words, or in those of the look after a death
    rows = [
        (row.key, row.status.value, row.error.partition(":")[0] if is_blocked(row) else "")
        for row in lived.rows()
    ]
    new = sorted(name for name in names if name.startswith("group"))
    return rows, [(name, path_of(lived, name)) for name in new]


@settings(max_examples=25)
@given(
    seed=st.integers(0, 10**6),
    number=st.integers(1, 8),
    writes=st.integers(0, 16),
    before=st.booleans(),
    again=st.integers(-1, 8),
)
def test_a_run_that_died_and_was_gone_on_with_ends_as_one_that_did_not(
    seed, number, writes, before, again
):
    paths = forest(random.Random(seed), number)
    at_hand = [path for path in paths if path.rpartition("/")[0] in ("", "Contact Centre")]
    doomed = [path for path in at_hand if random.Random(f"{seed}{path}").random() < 0.4]
    with TemporaryDirectory() as folder:
        whole = scene(Path(folder) / "whole", paths, doomed)
        assert whole.live()
        died = scene(Path(folder) / "died", paths, doomed)
        died.live(writes=writes, before_commit=before)
        died.live(writes=again)
        assert died.live()
        assert end_of(died) == end_of(whole)
        assert whole.is_over()
        assert wrongs(whole) == [] or doomed  # what was doomed failed for what others did
