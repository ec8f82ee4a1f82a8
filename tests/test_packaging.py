"""The wheel holds what the tree holds, and nothing else."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
DATA = {".json", ".gz", ".zip", ".sql", ".html", ".typed", ".csv"}


def listed(*folders):
    asked = ["git", "ls-files", *folders]
    done = subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip("not a git checkout")
    return [name for name in done.stdout.splitlines() if (ROOT / name).exists()]


def packaged():
    """Return the names under which the tree's modules and data stand in a wheel."""
    for name in listed("bulkops", "jobs"):
        if Path(name).suffix == ".py" or Path(name).suffix in DATA or name.endswith("py.typed"):
            yield name if name.startswith("bulkops/") else f"bulkops/{name}"


@pytest.mark.process
def test_the_wheel_holds_what_the_tree_holds(tmp_path):
    pytest.importorskip("build.__main__")
    for name in listed():
        copy = tmp_path / "tree" / name
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / name, copy)
    command = [sys.executable, "-m", "build", "--wheel", "--outdir", tmp_path, tmp_path / "tree"]
    subprocess.run(command, check=True, capture_output=True, cwd=tmp_path)
    (wheel,) = tmp_path.glob("*.whl")
    names = {
        name
        for name in zipfile.ZipFile(wheel).namelist()
        if not name.split("/")[0].endswith(".dist-info")
    }
    assert names == set(packaged())


def test_every_package_of_the_tree_is_listed():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    rooms = {"bulkops", "bulkops.jobs"} | {
        ".".join(path.parent.relative_to(ROOT).parts)
        for path in (ROOT / "bulkops").rglob("__init__.py")
    }
    assert set(project["tool"]["setuptools"]["packages"]) == rooms
