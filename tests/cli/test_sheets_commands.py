"""`template`, `export`, `check` with names, saved plans, `--on-exists`: as people type them."""

from __future__ import annotations

import json

import openpyxl
import pytest
from typer.testing import CliRunner

from bulkops.cli.app import app

MOVES = "update-user-routing-profiles"
PASSWORD = "Tulip-Harbour-27"


@pytest.fixture
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


def bulkops(*arguments, exit_code=0):
    """Run a command and return what it printed; its exit code must be the one expected."""
    done = CliRunner().invoke(app, [str(each) for each in arguments], env={"COLUMNS": "200"})
    assert done.exit_code == exit_code, f"{done.output}\n{done.exception!r}"
    return done.output


def write(path, text):
    path.write_text(text, encoding="utf-8")
    return path


def test_a_template_is_named_after_its_job_and_never_replaced_unasked(here):
    said = bulkops("template", MOVES)
    assert f"Written  {MOVES}.xlsx" in said
    assert "Target" not in said
    before = (here / f"{MOVES}.xlsx").read_bytes()
    assert "add --force" in bulkops("template", MOVES, exit_code=2)
    assert (here / f"{MOVES}.xlsx").read_bytes() == before
    bulkops("template", MOVES, "--force")


@pytest.mark.usefixtures("here")
def test_a_template_of_a_live_instance_says_whose_names_it_has():
    said = bulkops("template", MOVES, "--simulate", "-o", "new.xlsx")
    assert "Target   bulkops-demo (simulated)" in said
    assert openpyxl.load_workbook("new.xlsx")["Lists"]["B2"].value == "Basic Routing Profile"
    found = json.loads(bulkops("template", MOVES, "--simulate", "-o", "n.csv", "--output", "json"))
    assert found["file"] == "n.csv"
    assert found["targets"][0]["alias"] == "bulkops-demo"
    assert "name the file" in bulkops("template", MOVES, "-o", "new.pdf", exit_code=3)


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


def test_a_check_stays_offline_unless_a_target_is_given(here):
    sheet = write(here / "moves.csv", "username,routing_profile\nj.murphy,Biling\nzoe,Billing\n")
    assert "nothing wrong, as far as can be known offline" in bulkops("check", MOVES, sheet)
    assert not (here / "bulkops-runs").exists()
    said = bulkops("check", MOVES, sheet, "--simulate", exit_code=3)
    assert '"Biling" is not a routing profile of this instance. Did you mean "Billing"?' in said
    assert '"zoe" is not a user of this instance' in said
    right = write(here / "right.csv", "username,routing_profile\nj.murphy,Billing\n")
    assert "1 row: nothing wrong, names included." in bulkops("check", MOVES, right, "--simulate")


def test_a_check_shows_problems_of_cells_and_of_names_together(here):
    sheet = write(
        here / "new.csv",
        "username,password,first_name,last_name,security_profiles,routing_profile,acw_seconds\n"
        f"zoe,{PASSWORD},Zoe,Byrne,Agent,Biling,30\nyan,{PASSWORD},Yan,Byrne,Agent,Billing,soon\n",
    )
    said = bulkops("check", "create-users", sheet, "--simulate", exit_code=3)
    assert "2 problems" in said
    assert "Biling" in said
    assert "soon" in said
    assert PASSWORD not in said


def test_names_wait_until_the_sheet_as_a_whole_is_right(here):
    sheet = write(here / "moves.csv", "username,routing_profiel\nj.murphy,Biling\n")
    said = bulkops("check", MOVES, sheet, "--simulate", exit_code=3)
    assert "Names are looked up once" in said
    assert "Biling" not in said


@pytest.mark.usefixtures("here")
def test_problems_are_marked_in_a_copy():
    bulkops("export", MOVES, "--simulate", "-o", "moves.xlsx")
    book = openpyxl.load_workbook("moves.xlsx")
    book.active["B3"].value = "Biling"
    book.save("edited.xlsx")
    said = bulkops(
        "check", MOVES, "edited.xlsx", "--simulate", "--annotate", "marked.xlsx", exit_code=3
    )
    assert "Marked   marked.xlsx" in said
    marked = openpyxl.load_workbook("marked.xlsx")
    cell = marked[MOVES]["B3"]
    assert "Did you mean" in cell.comment.text
    assert cell.fill.fill_type == "solid"
    assert marked["Problems"]["D2"].value == "Biling"
    found = json.loads(
        bulkops(
            "check", MOVES, "edited.xlsx", "--simulate", "--annotate", "again.xlsx",
            "--output", "json", exit_code=3,
        )
    )  # fmt: skip
    assert [each["address"] for each in found["problems"]] == [f"{MOVES}!B3"]


def test_a_text_is_marked_in_a_workbook_and_standard_input_is_not(here):
    sheet = write(here / "moves.csv", "username,routing_profile\n,Billing\n")
    said = bulkops("check", MOVES, sheet, "--annotate", "marked.xlsx", exit_code=3)
    assert "moves.csv was copied as text" in said
    done = CliRunner().invoke(
        app, ["check", MOVES, "-", "--annotate", "in.xlsx"], input=sheet.read_text()
    )
    assert done.exit_code == 3
    assert "--annotate needs a sheet in a file" in done.output


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


def test_a_plan_is_written_as_a_table_too(here):
    sheet = write(here / "moves.csv", "username,routing_profile\nj.murphy,Billing\n")
    bulkops("plan", MOVES, sheet, "--simulate", "-o", "plan.xlsx")
    cells = [cell.value for cell in openpyxl.load_workbook("plan.xlsx").active[2]]
    assert "routing_profile: Basic Routing Profile → Billing" in cells
    assert "name the file" in bulkops("plan", MOVES, sheet, "-o", "plan.pdf", exit_code=3)


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
    assert "1 skip (there but different: left alone)" in bulkops("plan", "create-users", *flags)
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
