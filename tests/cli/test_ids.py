"""Ids and ARNs in the place of names, from the sheet to the results and back."""

from __future__ import annotations

import csv

from tests.cli.shell import bulkops, write

MOVES = "update-user-routing-profiles"
HEAD = "username,routing_profile\n"


def results(here):
    """Return the rows of the newest run's results."""
    newest = max(here.glob("bulkops-runs/*/results.csv"), key=lambda path: path.stat().st_mtime_ns)
    return list(csv.DictReader(newest.read_text("utf-8-sig").splitlines()))


def test_ids_and_arns_are_taken_for_names_and_what_is_done_is_said_in_names(here):
    sheet = write(here / "a.csv", f"{HEAD}j.murphy,Billing\n")
    bulkops("run", MOVES, sheet, "--simulate", "--yes")
    (row,) = results(here)
    by_id = write(here / "b.csv", f"{HEAD}{row['bulkops_id']},Basic Routing Profile\n")
    bulkops("run", MOVES, by_id, "--simulate", "--yes")
    (done,) = results(here)
    assert done["bulkops_changes"] == "routing_profile: Billing → Basic Routing Profile"
    bulkops("undo", "--yes")
    by_arn = write(here / "c.csv", f"{HEAD}{row['bulkops_arn']},Billing\n")
    assert "1 none (already so" in bulkops("plan", MOVES, by_arn, "--simulate")
    both = write(here / "d.csv", f"{HEAD}{row['bulkops_arn']},Billing\nj.murphy,Billing\n")
    assert "written otherwise" in bulkops("plan", MOVES, both, "--simulate", exit_code=3)
    queue = row["bulkops_arn"].replace("/agent/", "/queue/")
    wrong = write(here / "e.csv", f"{HEAD}{queue},{row['bulkops_id'][:-4]}0000\n")
    said = bulkops("check", MOVES, wrong, "--simulate", exit_code=3)
    assert "is the ARN of a queue, not a user" in said
    assert '0000" is not a routing profile of this instance' in said


def test_what_is_deleted_by_its_id_is_kept_before(here):
    sheet = write(here / "a.csv", f"{HEAD}j.murphy,Billing\n")
    bulkops("run", MOVES, sheet, "--simulate", "--yes")
    (row,) = results(here)
    doomed = write(here / "gone.csv", f"username\n{row['bulkops_id']}\n")
    flags = ("--simulate", "--yes", "--confirm-instance", "bulkops-demo")
    assert "1 succeeded" in bulkops("run", "delete-users", doomed, *flags)
    (before,) = here.glob("bulkops-runs/*/before.csv")
    assert "j.murphy" in before.read_text("utf-8-sig")
