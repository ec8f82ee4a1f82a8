"""Every command that the README shows is run, one after another, as a reader would."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from bulkops.errors import Exit
from bulkops.sim.core.simulation_config import InstanceConfig, SimConfig
from tests.served import served

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
SET_UP = "python3 -m venv"


def blocks(language):
    return re.findall(rf"```{language}\n(.*?)```", README, re.DOTALL)


def commands():
    lines = [line for block in blocks("sh") for line in block.splitlines() if line.strip()]
    return [line for line in lines if not line.startswith(SET_UP)]


@pytest.fixture
def reader(tmp_path):
    """Return a function that runs a command in a folder with the samples, as on an account."""
    shutil.copytree(ROOT / "samples", tmp_path / "samples")
    scripts = Path(sys.executable).parent
    with served(SimConfig(instances=(InstanceConfig(alias="acme"),), speed=50)) as url:
        environment = {
            "PATH": f"{scripts}{os.pathsep}{os.environ['PATH']}",
            "HOME": str(tmp_path),
            "AWS_ENDPOINT_URL": url,
            "AWS_ACCESS_KEY_ID": "test",
            "AWS_SECRET_ACCESS_KEY": "test",
            "AWS_REGION": "us-east-1",
        }

        def read(command):
            return subprocess.run(  # noqa: S602  # the README's own lines
                command,
                shell=True,
                cwd=tmp_path,
                env=environment,
                stdin=subprocess.DEVNULL,
                capture_output=True,
                text=True,
                timeout=120,
                check=False,
            )

        yield read


@pytest.mark.process
def test_every_command_of_the_readme_works(reader):
    shown = commands()
    assert len(shown) > 15
    for command in shown:
        done = reader(command)
        assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"


@pytest.mark.process
def test_the_python_of_the_readme_works(reader, tmp_path):
    for number, block in enumerate(blocks("python")):
        script = tmp_path / f"readme{number}.py"
        script.write_text(block, encoding="utf-8")
        done = reader(f"{sys.executable} {script}")
        assert done.returncode == 0, f"{block}\n{done.stderr}"


def test_both_set_up_commands_are_one_line_each():
    marked = [line for block in blocks("sh") for line in block.splitlines() if SET_UP in line]
    assert len(marked) == 2
    assert "bulkops run create-users samples/create-users.xlsx --simulate" in marked[0]
    assert marked[1].endswith("-m pytest -n auto")


def test_the_exit_codes_are_those_that_the_errors_know():
    table = README.split("## Exit codes")[1].split("\n## ")[0]
    codes = [
        int(code)
        for line in table.splitlines()
        if line.startswith("|")
        for code in re.findall(r"\d+", line.split("|")[1])
    ]
    assert codes == [code.value for code in Exit]
