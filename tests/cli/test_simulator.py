from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import urllib.request

import pytest
import typer

from bulkops.cli.commands.simulator import Managed, SimulatorFlags, simulation, welcome
from bulkops.sim.core.simulation_config import SimConfig
from bulkops.sim.core.simulator import Simulator
from bulkops.sim.state.throttle import Allowance


def refusal(**flags):
    with pytest.raises(typer.BadParameter) as caught:
        simulation(SimulatorFlags(**flags))
    return caught.value.param_hint, caught.value.message


def test_without_flags_the_simulation_is_the_usual_one():
    assert simulation(SimulatorFlags()) == SimConfig()


def test_flags_say_what_is_simulated(tmp_path):
    faults = tmp_path / "faults.json"
    faults.write_text('{"latency": {"fixed": 0.25}}')
    config = simulation(
        SimulatorFlags(
            users=40, identity=Managed.SAML, lag=1.5, search_lag=9.0, speed=10,
            rate=["CreateUser=10"], burst=["DeleteUser=50", "CreateUser=20"], faults=faults,
        )
    )  # fmt: skip
    (instance,) = config.instances
    assert (instance.users, instance.identity) == (40, "SAML")
    assert (config.lag, config.search_lag, config.speed) == (1.5, 9.0, 10)
    assert config.faults.latency.fixed == 0.25
    assert config.rates == {
        "CreateUser": Allowance(rate=10, burst=20),
        "DeleteUser": Allowance(rate=2, burst=50),
    }


def test_a_rate_of_no_operation_is_refused_with_the_nearest():
    hint, message = refusal(rate=["CreateUsr=2"])
    assert hint == "--rate"
    assert 'Did you mean "CreateUser"?' in message


@pytest.mark.parametrize(
    "text", ["CreateUser", "CreateUser=", "CreateUser=x", "CreateUser=0", "CreateUser=inf"]
)
def test_a_rate_is_an_operation_and_a_number_above_nothing(text):
    assert refusal(rate=[text]) == (
        "--rate",
        f'"{text}" is not of the form CreateUser=10, with a number above 0',
    )


def test_a_burst_is_one_call_at_least():
    assert refusal(burst=["CreateUser=0.5"])[1].endswith("with a number of 1 or more")


def test_a_faults_file_that_can_not_be_understood_is_refused(tmp_path):
    faults = tmp_path / "faults.json"
    faults.write_text('{"mishap": []}')
    hint, message = refusal(faults=faults)
    assert hint == "--faults"
    assert "holds 'mishap'; allowed are" in message
    assert refusal(faults=tmp_path / "none.json")[0] == "--faults"


def test_the_welcome_says_all_that_a_client_needs():
    (instance,) = Simulator(SimConfig()).world.instances.values()
    said = "\n".join(welcome("http://127.0.0.1:8377", instance))
    word = "set" if os.name == "nt" else "export"
    for line in (
        "Endpoint http://127.0.0.1:8377",
        f"Instance bulkops-demo ({instance.id}), CONNECT_MANAGED",
        f"  {word} AWS_ENDPOINT_URL=http://127.0.0.1:8377",
        f"  {word} AWS_ACCESS_KEY_ID=test",
        f"  {word} AWS_SECRET_ACCESS_KEY=test",
        f"  {word} AWS_REGION=us-east-1",
        f"  aws connect list-users --instance-id {instance.id}",
    ):
        assert line in said.splitlines()
    assert "bulkops run create-users samples/create-users.csv --instance bulkops-demo" in said


def test_instances_beside_it_are_new_ones_of_accounts_and_regions_of_their_own():
    flags = {"alias": "dev", "full": True, "users": 2}
    asked = ["prod", "abroad@210987654321/eu-west-1"]
    config = simulation(SimulatorFlags(**flags, empty=asked))
    first, *others = config.instances
    assert (first.alias, first.contents, first.users) == ("dev", "full", 2)
    assert [(each.alias, each.account, each.region) for each in others] == [
        ("prod", first.account, first.region),
        ("abroad", "210987654321", "eu-west-1"),
    ]
    assert {(each.contents, each.users) for each in others} == {("new", 0)}
    said = [*welcome("http://localhost", *Simulator(config).world.instances.values())]
    assert said[2].endswith(") beside it")
    assert said[3].endswith(
        ") in Region eu-west-1 with the access key 210987654321 and the secret test"
    )


@pytest.mark.parametrize("text", ["", "a b", "dev", "prod@eu-west-1", "prod@1/eu-west-1"])
def test_an_instance_beside_it_that_can_not_be_is_refused(text):
    hint, message = refusal(empty=[text], alias="dev")
    assert hint == "--empty"
    assert f'"{text}" is not of the form prod' in message


@pytest.mark.process
def test_it_serves_until_ctrl_c_and_ends_quietly():
    command = [sys.executable, "-m", "bulkops", "simulator", "--port", "0", "--users", "3"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        url = re.match("Endpoint (.*)", process.stdout.readline())[1]
        with urllib.request.urlopen(f"{url}/_sim/state?ids=0") as reply:  # noqa: S310
            (instance,) = json.loads(reply.read()).values()
        assert len(instance["user"]) == 7
        process.send_signal(signal.SIGINT)
        said, complaints = process.communicate(timeout=30)
    assert process.returncode == 0
    assert said.endswith("Stopped.\n")
    assert complaints == ""


@pytest.mark.process
def test_a_port_that_is_taken_is_wrong_usage(terminal, server):
    port = server.rpartition(":")[2]
    result = terminal("simulator", "--port", port)
    assert result.exit_code == 2
    assert f"127.0.0.1:{port} can't be listened on: Address already in use" in result.stderr
