"""What is shown of a workbook: its sheets, and each row by its sheet and its number there."""

from __future__ import annotations

import json

import openpyxl
import pytest

from bulkops.cli.output import console
from tests.cli.shell import bulkops
from tests.reports.paper import csv_rows, values
from tests.runs.test_workbook_run import QUEUES, USERS, workbook

SHEETS = {"Users": [*USERS, ["j.murphy", "", "", "", "", "Billing"]], "Queues": QUEUES}


@pytest.fixture
def centre(here):
    return workbook(here, SHEETS)


def test_a_plan_counts_each_sheet_and_names_the_sheet_of_each_row(centre):
    shown = bulkops("plan", centre, "--simulate")
    lines = [line.split() for line in shown.splitlines()]
    assert ["Queues", "1", "create"] in lines
    assert ["Users", "2", "create,", "1", "update"] in lines
    assert ["Sheet", "Row", "Action", "Key", "Changes"] in lines
    assert ["Users", "4", "update", "j.murphy"] in [line[:4] for line in lines]
    told = json.loads(bulkops("plan", centre, "--simulate", "--output", "json"))
    assert told["sheets"] == {"Queues": {"create": 1}, "Users": {"create": 2, "update": 1}}


def test_a_plan_is_written_as_a_workbook_like_the_one_that_is_planned(centre):
    bulkops("plan", centre, "--simulate", "-o", "plan.xlsx")
    assert openpyxl.load_workbook("plan.xlsx").sheetnames == ["Queues", "Users"]
    header, *_, last = values("plan.xlsx", "Users")
    assert header[:7] == [*USERS[0], "bulkops_row"]
    assert last[0] == "j.murphy"
    assert last[6:9] == [4, "j.murphy", "update"]


def test_a_plan_as_one_table_names_the_sheets(centre, here):
    bulkops("plan", centre, "--simulate", "-o", "plan.csv")
    header, *rows = csv_rows(here / "plan.csv")
    assert header[:4] == ["bulkops_sheet", "bulkops_row", "bulkops_key", "bulkops_action"]
    assert [row[:2] for row in rows] == [
        ["Queues", "2"],
        ["Users", "2"],
        ["Users", "3"],
        ["Users", "4"],
    ]


def test_a_run_tells_rows_by_their_sheets(centre, here):
    shown = bulkops("run", centre, "--simulate", "--yes", "--canary", "2")
    assert "Queues row 2 Sales desk: succeeded" in shown
    assert "Users row 2 ana: succeeded" in shown
    run = next(here.glob("bulkops-runs/workbook-*")).name
    lines = [line.split() for line in bulkops("runs", run).splitlines()]
    assert ["Rows", "4", "succeeded"] in lines
    assert ["Users", "3", "succeeded"] in lines


def test_problems_of_all_sheets_are_marked_in_one_copy(here):
    queues = [QUEUES[0], ["Sales desk", "New", "Basic Hour"]]
    users = [USERS[0], ["ana", "", "Ana", "Núñez", "Agent", "Billing"]]
    centre = workbook(here, {"Users": users, "Queues": queues, "Notes": [["kept"]]})
    bulkops("check", centre, "--simulate", "--annotate", "marked.xlsx", exit_code=3)
    book = openpyxl.load_workbook("marked.xlsx")
    assert book.sheetnames == ["Users", "Queues", "Notes", "Problems"]
    assert book["Queues"]["C2"].comment is not None
    assert book["Users"]["B2"].comment is not None
    assert [cell.value for cell in book["Problems"]["A"]] == ["Place", "Queues!C2", "Users!B2"]


def test_a_plan_shows_rows_of_each_sheet_however_long_their_keys_are(here):
    long = [["Desk of everything that nobody else takes care of " + str(n)] for n in range(30)]
    queues = [QUEUES[0], *([key, "New", "Basic Hours"] for (key,) in long)]
    centre = workbook(here, {"Users": USERS, "Queues": queues})
    console.cache_clear()
    shown = bulkops("plan", centre, "--simulate", width=80).splitlines()
    console.cache_clear()
    assert max(len(line) for line in shown if line.startswith(("Queues ", "Users "))) <= 80
    assert sum(line.startswith("Queues ") for line in shown) == 12
    assert "description" in next(line for line in shown if line.startswith("Queues "))
    assert sum(line.startswith("Users ") for line in shown) == 2
    assert "… and 18 rows more" in shown
