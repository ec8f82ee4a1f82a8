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
