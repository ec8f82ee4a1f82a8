from __future__ import annotations

import json
import re
import signal

import pytest

from bulkops.sim.core.simulator import Simulator
from tests.cli.shell import bulkops

MOVES = "update-user-routing-profiles"


@pytest.mark.usefixtures("here")
def test_an_export_says_how_to_go_on_and_that_line_works():
    said = bulkops("export", "create-users", "--simulate", "-o", "users.xlsx")
    assert "Written  users.xlsx: 4 rows, 4 calls" in said
    line = "bulkops plan create-users users.xlsx --on-exists update --simulate"
    assert f"Next     edit it, then {line}" in said
    assert "4 none (already so: no call)" in bulkops(*line.split()[1:])
    assert "add --force" in bulkops(
        "export", "create-users", "--simulate", "-o", "users.xlsx", exit_code=2
    )
    as_json = bulkops(
        "export", MOVES, "--simulate", "-o", "m.csv", "--output", "json", "--tps", "2"
    )
    found = json.loads(as_json)
    assert (found["path"], found["rows"], found["calls"]) == ("m.csv", 4, 2)
    said = bulkops("export", MOVES, "--simulate", "-o", "m.csv", "--force")
    assert f"then bulkops plan {MOVES} m.csv --simulate\n" in said


@pytest.mark.usefixtures("here")
def test_a_job_without_named_things_is_not_exported():
    said = bulkops("export", "connect:UpdateUserRoutingProfile", "-o", "x.csv", exit_code=3)
    assert "nothing to export" in said


@pytest.mark.usefixtures("here")
def test_without_a_job_the_whole_instance_is_exported_as_a_workbook():
    said = bulkops("export", "--simulate", "-o", "centre.xlsx", "--tps", "100")
    assert "Sheets   Hours 12, Holidays 3, " in said
    assert "ListUserProficiencies 4" in said
    assert 'see the sheet "Left out"' in said
    line = "bulkops plan centre.xlsx --simulate"
    assert f"Next     edit it, then {line}\n" in said
    rows = re.search(r"centre.xlsx: (\d+) rows", said)[1]
    assert f"{rows} none (already so: no call)" in bulkops(*line.split()[1:])
    few = ("--only", "users,Queue", "--no-full", "--output", "json")
    found = json.loads(bulkops("export", "--simulate", "-o", "few.xlsx", *few))
    assert found["rows"] == {"Queues": 7, "Users": 4}
    assert found["calls"]["SearchUsers"] == 1
    assert "DescribeUser" not in found["calls"]
    assert "it is of the rows of one JOB" in bulkops(
        "export", "--simulate", "-o", "x.xlsx", "--where", "queue=a", exit_code=2
    )
    assert "leave JOB out" in bulkops(
        "export", MOVES, "--simulate", "-o", "x.xlsx", "--only", "users", exit_code=2
    )
    assert 'Did you mean "Users"' in bulkops(
        "export", "--simulate", "-o", "x.xlsx", "--only", "usrs", exit_code=2
    )


@pytest.mark.usefixtures("here")
def test_where_the_reading_is_cut_off_it_is_said_how_to_go_on(monkeypatch):
    send, pressed = Simulator.send, []

    def cut(self, request, now):
        if request.operation == "ListUserProficiencies" and not pressed:
            pressed.append("Ctrl-C")
            signal.raise_signal(signal.SIGINT)
        return send(self, request, now)

    with monkeypatch.context() as patched:
        patched.setattr(Simulator, "send", cut)
        said = bulkops("export", "--simulate", "-o", "centre.xlsx", "--tps", "9", exit_code=130)
    assert "what was read is in centre.xlsx.partial: give the same command again" in said
    said = bulkops("export", "--simulate", "-o", "centre.xlsx", "--tps", "100")
    assert "Note     Gone on with what an earlier attempt has left" in said
