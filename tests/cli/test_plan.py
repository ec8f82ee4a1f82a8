from __future__ import annotations

import json

import openpyxl

from tests.cli.shell import bulkops, write

MOVES = "update-user-routing-profiles"


def test_a_plan_is_written_as_a_table_too(here):
    sheet = write(here / "moves.csv", "username,routing_profile\nj.murphy,Billing\n")
    bulkops("plan", MOVES, sheet, "--simulate", "-o", "plan.xlsx")
    cells = [cell.value for cell in openpyxl.load_workbook("plan.xlsx").active[2]]
    assert "routing_profile: Basic Routing Profile → Billing" in cells
    assert "name the file" in bulkops("plan", MOVES, sheet, "-o", "plan.pdf", exit_code=3)


def test_an_exit_code_says_whether_something_would_change_where_that_is_asked_for(here):
    sheet = write(here / "moves.csv", "username,routing_profile\nj.murphy,Billing\n")
    words = ("plan", MOVES, sheet, "--simulate")
    bulkops(*words)
    assert "routing_profile" in bulkops(*words, "--detailed-exitcode", exit_code=20)
    found = json.loads(bulkops(*words, "--detailed-exitcode", "--output", "json", exit_code=20))
    assert found["actions"] == {"update": 1}
    bulkops("run", MOVES, sheet, "--simulate", "--yes")
    assert "1 none" in bulkops(*words, "--detailed-exitcode")


def test_of_rows_that_are_left_alone_as_asked_nothing_would_change_but_of_conflicts(here):
    rows = "username,password,first_name,last_name,security_profiles,routing_profile\n"
    sheet = write(here / "users.csv", f"{rows}j.murphy,Blue-Harbour-1,Ana,Diaz,Agent,Billing\n")
    words = ("plan", "create-users", sheet, "--simulate", "--detailed-exitcode", "--on-exists")
    assert "1 skip" in bulkops(*words, "skip")
    assert "1 conflict" in bulkops(*words, "fail", exit_code=20)


def test_a_plan_of_a_workbook_says_so_too(here):
    only = ("--only", "queues", "--simulate")
    bulkops("export", "-o", here / "centre.xlsx", *only)
    words = ("plan", here / "centre.xlsx", "--simulate", "--detailed-exitcode")
    bulkops(*words)
    book = openpyxl.load_workbook(here / "centre.xlsx")
    sheet = book["Queues"]
    headers = [cell.value for cell in sheet[1]]
    sheet.cell(2, headers.index("description") + 1).value = "Another one"
    book.save(here / "centre.xlsx")
    assert "1 update" in bulkops(*words, exit_code=20)
