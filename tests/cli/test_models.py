"""`bulkops models`: what is beside the SDK's models, let in and taken out."""

from __future__ import annotations

import gzip
import json
import os
import subprocess
import sys

import pytest

from bulkops.definition.model.model_files import sdk_model_description


def asked(*words, home, **more):
    """Run a command in a process of its own, which has read no model yet."""
    return subprocess.run(
        [sys.executable, "-m", "bulkops", *map(str, words)],
        env={**os.environ, "HOME": str(home), "COLUMNS": "100", **more},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def newer(tmp_path):
    """A wheel that holds a model of Amazon Connect with an operation more."""
    model = sdk_model_description("connect")
    added = {**model["operations"]["DeleteUser"], "name": "ForgetUser"}
    model["operations"]["ForgetUser"] = added
    model["shapes"]["User"]["members"]["Shoe"] = {"shape": "ARN"}
    path = tmp_path / "botocore" / "data" / "connect" / "2017-08-08" / "service-2.json.gz"
    path.parent.mkdir(parents=True)
    path.write_bytes(gzip.compress(json.dumps(model).encode()))
    return tmp_path / "botocore"


def test_what_is_packaged_beside_the_sdk_is_listed(terminal):
    shown = terminal("models")
    assert shown.exit_code == 0, shown.output
    assert "connect  2017-08-08, 405 operations" in shown.stdout
    assert "botocore, and what bulkops brings beside it" in shown.stdout
    (connect,) = [
        each
        for each in json.loads(terminal("models", "--output", "json").stdout)
        if each["service"] == "connect"
    ]
    assert "UpdateUserConfig" in connect["brought"]["operations"]
    assert "User.AutoAcceptConfigs" in connect["brought"]["members"]
    assert connect["brought"]["lost"] == []


def test_a_model_that_is_let_in_is_used_until_it_is_taken_out(tmp_path, newer):
    home = tmp_path / "home"
    home.mkdir()
    assert "no operation ForgetUser" in asked("jobs", "connect:ForgetUser", home=home).stderr
    added = asked("models", "add", newer, "--output", "json", home=home)
    assert added.returncode == 0, added.stderr
    (said,) = json.loads(added.stdout)["added"]
    assert said["operations"] == ["ForgetUser"]
    assert said["members"] == ["User.Shoe"]
    assert said["folder"] == str(home / ".aws/models/connect/2017-08-08")
    listed = asked("models", home=home).stdout
    assert f"from {newer}" in listed.replace("\n", " ")
    assert asked("jobs", "connect:ForgetUser", home=home).returncode == 0
    assert asked("models", "rm", "connect", home=home).returncode == 0
    assert "no operation ForgetUser" in asked("jobs", "connect:ForgetUser", home=home).stderr


def test_another_folder_is_used_by_aws_data_path(tmp_path, newer):
    added = asked("models", "add", newer, "--to", tmp_path / "mine", home=tmp_path)
    assert added.returncode == 0, added.stderr
    assert not (tmp_path / ".aws").exists()
    assert asked("jobs", "connect:ForgetUser", home=tmp_path).returncode == 3
    path = {"AWS_DATA_PATH": str(tmp_path / "mine")}
    shown = asked("jobs", "connect:ForgetUser", home=tmp_path, **path)
    assert "connect:ForgetUser" in shown.stdout


def test_what_brings_nothing_is_left_out(terminal, tmp_path):
    shown = terminal("models", "add", "botocore", "--service", "connect")
    assert shown.exit_code == 0, shown.output
    assert "brings nothing that is not known" in shown.stdout
    assert not (tmp_path / ".aws").exists()
    said = json.loads(
        terminal("models", "add", "botocore", "--service", "connect", "--output", "json").stdout
    )
    assert said["added"][0]["folder"] == ""


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("add",), "models add FILE"),
        (("rm",), "models rm SERVICE"),
        (("list", "connect"), "say `models`"),
        (("remove", "connect"), "say `models`"),
        (("add", "no-such-file.whl"), "no file, folder or installed package"),
        (("rm", "connect"), "has put no model of connect"),
    ],
)
def test_what_can_not_be_done_is_said(terminal, words, said):
    shown = terminal("models", *words)
    assert shown.exit_code == 2, shown.output
    assert said in " ".join(shown.output.split())


def test_without_newer_models_that_is_said(terminal, monkeypatch):
    monkeypatch.setattr("bulkops.aws.own_models.known_models", lambda: iter(()))
    assert "All models are those of the installed botocore" in terminal("models").stdout
