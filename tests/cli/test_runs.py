from __future__ import annotations

import json

import pytest


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
