"""A real process whose run's folder goes while it sends: what it says, and what the server saw."""

from __future__ import annotations

import json
import shutil
import time

import pytest

from bulkops.sim.core.simulation_config import SimConfig
from bulkops.sim.core.simulator import Simulator
from tests.served import served
from tests.test_processes import ROWS, bulkops, users

RUN = ("run", "create-users", "users.csv", "--yes", "--progress", "none", "--tps", "15")


def effects(simulator):
    return sum(simulator.request_log.effects("CreateUser").values())


def gone(folder, simulator, fate, *more):
    """Run, let a fate befall the run's folder in the middle, and return how the process ended."""
    (folder / "users.csv").write_text(users(ROWS), encoding="utf-8")
    with served(simulator.config, simulator) as url:
        process = bulkops(folder, url, *RUN, *more)
        while effects(simulator) < 5:
            time.sleep(0.02)
        (run,) = folder.glob("bulkops-runs/create-users-*")
        fate(run)
        sent = effects(simulator)
        printed, said = process.communicate(timeout=60)
    return process.returncode, printed, said, sent


@pytest.mark.process
def test_a_deleted_folder_stops_the_sending_and_what_was_sent_is_told(tmp_path):
    simulator = Simulator(SimConfig(speed=5))
    code, printed, said, sent = gone(tmp_path, simulator, shutil.rmtree, "--output", "json")
    assert code == 5, said
    told = json.loads(printed)
    made = effects(simulator)
    # what was on its way when the folder went, and at most one a lane that was just recorded
    assert sent <= made <= sent + 8 < ROWS
    assert told["rows"]["succeeded"] == made
    assert told["rows"]["pending"] == ROWS - made
    assert "was deleted while the run went on: nothing more was sent" in told["reason"]
    assert f"Sent were rows 2-{made + 1}." in told["reason"]
    assert (told["files"], told["next_command"]) == ([], "")
    assert not list(tmp_path.glob("bulkops-runs/create-users-*"))


@pytest.mark.process
def test_a_moved_folder_stops_the_sending_and_is_gone_on_with_where_it_is(tmp_path):
    simulator = Simulator(SimConfig(speed=5))
    place = tmp_path / "archive"
    code, printed, said, _ = gone(tmp_path, simulator, lambda run: run.rename(place))
    assert code == 5, said
    assert f"was moved to {place} while the run went on" in printed
    assert f"Next     bulkops resume {place}" in printed
    with served(simulator.config, simulator) as url:
        rest = bulkops(tmp_path, url, "resume", str(place), "--progress", "none", "--tps", "40")
        printed, said = rest.communicate(timeout=60)
    assert rest.returncode == 0, said
    assert simulator.request_log.effects("CreateUser") == {f"agent{n}": 1 for n in range(ROWS)}
    assert (place / "results.csv").exists()
