from __future__ import annotations

import pytest

from bulkops.sim.core.simulation_config import SimConfig
from bulkops.sim.core.simulator import Simulator
from tests.served import served

ROLE = "arn:aws:iam::123456789012:role/teams/bulk"
ELSEWHERE = "arn:aws:iam::999999999999:role/bulk"
JOB = "update-user-routing-profiles"
SHEET = "username,routing_profile\nm.silva,Billing\n"
CALLER = "arn:aws:sts::123456789012:assumed-role/bulk/bulkops"


@pytest.fixture
def sheet(terminal):
    path = terminal.folder / "moves.csv"
    path.write_text(SHEET)
    return path


@pytest.fixture
def simulator():
    return Simulator(SimConfig())


@pytest.fixture
def url(credentials, simulator):  # noqa: ARG001  # whoever calls it needs keys
    with served(simulator.config, simulator) as base:
        yield base


def keys_used(simulator):
    entries = simulator.request_log.entries
    return {each.access_key for each in entries if each.service == "connect"}


@pytest.mark.process
def test_a_run_as_a_role_signs_every_call_with_its_temporary_keys(terminal, sheet, simulator, url):
    result = terminal("run", JOB, sheet, "--yes", "--role-arn", ROLE, "--endpoint-url", url)
    assert result.exit_code == 0, result.output
    assert f"as {CALLER}" in result.output
    assert all(key.startswith("ASIA") for key in keys_used(simulator))


def test_the_simulated_instance_is_worked_on_as_a_role_too(terminal, sheet):
    result = terminal("run", JOB, sheet, "--yes", "--simulate", "--role-arn", ROLE)
    assert result.exit_code == 0, result.output
    assert f"as {CALLER}" in result.output


def test_a_role_that_may_not_be_assumed_is_refused_before_anything_is_read(terminal, sheet):
    result = terminal("plan", JOB, sheet, "--simulate", "--role-arn", ELSEWHERE)
    assert result.exit_code == 6
    assert "The role may not be assumed. Its trust policy must name the caller" in result.stderr
    assert len(result.stderr.strip().splitlines()) == 1
