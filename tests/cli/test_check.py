from __future__ import annotations

import json

import openpyxl
import pytest
from typer.testing import CliRunner

from bulkops.cli.app import app
from tests.cli.shell import bulkops, write

MOVES = "update-user-routing-profiles"
PASSWORD = "Tulip-Harbour-27"


def test_a_check_stays_offline_unless_a_target_is_given(here):
    sheet = write(here / "moves.csv", "username,routing_profile\nj.murphy,Biling\nzoe,Billing\n")
    assert "nothing wrong, as far as can be known offline" in bulkops("check", MOVES, sheet)
    assert not (here / "bulkops-runs").exists()
    said = bulkops("check", MOVES, sheet, "--simulate", exit_code=3)
    assert '"Biling" is not a routing profile of this instance. Did you mean "Billing"?' in said
    assert '"zoe" is not a user of this instance' in said
    right = write(here / "right.csv", "username,routing_profile\nj.murphy,Billing\n")
    assert "1 row: nothing wrong, names included." in bulkops("check", MOVES, right, "--simulate")


def test_a_check_says_where_the_problems_are_that_it_does_not_list(here):
    sheet = write(here / "moves.csv", "username,routing_profile\n" + "ana maria,\n" * 30)
    left = "more of this kind (all"
    assert f"{left} with --output json or --annotate)" in bulkops(
        "check", MOVES, sheet, exit_code=3
    )
    said = bulkops("check", MOVES, sheet, "--annotate", "marked.xlsx", exit_code=3)
    assert f"{left} in marked.xlsx)" in said


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


def test_an_annotated_copy_holds_no_password_whatever_its_header(here):
    head = "username,Kennwört,first_name,last_name,security_profiles,routing_profile\n"
    row = f"zoë,{PASSWORD},Zoë,Byrne,Agent,\n"
    (here / "new.csv").write_bytes((head + row).encode("cp1252"))
    words = (
        "check",
        "create-users",
        "new.csv",
        "--encoding",
        "cp1252",
        "--map",
        "Kennwört=Password",
    )
    said = bulkops(*words, "--annotate", "marked.xlsx", exit_code=3)
    assert "the copy lacks the secrets of the original: *** stands in Kennwört" in said
    cells = [cell.value for cell in openpyxl.load_workbook("marked.xlsx").worksheets[0][2]]
    assert cells[:3] == ["zoë", "***", "Zoë"]


def test_the_files_that_cells_name_lie_where_the_flag_says(here):
    (here / "flows").mkdir()
    (here / "flows" / "main.json").write_text("{}")
    (here / "sheet.csv").write_text("name,type,content\nMain,CONTACT_FLOW,@main.json\n")
    job = "connect:CreateContactFlow"
    assert "nothing wrong" in bulkops("check", job, "sheet.csv", "--files-dir", "flows")
    said = bulkops("check", job, "sheet.csv", exit_code=3)
    assert 'the file that "@main.json" names is not there' in said
