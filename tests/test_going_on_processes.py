"""Real processes go on with what others left: undo, retry, changed sheets, killed at work."""

from __future__ import annotations

import csv
import json
import random
import signal
import time

import pytest

from bulkops.sim.core.fault_injection import Faults, Mishap
from bulkops.sim.core.simulation_config import SimConfig
from bulkops.sim.core.simulator import Simulator
from tests.served import served
from tests.test_processes import bulkops

ROWS = 40
PACE = ("--progress", "none", "--tps", "20", "--yes")
RUN = ("run", "create-users", "users.csv", *PACE)
HEAD = "username,password,first_name,last_name,security_profiles,routing_profile"


def sheet(folder, names, **profiles):
    lines = [
        f"{name},Blue-Harbour-1,Ana,Núñez,Agent,{profiles.get(name, 'Billing')}" for name in names
    ]
    (folder / "users.csv").write_text("\n".join([HEAD, *lines]) + "\n", encoding="utf-8")


def names(count=ROWS):
    return [f"agent{number}" for number in range(count)]


def chance():
    seed = random.SystemRandom().randrange(10**6)
    print(f"seed {seed}")
    return random.Random(seed)


def to_the_end(folder, url, *words):
    process = bulkops(folder, url, *words, "--output", "json")
    printed, said = process.communicate(timeout=120)
    return process.returncode, json.loads(printed) if printed else {}, said


def killed(folder, url, *words, after):
    """Begin a command and kill it; return whether it had come to its end before."""
    process = bulkops(folder, url, *words)
    time.sleep(after)
    ended = process.poll() is not None
    process.send_signal(signal.SIGKILL)
    process.communicate()
    return ended


def results(folder, run):
    path = folder / "bulkops-runs" / run / "results.csv"
    with path.open(encoding="utf-8-sig", newline="") as file:
        return [row["bulkops_status"] for row in csv.DictReader(file)]


@pytest.mark.process
def test_an_undo_killed_again_and_again_takes_everything_back_once(tmp_path):
    drawn = chance()
    sheet(tmp_path, names())
    simulator = Simulator(SimConfig(speed=20))
    with served(simulator.config, simulator) as url:
        code, done, said = to_the_end(tmp_path, url, *RUN)
        assert code == 0, said
        for _ in range(5):
            killed(tmp_path, url, "undo", done["run"], *PACE, after=drawn.uniform(0.8, 2.2))
        code, _, said = to_the_end(tmp_path, url, "undo", done["run"], *PACE)
        assert code == 0, said
        assert simulator.request_log.effects("DeleteUser").total() == ROWS
        code, again, said = to_the_end(tmp_path, url, "undo", done["run"])
    assert code == 0, said
    assert "is already undone by undo-create-users-" in again["note"]
    assert again["rows"]["undone"] == ROWS
    assert len(list(tmp_path.glob("bulkops-runs/undo-*"))) == 1
    assert results(tmp_path, done["run"]) == ["undone"] * ROWS
    (instance,) = simulator.world.instances.values()
    assert not [name for name in names() if instance.tables["user"].named(name)]


@pytest.mark.process
def test_a_changed_sheet_is_gone_on_with_though_it_is_killed_at_every_stage(tmp_path):
    drawn = chance()
    sheet(tmp_path, names())
    simulator = Simulator(SimConfig(speed=20))
    with served(simulator.config, simulator) as url:
        process = bulkops(tmp_path, url, *RUN)
        while not simulator.request_log.effects("CreateUser"):
            time.sleep(0.02)
        process.send_signal(signal.SIGKILL)
        process.communicate()
        moved = {f"agent{number}": "Sales EMEA" for number in range(36, 39)}
        sheet(tmp_path, names()[:-1], **moved)
        code, _, said = to_the_end(tmp_path, url, "resume", *PACE)
        assert (code, "has changed since" in said) == (8, True)
        words = ("resume", *PACE, "--accept-changed")
        for _ in range(3):
            killed(tmp_path, url, *words, after=drawn.uniform(0.6, 1.2))
        code, whole, said = to_the_end(tmp_path, url, *words)
    assert "row 41 agent39 is not in the sheet any more: it is left pending" in said
    assert (code, whole["rows"]["succeeded"], whole["rows"]["pending"]) == (5, ROWS - 1, 1)
    assert simulator.request_log.effects("CreateUser") == dict.fromkeys(names()[:-1], 1)
    (instance,) = simulator.world.instances.values()
    profile = instance.tables["routing-profile"].named("Sales EMEA")["Id"]
    at_sales = [
        name
        for name in names()[:-1]
        if instance.tables["user"].named(name)["RoutingProfileId"] == profile
    ]
    assert at_sales == list(moved)


@pytest.mark.process
def test_a_retry_killed_in_the_middle_is_gone_on_with(tmp_path):
    drawn = chance()
    sheet(tmp_path, names())
    simulator = Simulator(SimConfig(speed=20))
    wrong = tuple(range(1, ROWS, 2))
    mishap = Mishap(
        kind="error", operation="CreateUser", code="InvalidParameterException", calls=wrong
    )
    with served(simulator.config, simulator) as url:
        simulator.set_faults(Faults(mishaps=(mishap,)))
        code, first, said = to_the_end(tmp_path, url, *RUN)
        assert (code, first["rows"]["failed"]) == (4, len(wrong)), said
        simulator.set_faults(Faults())
        code, _, said = to_the_end(tmp_path, url, "retry", "--progress", "none")
        assert (code, "there is no terminal" in said) == (2, True)
        killed(tmp_path, url, "retry", *PACE, after=drawn.uniform(0.7, 1.4))
        to_the_end(tmp_path, url, "retry", *PACE)
        code, whole, said = to_the_end(tmp_path, url, "resume", *PACE)
    assert (code, whole["rows"]["succeeded"]) == (0, ROWS), said
    assert simulator.request_log.effects("CreateUser") == dict.fromkeys(names(), 1)
