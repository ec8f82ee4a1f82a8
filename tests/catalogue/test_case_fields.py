"""Sheets whose columns are the fields of a Cases domain: made, changed, emptied, taken back."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import openpyxl
import pytest
from typer.testing import CliRunner

from bulkops.cli.app import app
from bulkops.cli.output import console

MADE = """case_template,title,Order number,amount,Escalated,Due,Receipt,Owner,Product
General enquiry,One,A-1,12.5,yes,2026-03-01T10:00Z,https://example.com/r,j.murphy,Phone
General enquiry,Two,A-2,,,,,,tablet
"""
CHANGED = """case,title,Amount,Order number,Owner,Escalated,Product,status
10000001,,99.5,(clear),m.silva,yes,phone,
Order number=A-1002,Title two,,,,,CLEAR!,closed
"""


@pytest.fixture
def bulkops(tmp_path, monkeypatch):
    """Run a command on a kept simulation; its JSON, once its exit code is the one expected."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))

    def run(*words, exit_code=0, text=""):
        console.cache_clear()
        (tmp_path / "sheet.csv").write_text(text or CHANGED, encoding="utf-8")
        asked = (*words, "--simulate", "--output", "json")
        done = CliRunner().invoke(app, [str(word) for word in asked])
        assert done.exit_code == exit_code, f"{done.output}\n{done.exception!r}"
        return json.loads(done.stdout)

    return run


def ran(bulkops, job, text=""):
    return bulkops(
        "run", job, "sheet.csv", "--yes", "--tps", "99", "--burst", "99", "--progress", "none",
        text=text,
    )  # fmt: skip


def undone(bulkops):
    return bulkops("undo", "--yes", "--tps", "99", "--burst", "99", "--progress", "none")


def changes(done):
    (results,) = [each for each in done["files"] if each.endswith("results.csv")]
    with Path(results).open(encoding="utf-8-sig", newline="") as file:
        return [row["bulkops_changes"] for row in csv.DictReader(file)]


def problems(found):
    return [each["message"] for each in found["problems"]]


def test_fields_are_changed_by_their_names_and_come_back(bulkops):
    first, second = (each.split("; ") for each in changes(ran(bulkops, "update-cases")))
    assert first == [
        *("Order number: A-1001 → ∅", "Amount: 40.0 → 99.5", "Escalated: no → yes"),
        *("Owner: ∅ → m.silva", "Product: ∅ → phone"),
    ]
    assert second == [
        *("title: Broken on arrival → Title two", "status: open → closed", "Product: tablet → ∅"),
    ]
    assert bulkops("plan", "update-cases", "sheet.csv")["actions"] == {"none": 2}
    assert undone(bulkops)["rows"]["succeeded"] == 2
    assert bulkops("plan", "update-cases", "sheet.csv")["actions"] == {"update": 2}


def test_cases_are_made_with_fields_of_every_type(bulkops):
    assert ran(bulkops, "create-cases", MADE)["rows"]["succeeded"] == 2
    found = "case,Due,Receipt\nOrder number=A-1,2026-03-01T11:00+01:00,https://example.com/r\n"
    assert bulkops("plan", "update-cases", "sheet.csv", text=found)["actions"] == {"none": 1}
    assert undone(bulkops)["rows"]["succeeded"] == 2
    gone = bulkops("plan", "update-cases", "sheet.csv", text=found, exit_code=3)
    assert problems(gone) == ['"Order number=A-1" is not a case of this instance']


def test_what_is_wrong_with_a_field_is_said_of_its_cell(bulkops):
    bad = "case_template,title,Ordr number,amount,Product\nComplaint,One,A-1,twelve,Pager\n"
    found = problems(bulkops("plan", "create-cases", "sheet.csv", text=bad, exit_code=3))
    assert found == [
        '"Ordr number" is not a column of create-cases',
        '"twelve" is not a number; allowed: digits and a point, such as 2.5',
        '"Pager" is not one of the values allowed: phone, tablet',
    ]
    nobody = "case,Owner\n10000001,nobody\nColour=red,j.murphy\n"
    found = problems(bulkops("plan", "update-cases", "sheet.csv", text=nobody, exit_code=3))
    assert found == [
        '"nobody" is not a user of this instance',
        '"Colour=red" is not a case of this instance',
    ]
    assert bulkops("check", "update-cases", "sheet.csv", text=nobody, exit_code=3)


def test_a_saved_plan_is_carried_out_with_the_fields_that_it_was_made_with(bulkops):
    bulkops("plan", "update-cases", "sheet.csv", "-o", "saved.bulkplan")
    done = bulkops("run", "saved.bulkplan", "--yes", "--progress", "none")
    assert done["rows"]["succeeded"] == 2
    assert bulkops("resume", "--progress", "none")["rows"]["succeeded"] == 2


def test_without_a_target_the_names_of_fields_are_not_judged(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "sheet.csv").write_text(CHANGED, encoding="utf-8")
    console.cache_clear()
    done = CliRunner().invoke(app, ["check", "update-cases", "sheet.csv", "--output", "json"])
    assert (done.exit_code, json.loads(done.stdout)["problems"]) == (0, [])


def test_what_is_exported_has_the_fields_as_columns_and_asks_for_nothing(bulkops, tmp_path):
    ran(bulkops, "update-cases")
    bulkops("export", "update-cases", "-o", "there.csv", "--where", "Product=phone")
    with (tmp_path / "there.csv").open(encoding="utf-8-sig", newline="") as file:
        (row,) = csv.DictReader(file)
    assert (row["case"], row["Amount"], row["Owner"]) == ("10000001", "99.5", "m.silva")
    assert (row["Order number"], row["status"], row["Product"]) == ("", "open", "phone")
    assert "Reference number" not in row
    there = (tmp_path / "there.csv").read_text(encoding="utf-8-sig")
    assert bulkops("plan", "update-cases", "sheet.csv", text=there)["actions"] == {"none": 1}


def test_a_template_has_the_fields_as_columns(bulkops, tmp_path):
    bulkops("template", "create-cases", "-o", "new.csv")
    headers = (tmp_path / "new.csv").read_text(encoding="utf-8-sig").strip().split(",")
    assert headers[:2] == ["case_template", "title"]
    assert {"Order number", "Case reason", "Owner"} <= {*headers}


def test_a_workbook_offers_the_options_of_a_field(bulkops, tmp_path):
    bulkops("template", "create-cases", "-o", "new.xlsx")
    book = openpyxl.load_workbook(tmp_path / "new.xlsx")
    places = [each.attr_text for each in book.defined_names.values()]
    offered = [[cell.value for (cell,) in _cells(book, place)] for place in places]
    assert ["open", "closed"] in offered
    assert ["phone", "tablet"] in offered


def _cells(book, place):
    sheet, _, area = place.replace("'", "").replace("$", "").partition("!")
    return book[sheet][area]
