"""What a command costs before it has done much: its help, 25 rows, a list."""

from __future__ import annotations

import csv

from tests.benchmarks.speed.scene import Scene, measure

ROWS = 25


def users(scene: Scene) -> str:
    """Write new users after the sample's, and return the file's name."""
    sample = scene.repository / "samples" / "create-users.csv"
    with sample.open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    with (scene.folder / "new.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(header)
        for number in range(ROWS):
            row = dict(zip(header, rows[number % len(rows)], strict=True))
            writer.writerow({**row, "username": f"agent{number:03}"}.values())
    return "new.csv"


def finished(scene: Scene) -> None:
    """Carry out a simulated run of a few rows, for what tells of runs."""
    scene.bulkops("run", "create-users", users(scene), "--simulate", "--yes", "--limit", "3")


@measure("bulkops --help", unit="CPU s", goal=0.2)
def help_of_all(scene: Scene) -> float:
    return scene.bulkops("--help").cpu_seconds


@measure("bulkops check --help", unit="CPU s", goal=0.25)
def help_of_check(scene: Scene) -> float:
    return scene.bulkops("check", "--help").cpu_seconds


@measure("bulkops run --help", unit="CPU s", goal=0.25)
def help_of_run(scene: Scene) -> float:
    return scene.bulkops("run", "--help").cpu_seconds


@measure("bulkops simulator --help", unit="CPU s", goal=0.25)
def help_of_simulator(scene: Scene) -> float:
    return scene.bulkops("simulator", "--help").cpu_seconds


@measure("bulkops jobs", unit="CPU s", goal=0.3)
def jobs(scene: Scene) -> float:
    return scene.bulkops("jobs").cpu_seconds


@measure("bulkops jobs create-users", unit="CPU s")
def one_job(scene: Scene) -> float:
    return scene.bulkops("jobs", "create-users").cpu_seconds


@measure("check of 25 rows", unit="CPU s", goal=0.35)
def check(scene: Scene) -> float:
    return scene.bulkops("check", "create-users", users(scene)).cpu_seconds


@measure("plan --simulate of 25 rows", unit="CPU s", goal=0.6)
def plan(scene: Scene) -> float:
    return scene.bulkops("plan", "create-users", users(scene), "--simulate").cpu_seconds


@measure("run --simulate of 25 rows", unit="CPU s")
def run(scene: Scene) -> float:
    words = ("run", "create-users", users(scene), "--simulate", "--yes", "--progress", "none")
    return scene.bulkops(*words).cpu_seconds


@measure("bulkops template JOB, .csv", unit="CPU s")
def template(scene: Scene) -> float:
    return scene.bulkops("template", "create-users", "--out", "empty.csv").cpu_seconds


@measure("bulkops policy JOB", unit="CPU s")
def policy(scene: Scene) -> float:
    return scene.bulkops("policy", "create-users").cpu_seconds


@measure("bulkops quotas", unit="CPU s")
def quotas(scene: Scene) -> float:
    return scene.bulkops("quotas").cpu_seconds


@measure("bulkops runs", unit="CPU s")
def runs(scene: Scene) -> float:
    finished(scene)
    return scene.bulkops("runs").cpu_seconds


@measure("bulkops report", unit="CPU s")
def report(scene: Scene) -> float:
    finished(scene)
    return scene.bulkops("report").cpu_seconds


@measure("bulkops resume of a run that is over", unit="CPU s")
def resume(scene: Scene) -> float:
    finished(scene)
    return scene.bulkops("resume").cpu_seconds


@measure("bulkops retry of nothing", unit="CPU s")
def retry(scene: Scene) -> float:
    finished(scene)
    return scene.bulkops("retry", "--yes").cpu_seconds


@measure("bulkops undo of 3 rows", unit="CPU s")
def undo(scene: Scene) -> float:
    finished(scene)
    return scene.bulkops("undo", "--yes", expect=None).cpu_seconds
