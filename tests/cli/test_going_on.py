"""Runs that are gone on with, tried again and taken back, as people type it."""

from __future__ import annotations

import json

import pytest

from tests.cli.shell import bulkops, write

MOVES = "update-user-routing-profiles"
TEXT = "username,routing_profile\nj.murphy,Billing\nm.silva,Support Tier 1\n"
QUIET = ("--progress", "none")


@pytest.fixture
def done(here):
    """Carry out two moves, and return the run's id."""
    sheet = write(here / "moves.csv", TEXT)
    said = bulkops("run", MOVES, sheet, "--simulate", "--yes", "--output", "json", *QUIET)
    return json.loads(said)["run"]


def test_a_finished_run_has_nothing_left(done):
    said = bulkops("resume", *QUIET)
    assert f"{done} has nothing left to go on with." in said
    assert "2 succeeded, 2 total" in said
    assert "Time" not in said


def test_an_undo_is_done_once_and_the_run_is_said_to_be_undone(done):
    assert "2 succeeded" in bulkops("undo", "--yes", *QUIET)
    said = bulkops("undo", *QUIET)
    assert f"{done} is already undone by undo-{MOVES}-" in said
    assert "2 undone" in said
    told = json.loads(bulkops("undo", done, "--output", "json", *QUIET))
    assert (told["exit"], told["rows"]["undone"]) == (0, 2)
    assert f"{done} is already undone by" in told["note"]
    assert "undone" in bulkops("runs", done)
    assert "Next" not in bulkops("runs", done)


def test_nothing_is_tried_again_unasked_and_nothing_to_be_tried_needs_no_answer(here, done):
    assert "No row of" in bulkops("retry", *QUIET)
    head = "username,password,first_name,last_name,security_profiles,routing_profile\n"
    there = write(here / "new.csv", f"{head}j.murphy,Tulip-Harbour-27,Jo,Murphy,Agent,Billing\n")
    bulkops("run", "create-users", there, "--yes", "--simulate", *QUIET, exit_code=4)
    said = bulkops("retry", *QUIET, exit_code=4)
    assert "the plan sent nothing for it (already-exists)" in said
    moved = write(here / "moved.csv", there.read_text().replace("j.murphy", "J.MURPHY"))
    said = bulkops("retry", "--from", moved, *QUIET, exit_code=4)
    assert "nothing is sent for it" in said
    assert done


def test_what_is_left_of_a_run_that_was_taken_back_needs_a_yes(here):
    rows = "".join(f"u{n},Tulip-Harbour-27,U,V,Agent,Billing\n" for n in range(9))
    head = "username,password,first_name,last_name,security_profiles,routing_profile\n"
    sheet = write(here / "new.csv", head + rows)
    flags = ("--simulate", "--yes", "--max-duration", "1s", *QUIET)
    bulkops("run", "create-users", sheet, *flags, exit_code=10)
    assert "This takes back what create-users-" in bulkops("undo", "--yes", *QUIET)
    (run,) = here.glob("bulkops-runs/create-users-*")
    said = bulkops("resume", run.name, *QUIET, exit_code=2)
    assert "resume asks before it sends anything, and there is no terminal to ask on" in said
    said = bulkops("resume", run.name, "--yes", *QUIET)
    assert f"{run.name} was taken back by undo-create-users-" in said
    assert "undone" in said


def test_a_changed_sheet_is_accepted_row_by_row(here):
    rows = [f"u{n},Tulip-Harbour-27,U,V,Agent,Billing\n" for n in range(9)]
    head = "username,password,first_name,last_name,security_profiles,routing_profile\n"
    sheet = write(here / "new.csv", head + "".join(rows))
    flags = ("--simulate", "--yes", "--max-duration", "1s", *QUIET)
    bulkops("run", "create-users", sheet, *flags, exit_code=10)
    write(sheet, head + "".join(rows[:-2]) + rows[-1].replace("Billing", "Sales EMEA"))
    assert "add --accept-changed" in bulkops("resume", *QUIET, exit_code=8)
    said = bulkops("resume", "--accept-changed", *QUIET, exit_code=2)
    assert "Note     row 10 u8: routing_profile: Billing → Sales EMEA; it is planned anew" in said
    assert "Note     row 9 u7 is not in the sheet any more: it is left pending" in said
    said = bulkops("resume", "--accept-changed", "--yes", *QUIET, exit_code=5)
    assert "1 row planned anew, 1 held back" in said
    assert "8 succeeded, 1 pending, 9 total" in said
    assert "1 row left pending: not in the sheet any more." in said
