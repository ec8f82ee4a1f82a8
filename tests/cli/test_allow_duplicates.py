"""Two rows of one key, where each call acts anew and the person says that both are meant."""

from __future__ import annotations

import json

import pytest

import bulkops
from bulkops.problems import ProblemsFoundError
from tests.cli.shell import bulkops as command
from tests.cli.shell import write

TWICE = "--allow-duplicates"
GROUPS = "connect:CreateUserHierarchyGroup"


def test_equal_rows_are_refused_unless_both_are_meant(here):
    sheet = write(here / "topics.csv", "Name\ntopic\ntopic\n")
    said = command("check", "sns:CreateTopic", sheet, exit_code=3)
    assert "topic stands in row 2 already, with the same values" in said or "line" in said
    assert "If both are meant, add --allow-duplicates." in said
    assert "nothing wrong" in command("check", "sns:CreateTopic", sheet, TWICE)


def test_each_row_is_a_call_of_its_own_and_a_run_remembers_that_it_may_be(here):
    sheet = write(here / "groups.csv", "Name\nGalway\nGalway\n")
    said = command("plan", GROUPS, sheet, "--simulate", TWICE)
    assert f"2 of {GROUPS}" in said
    command("plan", GROUPS, sheet, "--simulate", TWICE, "-o", "groups.bulkplan")
    # the simulated service refuses the second one: each row has an answer of its own
    done = command("run", "groups.bulkplan", "--yes", exit_code=4)
    assert "1 succeeded" in done
    assert "1 failed" in done
    (folder,) = (each.parent for each in here.glob("bulkops-runs/*/ledger.sqlite"))
    told = json.loads(command("runs", folder.name, "--output", "json"))
    assert told
    assert "1 failed" in command("retry", folder.name, "--yes", exit_code=4)


def test_why_the_flag_is_no_help_is_said(here):
    rows = "user_id,routing_profile_id\nu,p\nu,p\n"
    sheet = write(here / "moves.csv", rows)
    said = command("check", "connect:UpdateUserRoutingProfile", sheet, TWICE, exit_code=3)
    assert "--allow-duplicates is no help: UpdateUserRoutingProfile sets values" in said


def test_programs_may_allow_them_too(here):
    sheet = write(here / "groups.csv", "Name\nGalway\nGalway\n")
    with pytest.raises(ProblemsFoundError):
        bulkops.plan(GROUPS, sheet, simulate=True)
    summary = bulkops.plan(GROUPS, sheet, simulate=True, allow_duplicates=True)
    assert sum(summary.totals.calls.values()) == 2


def test_a_changed_sheet_of_such_a_run_is_not_guessed_at(here):
    sheet = write(here / "groups.csv", "Name\nGalway\nGalway\n")
    command("run", GROUPS, sheet, "--simulate", TWICE, "--yes", exit_code=4)
    fixed = write(here / "fixed.csv", "Name\nGalway\n")
    said = command("retry", "--from", fixed, "--yes", exit_code=3)
    assert "is the key of several rows" in said
