from __future__ import annotations

import json

import openpyxl
import pytest

from tests.cli.shell import bulkops

MOVES = "update-user-routing-profiles"


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


def test_without_a_job_the_template_is_a_workbook_with_a_sheet_for_each_kind(here):
    said = bulkops("template")
    assert "Written  centre.xlsx" in said
    assert "bulkops check centre.xlsx" in said
    assert openpyxl.load_workbook(here / "centre.xlsx").sheetnames[:2] == ["Hours", "Holidays"]
    bulkops("template", "-o", "few.xlsx", "--only", "users")
    assert openpyxl.load_workbook("few.xlsx").sheetnames[0] == "Users"
    assert "leave JOB out" in bulkops("template", MOVES, "--only", "users", exit_code=2)
    assert "The sheets are Hours" in bulkops("template", "-o", "x.xlsx", "--only", "x", exit_code=2)
