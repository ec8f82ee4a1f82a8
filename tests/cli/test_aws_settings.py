from __future__ import annotations

import hashlib

import pytest
from botocore.utils import ContainerMetadataFetcher

from bulkops.aws import credential_process
from bulkops.errors import Exit
from bulkops.sim.core.simulation_config import SimConfig
from tests.cli.aws_settings import BAD_SETTINGS
from tests.served import served

JOB = "update-user-routing-profiles"
COMMANDS = (("doctor",), ("plan", JOB, "moves.csv"), ("run", JOB, "moves.csv", "--yes"))


@pytest.fixture(scope="module")
def url():
    with served(SimConfig()) as base:
        yield base


@pytest.fixture
def good(terminal, credentials, monkeypatch, url):  # noqa: ARG001  # it sets the keys
    """Settings with which every command works."""
    monkeypatch.setattr(credential_process, "PROCESS_SECONDS", 0.2)
    monkeypatch.setattr(ContainerMetadataFetcher, "SLEEP_TIME", 0)
    monkeypatch.setenv("AWS_ENDPOINT_URL", url)
    for name in ("config", "credentials"):
        variable = {"config": "AWS_CONFIG_FILE"}.get(name, "AWS_SHARED_CREDENTIALS_FILE")
        monkeypatch.setenv(variable, str(terminal.folder / name))
        (terminal.folder / name).write_text("")
    (terminal.folder / "moves.csv").write_text("username,routing_profile\nm.silva,Billing\n")
    return terminal


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command[0])
def test_good_settings_stop_nothing(good, command):
    assert good(*command).exit_code == Exit.DONE


@pytest.mark.parametrize("bad", BAD_SETTINGS, ids=lambda bad: bad.name)
def test_a_setting_that_cannot_be_used_is_one_sentence_that_names_it(good, monkeypatch, bad):
    (good.folder / "config").write_text(bad.config)
    (good.folder / "credentials").write_text(bad.credentials)
    if bad.logged_in:
        cache = good.folder / ".aws" / "sso" / "cache"
        cache.mkdir(parents=True)
        session = hashlib.sha1(b"s").hexdigest()  # noqa: S324  # AWS's own name of the file
        (cache / f"{session}.json").write_text(bad.logged_in)
    for name, value in bad.environment.items():
        if value is None:
            monkeypatch.delenv(name)
        else:
            monkeypatch.setenv(name, value)
    for command in COMMANDS:
        result = good(*command, *bad.flags)
        usage = command[0] in bad.usage_of
        assert result.exit_code == (Exit.USAGE if usage else bad.exit_code), result.output
        assert bad.says in result.output
        assert "Traceback" not in result.output
        assert "Sesame" not in result.output
        assert "fault of bulkops" not in result.output
        if command[0] != "doctor" and not usage:  # doctor says the rest of what it found as well
            assert len(result.stderr.strip().splitlines()) == 1


def test_there_are_enough_of_them_and_each_has_a_name_of_its_own():
    names = [bad.name for bad in BAD_SETTINGS]
    assert len(set(names)) == len(names) > 45
