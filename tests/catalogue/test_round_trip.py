"""Each job of the catalogue on its sample, over HTTP: done, seen to be done, and taken back."""

from __future__ import annotations

import csv
import json
from contextlib import suppress
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bulkops.cli.app import app
from bulkops.cli.output import console
from bulkops.definition.catalogue import load, names
from bulkops.definition.verbs import verb
from bulkops.errors import JobError
from bulkops.planning.export_scope import wants_of
from bulkops.sim.core.simulation_config import SimConfig
from bulkops.sim.core.simulator import Simulator
from tests.catalogue.world_picture import picture
from tests.served import served

SAMPLES = Path(__file__).parents[2] / "samples"
ALIAS = "bulkops-demo"
PACE = ("--tps", "100", "--burst", "100", "--progress", "none")

every_job = pytest.mark.parametrize("name", names())


@pytest.fixture
def simulator():
    made = Simulator(SimConfig(speed=100))
    with served(made.config, made) as url:
        made.url = url
        yield made


@pytest.fixture
def bulkops(tmp_path, monkeypatch, simulator):
    """Run a command on the served instance; its JSON, once its exit code is the one expected."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    monkeypatch.delenv("AWS_PROFILE", raising=False)
    for variable in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(variable, "test")
    monkeypatch.setenv("AWS_REGION", "us-east-1")
    where = ("--endpoint-url", simulator.url, "--instance", ALIAS)

    def run(command, *words, exit_code=0):
        console.cache_clear()
        asked = (command, *words, *(() if command == "check" else where), "--output", "json")
        done = CliRunner().invoke(app, [str(word) for word in asked])
        assert done.exit_code == exit_code, f"{done.output}\n{done.exception!r}"
        return json.loads(done.stdout)

    return run


def _is_deed(job):
    """Whether a job has things done about which nothing can be looked up beforehand."""
    return all(step.subject is None for step in job.steps)


def _sent(plan):
    return {each["operation"]: each["calls"] for each in plan["calls"]}


def _comes_back(job):
    return not any(step.irreversible for step in job.steps)


def _rows(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def _run(bulkops, name):
    done = bulkops(
        "run", name, SAMPLES / f"{name}.csv", "--yes", "--confirm-instance", ALIAS, *PACE
    )
    assert done["rows"]["succeeded"], done["rows"]
    ended = done["rows"]["succeeded"] + done["rows"]["unchanged"]
    assert ended == sum(done["rows"].values()) == len(_rows(SAMPLES / f"{name}.csv"))


@every_job
def test_a_sample_is_carried_out_seen_to_be_so_and_taken_back(name, bulkops, simulator):
    job, sample = load(name).job, SAMPLES / f"{name}.csv"
    before = picture(simulator.world)
    assert bulkops("check", name, sample)["problems"] == []
    assert _sent(bulkops("plan", name, sample))
    _run(bulkops, name)
    if not _is_deed(job):
        assert _sent(bulkops("plan", name, sample)) == {}
    if _comes_back(job):
        bulkops("undo", "--yes", "--confirm-instance", ALIAS, *PACE)
        assert picture(simulator.world) == before


def _exported(*, removals):
    """Return the jobs that have something to export: those that remove it, or the others."""
    for name in names():
        job = load(name).job
        with suppress(JobError):  # it is about nothing that can be read
            wants_of(job)
            if removals is (verb(job.steps[0].operation) in ("delete", "disassociate")):
                yield name


@pytest.mark.parametrize("name", [*_exported(removals=False)])
def test_what_is_exported_asks_for_nothing(name, bulkops, tmp_path):
    _run(bulkops, name)
    bulkops("export", name, "-o", "there.csv", "--full")
    assert _rows(tmp_path / "there.csv")
    plan = bulkops("plan", name, "there.csv", "--on-exists", "update")
    assert _sent(plan) == {}, plan


@pytest.mark.parametrize("name", [*_exported(removals=True)])
def test_what_could_be_removed_is_exported(name, bulkops, tmp_path):
    bulkops("export", name, "-o", "there.csv", "--full")
    keys = load(name).job.key
    there = {tuple(row[key] for key in keys) for row in _rows(tmp_path / "there.csv")}
    meant = {tuple(row[key] for key in keys) for row in _rows(SAMPLES / f"{name}.csv")}
    assert meant <= there
