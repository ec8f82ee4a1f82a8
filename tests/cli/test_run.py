from __future__ import annotations

import csv

import pytest

from tests.cli.shell import bulkops, write

MOVES = "update-user-routing-profiles"
PASSWORD = "Tulip-Harbour-27"


def test_a_saved_plan_runs_once_and_then_says_what_moved(here):
    sheet = write(here / "moves.csv", "username,routing_profile\nj.murphy,Billing\n")
    said = bulkops("plan", MOVES, sheet, "--simulate", "-o", "moves.bulkplan")
    assert "Next     bulkops run moves.bulkplan" in said
    said = bulkops("run", "moves.bulkplan", "--yes", "--progress", "none")
    assert "1 succeeded" in said
    said = bulkops("run", "moves.bulkplan", "--yes", exit_code=8)
    assert "it was 1 update, and is now 1 none" in said
    write(sheet, "username,routing_profile\nm.silva,Billing\n")
    assert "has changed since" in bulkops("run", "moves.bulkplan", "--yes", exit_code=8)


@pytest.mark.usefixtures("here")
def test_a_saved_plan_says_all_of_what_is_run():
    for flags in (["--limit", "1"], ["--on-exists", "skip"]):
        said = bulkops("run", "moves.bulkplan", *flags, "--yes", exit_code=2)
        assert "plan anew to change that" in said
    assert "name the sheet to run the job on" in bulkops("run", MOVES, "--yes", exit_code=2)
    assert "There is no plan" in bulkops("run", "moves.bulkplan", "--yes", exit_code=2)


@pytest.fixture
def there(here):
    """Jane is there with another routing profile, Zoe is new."""
    head = "username,password,first_name,last_name,security_profiles,routing_profile\n"
    jane = f"j.murphy,{PASSWORD},Jane,Murphy,Agent,Billing\n"
    return write(here / "new.csv", f"{head}{jane}zoe,{PASSWORD},Zoe,Byrne,Agent,Billing\n")


def test_what_is_there_but_different_is_a_conflict_unless_told_otherwise(there):
    said = bulkops("plan", "create-users", there, "--simulate")
    assert "1 conflict (not sent: see the row)" in said
    assert "1 create" in said
    assert "there and differs: routing_profile: Basic Routing Profile → Billing" in said
    said = bulkops("run", "create-users", there, "--simulate", "--yes", exit_code=4)
    assert "1 succeeded" in said


def test_what_is_there_but_different_can_be_left_alone(there):
    flags = (there, "--simulate", "--on-exists", "skip")
    assert "1 skip (left alone, as asked)" in bulkops("plan", "create-users", *flags)
    said = bulkops("run", "create-users", *flags, "--yes")
    assert "1 succeeded" in said
    assert "1 skipped" in said
    bulkops("export", MOVES, "--simulate", "-o", "after.csv")
    assert "j.murphy,Basic Routing Profile" in there.with_name("after.csv").read_text("utf-8")


def test_what_is_there_but_different_can_be_brought_to_the_row(there):
    flags = (there, "--simulate", "--on-exists", "update")
    said = bulkops("plan", "create-users", *flags)
    assert "1 update" in said
    assert "1 of connect:UpdateUserRoutingProfile" in said
    assert "2 succeeded" in bulkops("run", "create-users", *flags, "--yes")
    bulkops("export", MOVES, "--simulate", "-o", "after.csv")
    assert "j.murphy,Billing" in there.with_name("after.csv").read_text("utf-8")


def test_what_an_operation_made_stands_in_the_results(here):
    sheet = write(here / "groups.csv", "Name\nGalway\nLimerick\n")
    bulkops("run", "connect:CreateUserHierarchyGroup", sheet, "--simulate", "--yes")
    (results,) = here.glob("bulkops-runs/*/results.csv")
    rows = list(csv.DictReader(results.read_text("utf-8-sig").splitlines()))
    ids = {row["bulkops_id"] for row in rows}
    assert len(ids) == 2
    assert all(row["bulkops_arn"].endswith(f"/agent-group/{row['bulkops_id']}") for row in rows)


def test_thousands_of_failures_are_counted_and_not_all_printed(here):
    none = "arn:aws:connect:us-east-1:123456789012:instance/i/agent/no-such"
    rows = "".join(f"{none}-{number},a=b\n" for number in range(28))
    sheet = write(here / "users.csv", f"resource_arn,tags\n{rows}")
    flags = ("--simulate", "--yes", "--progress", "plain")
    said = bulkops("run", "connect:TagResource", sheet, *flags, exit_code=4)
    assert said.count(": failed ResourceNotFoundException") == 25
    assert said.count("… more rows: they are counted from here on") == 1
    assert "28 failed" in said
    (failed,) = here.glob("bulkops-runs/*/failed.csv")
    assert len(failed.read_text("utf-8-sig").splitlines()) == 29
