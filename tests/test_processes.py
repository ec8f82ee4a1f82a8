"""Real processes, killed at random moments, against a server that remembers what it did."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time

import pytest

from bulkops.sim.core.fault_injection import Faults, Latency
from bulkops.sim.core.simulation_config import SimConfig
from bulkops.sim.core.simulator import Simulator
from tests.served import served

KILLS = 12
ROWS = 60


def users(count):
    head = "username,password,first_name,last_name,security_profiles,routing_profile"
    rows = [f"agent{n},Blue-Harbour-{n},Ana,Núñez,Agent,Billing" for n in range(count)]
    return "\n".join([head, *rows]) + "\n"


def bulkops(folder, url, *words, **more):
    environment = os.environ | {
        "AWS_ENDPOINT_URL": url,
        "AWS_ACCESS_KEY_ID": "test",
        "AWS_SECRET_ACCESS_KEY": "test",
        "AWS_REGION": "us-east-1",
    }
    return subprocess.Popen(
        [sys.executable, "-m", "bulkops", *words],
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        **more,
    )


RUN = ("run", "create-users", "users.csv", "--yes", "--progress", "none", "--tps", "40")
RESUME = ("resume", "--progress", "none", "--tps", "40", "--output", "json")


@pytest.mark.process
def test_a_run_killed_again_and_again_makes_every_user_once(tmp_path):
    seed = random.SystemRandom().randrange(10**6)
    print(f"seed {seed}")
    chance = random.Random(seed)
    (tmp_path / "users.csv").write_text(users(ROWS), encoding="utf-8")
    simulator = Simulator(SimConfig(speed=20))
    with served(simulator.config, simulator) as url:
        process = bulkops(tmp_path, url, *RUN)
        for _ in range(KILLS):
            time.sleep(chance.uniform(0.8, 1.6))
            process.send_signal(signal.SIGKILL)
            process.communicate()
            words = RESUME if list(tmp_path.glob("bulkops-runs/create-users-*")) else RUN
            process = bulkops(tmp_path, url, *words)
        process.communicate(timeout=120)
        last = bulkops(tmp_path, url, *RESUME)
        printed, _ = last.communicate(timeout=120)
    made = simulator.request_log.effects("CreateUser")
    assert last.returncode == 0, printed
    assert json.loads(printed)["rows"]["succeeded"] == ROWS
    assert made == {f"agent{n}": 1 for n in range(ROWS)}


@pytest.mark.process
@pytest.mark.parametrize(("sent", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_signal_finishes_what_is_in_flight_and_says_how_to_go_on(tmp_path, sent, code):
    (tmp_path / "users.csv").write_text(users(ROWS), encoding="utf-8")
    simulator = Simulator(SimConfig(speed=5))
    with served(simulator.config, simulator) as url:
        process = bulkops(tmp_path, url, *RUN[:-1], "10")
        while not simulator.request_log.effects("CreateUser"):
            time.sleep(0.05)
        process.send_signal(sent)
        printed, said = process.communicate(timeout=60)
        assert process.returncode == code, said
        (folder,) = tmp_path.glob("bulkops-runs/create-users-*")
        assert f"bulkops resume {folder.name}" in printed
        made = simulator.request_log.effects("CreateUser")
        results = (folder / "results.csv").read_text(encoding="utf-8-sig")
        assert results.count(",succeeded,") == len(made) < ROWS
        assert ",unknown," not in results


@pytest.mark.process
def test_a_second_ctrl_c_cancels_and_resume_settles_what_was_in_flight(tmp_path):
    (tmp_path / "users.csv").write_text(users(6), encoding="utf-8")
    simulator = Simulator(SimConfig(speed=5))
    with served(simulator.config, simulator) as url:
        process = bulkops(tmp_path, url, *RUN[:-1], "10")
        while not list(tmp_path.glob("bulkops-runs/create-users-*")):
            time.sleep(0.02)
        simulator.set_faults(Faults(latency=Latency(fixed=4.0, outward=0.1)))
        time.sleep(1.5)
        process.send_signal(signal.SIGINT)
        time.sleep(0.3)
        process.send_signal(signal.SIGINT)
        printed, said = process.communicate(timeout=60)
        assert process.returncode == 130, said
        simulator.set_faults(Faults())
        last = bulkops(tmp_path, url, *RESUME)
        assert json.loads(last.communicate(timeout=120)[0])["rows"]["succeeded"] == 6
    assert simulator.request_log.effects("CreateUser") == {f"agent{n}": 1 for n in range(6)}
    assert "bulkops resume" in printed


@pytest.mark.process
def test_help_loads_nothing_heavy():
    code = (
        "import sys; sys.argv = ['bulkops', '--help']\n"
        "from bulkops.__main__ import main\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "heavy = {'pandas', 'openpyxl', 'botocore', 'aioboto3', 'aiohttp', 'rich', 'numpy'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"
