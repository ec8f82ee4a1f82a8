from __future__ import annotations

import json

import pytest

from bulkops.sim.core.simulation_config import InstanceConfig, SimConfig
from bulkops.sim.core.simulator import Simulator
from tests.served import served

HEAD = "target,username,password,first_name,last_name,security_profiles,routing_profile"
CONFIGURATION = """
[targets.emea]
instance = "acme-emea"
endpoint_url = "{url}"

[targets.americas]
instance = "acme-americas"
endpoint_url = "{url}"
protected = true
"""


@pytest.fixture
def account(terminal):
    instances = (InstanceConfig(alias="acme-emea"), InstanceConfig(alias="acme-americas"))
    simulator = Simulator(SimConfig(instances=instances, speed=50))
    with served(simulator.config, simulator) as url:
        (terminal.folder / "bulkops.toml").write_text(CONFIGURATION.format(url=url))
        simulator.url = url
        yield simulator


def users(*targets):
    rows = [
        f"{target},agent{n},Blue-Harbour-{n},Ana,Núñez,Agent,Billing"
        for n, target in enumerate(targets)
    ]
    return "\n".join([HEAD, *rows]) + "\n"


RUN = ("run", "create-users", "users.csv", "--yes", "--output", "json", "--tps", "100")
BOTH = ("--target", "emea", "--target", "americas")


@pytest.mark.usefixtures("credentials")
@pytest.mark.process
def test_one_run_works_on_several_instances_and_they_share_the_accounts_quota(terminal, account):
    (terminal.folder / "users.csv").write_text(users("emea", "americas", "emea"))
    done = terminal(*RUN, *BOTH, "--confirm-instance", "acme-americas")
    assert done.exit_code == 0, done.stderr
    instances = account.world.instances.values()
    made = {instance.alias: len(instance.tables["user"]) - 4 for instance in instances}
    assert made == {"acme-emea": 2, "acme-americas": 1}
    (folder,) = terminal.folder.glob("bulkops-runs/create-users-*")
    quotas = json.loads((folder / "run.json").read_text())["quotas"]
    assert [each["operation"] for each in quotas].count("CreateUser") == 1


@pytest.mark.usefixtures("credentials")
@pytest.mark.process
def test_one_target_whose_quota_is_used_up_holds_up_no_other(terminal, account):
    account.world.limits = {"user": 6}  # each has four already
    (terminal.folder / "users.csv").write_text(users(*["emea"] * 5, "americas"))
    done = terminal(*RUN, *BOTH, "--confirm-instance", "acme-americas")
    assert done.exit_code == 7, done.stderr
    ending = json.loads(done.stdout)
    assert ending["reason"].startswith("emea (3 rows left): CreateUser was refused: LimitExceeded")
    assert ending["rows"]["succeeded"] == 3
    (folder,) = terminal.folder.glob("bulkops-runs/create-users-*")
    (left,) = json.loads((folder / "run.json").read_text())["attempt"]["left"]
    assert (left["target"], left["pending"], left["unknown"]) == ("emea", 3, 0)
    assert "emea (3 rows left): CreateUser was refused" in (folder / "report.html").read_text()


@pytest.mark.usefixtures("credentials", "account")
@pytest.mark.process
def test_a_protected_target_wants_its_alias(terminal):
    (terminal.folder / "users.csv").write_text(users("americas"))
    done = terminal(*RUN, "--target", "americas")
    assert done.exit_code == 6
    assert "--confirm-instance acme-americas" in done.stderr


@pytest.mark.usefixtures("credentials")
@pytest.mark.process
def test_a_protected_instance_is_protected_by_whatever_way_it_is_reached(terminal, account):
    (terminal.folder / "moves.csv").write_text("username,routing_profile\nj.murphy,Billing\n")
    run = ("run", "update-user-routing-profiles", "moves.csv", "--yes", "--tps", "100")
    url = account.url
    (instance,) = (
        each for each in account.world.instances.values() if each.alias == "acme-americas"
    )
    with (terminal.folder / "bulkops.toml").open("a") as file:
        file.write(f'[targets.usa]\nendpoint_url = "{url}"\ninstance = "{instance.id}"\n')
    for way in (
        ("--instance", "acme-americas", "--endpoint-url", url),
        ("--instance", instance.id, "--endpoint-url", url),
        ("--instance", instance.arn, "--endpoint-url", url),
        ("--target", "usa"),
        ("--target", "emea", "--instance", "ACME-AMERICAS"),
    ):
        done = terminal(*run, *way)
        assert done.exit_code == 6, way
        assert "works on a protected target: add --confirm-instance acme-americas" in done.stderr
    assert account.request_log.effects("UpdateUserRoutingProfile") == {}
    way = ("--target", "americas", "--confirm-instance", "acme-americas")
    (terminal.folder / "users.csv").write_text(users(*["americas"] * 12))
    slow = ("run", "create-users", "users.csv", "--yes", "--tps", "2", "--max-duration", "1")
    assert terminal(*slow, *way).exit_code == 10
    _refused(terminal("resume"))
    go_on = ("resume", "--tps", "100", "--confirm-instance", "acme-americas")
    assert terminal(*go_on).exit_code == 0
    _refused(terminal("undo", "--yes"))


def _refused(done):
    assert done.exit_code == 6, done.output
    assert "--confirm-instance acme-americas" in done.stderr


@pytest.mark.usefixtures("credentials")
@pytest.mark.process
def test_where_what_is_protected_cant_be_read_nothing_is_sent_and_reading_says_so(
    terminal, account
):
    (terminal.folder / "moves.csv").write_text("username,routing_profile\nj.murphy,Billing\n")
    (terminal.folder / "bulkops.toml").write_text("[targets.americas\nprotected = true\n")
    words = ("update-user-routing-profiles", "moves.csv", "--endpoint-url", account.url)
    words = (*words, "--instance", "acme-emea")
    done = terminal("run", *words, "--yes")
    assert done.exit_code == 6
    assert "bulkops.toml is not valid TOML: Expected ']'" in done.stderr
    assert "(at line 1, column 18)" in done.stderr
    assert account.request_log.effects("UpdateUserRoutingProfile") == {}
    done = terminal("plan", *words)
    assert done.exit_code == 0
    assert "Note     " in done.stdout
    assert "bulkops.toml is not valid TOML" in done.stdout
    done = terminal("doctor", *words[2:])
    assert done.exit_code == 6
    assert "problem  Configuration: " in done.stdout


@pytest.mark.usefixtures("credentials", "account")
@pytest.mark.process
def test_a_row_of_an_unknown_target_is_a_problem_of_its_cell(terminal):
    (terminal.folder / "users.csv").write_text(users("emea", "apac"))
    done = terminal(*RUN, *BOTH, "--confirm-instance", "acme-americas")
    assert done.exit_code == 3
    (problem,) = json.loads(done.stdout)["problems"]
    assert (problem["code"], problem["row"]) == ("unknown-target", 3)


def test_a_target_that_is_not_configured_is_named_with_those_that_are(terminal, samples):
    (terminal.folder / "bulkops.toml").write_text('[targets.americas]\ninstance = "x"\n')
    done = terminal("plan", "create-users", samples / "create-users.csv", "--target", "amricas")
    assert done.exit_code == 6
    assert 'Did you mean "americas"? It has: americas.' in done.stderr
    (terminal.folder / "bulkops.toml").write_text('[targets.emea]\ninstanse = "x"\n')
    done = terminal("plan", "create-users", samples / "create-users.csv", "--target", "emea")
    assert 'has no setting instanse. Did you mean "instance"?' in done.stderr
