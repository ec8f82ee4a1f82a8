"""The wheel holds what the tree holds, and nothing else."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
DATA = {".json", ".sql", ".html", ".typed", ".csv"}


def tracked():
    listed = subprocess.run(
        ["git", "ls-files", "bulkops", "jobs"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if listed.returncode:
        pytest.skip("not a git checkout")
    for name in listed.stdout.splitlines():
        path = Path(name)
        if path.suffix == ".py" or path.suffix in DATA or path.name == "py.typed":
            yield name if name.startswith("bulkops/") else f"bulkops/{name}"


@pytest.mark.process
def test_the_wheel_holds_what_the_tree_holds(tmp_path):
    pytest.importorskip("build")
    command = [sys.executable, "-m", "build", "--wheel", "--outdir", tmp_path, ROOT]
    subprocess.run(command, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    names = {
        name
        for name in zipfile.ZipFile(wheel).namelist()
        if not name.split("/")[0].endswith(".dist-info")
    }
    assert names == set(tracked())


def test_every_package_of_the_tree_is_listed():
    import tomllib

    listed = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["setuptools"]["packages"]
    rooms = {"bulkops", "bulkops.jobs"} | {
        f"bulkops.{path.parent.name}" for path in (ROOT / "bulkops").glob("*/__init__.py")
    }
    assert set(listed) == rooms
