from __future__ import annotations

import json

import pytest

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
