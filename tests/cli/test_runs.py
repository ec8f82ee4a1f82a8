from __future__ import annotations

import json

import pytest

from bulkops.cli.output import console


@pytest.mark.usefixtures("credentials")
@pytest.mark.process
def test_runs_are_listed_shown_reported_and_removed(terminal, samples, sim):
    words = ("--endpoint-url", sim.url, "--yes", "--output", "json", "--progress", "none")
    done = terminal("run", "create-users", samples / "create-users.csv", *words, "--tps", "100")
    assert done.exit_code == 0, done.stderr
    run = json.loads(done.stdout)["run"]
    (line,) = json.loads(terminal("runs", "--output", "json").stdout)
    assert (line["run"], line["state"], line["succeeded"]) == (run, "completed", 25)
    assert f"Run      {run}" in terminal("runs", run[:20]).stdout
    assert "report.html" in terminal("report", run).stdout
    assert terminal("runs", "rm", run).exit_code == 0
    assert json.loads(terminal("runs", "--output", "json").stdout) == []


def test_a_folder_for_runs_that_is_none_is_said_in_a_sentence(terminal, samples):
    (terminal.folder / "a-file").write_text("somebody's own")
    (terminal.folder / "a-link").symlink_to("nowhere")
    moves = samples / "update-user-routing-profiles.csv"
    commands = (
        ("run", "update-user-routing-profiles", moves, "--simulate", "--yes"),
        ("resume",),
        ("undo", "--yes"),
        ("report",),
        ("runs",),
        ("runs", "rm", "last"),
    )
    for place in ("a-file", "a-link"):
        for command in commands:
            done = terminal(*command, "--runs-dir", place)
            said = done.stderr.splitlines()
            assert (done.exit_code, len(said)) == (2, 1), (command, done.stderr)
            assert said[0].startswith(f"bulkops: Runs can't be kept in {place}: it is a ")
    assert not (terminal.folder / "nowhere").exists()


def test_nothing_in_particular_is_not_removed(terminal):
    done = terminal("runs", "rm")
    assert done.exit_code == 2
    assert "Name the runs that are to be removed" in done.stderr


@pytest.mark.parametrize("width", ["80", "200"])
def test_no_part_of_a_run_is_broken_over_lines(terminal, samples, monkeypatch, width):
    name = "create-hours-of-operation-overrides"
    assert terminal("run", name, samples / f"{name}.csv", "--simulate", "--yes").exit_code == 0
    monkeypatch.setenv("COLUMNS", width)
    console.cache_clear()
    lines = terminal("runs").stdout.splitlines()
    assert any("succeeded" in line and "completed" in line for line in lines)
    assert any(line.startswith(f"{name}-") for line in lines)
    assert lines[0].startswith("Run " if width == "200" else name)
