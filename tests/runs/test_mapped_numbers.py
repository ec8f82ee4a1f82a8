"""A workbook whose numbers are another instance's, with a mapping of them."""

from __future__ import annotations

import csv

import openpyxl

from bulkops.errors import Exit
from bulkops.runs.undo import undo
from bulkops.targets.request import Anew, ConductChoice

THEIRS, OURS = "+35319999999", "+18005550142"
SHEETS = {
    "Queues": [
        ("queue", "hours_of_operation", "caller_id_number"),
        ("Night", "Basic Hours", THEIRS),
    ],
    "Numbers": [("phone_number", "description"), (THEIRS, "Line"), ("+35318888888", "Other")],
    "Mapping": [("kind", "source", "name", "target"), ("Phone number", "an-id", THEIRS, OURS)],
}


def written(path):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in SHEETS.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(path)
    return path


def told(outcome):
    with (outcome.folder / "results.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    return {(row["bulkops_sheet"], row["bulkops_key"]): row["bulkops_changes"] for row in rows}


async def test_numbers_are_those_of_the_mapping_and_what_is_not_there_is_passed_over(office):
    book = written(office.folder / "centre.xlsx")
    done = await office.run("workbook", book, on_exists="update")
    assert done.exit == Exit.DONE
    changes = told(done)
    assert changes["Queues", "Night"].endswith(f"caller_id_number: ∅ → {OURS}")
    assert changes["Numbers", THEIRS] == "description: ∅ → Line"
    assert changes["Numbers", "+35318888888"] == ""
    back = await undo(
        None,
        Anew(runs_dir=office.runs_dir),
        ConductChoice(),
        asker=office.answers,
        listener=office.listen,
        world=office.world,
    )
    assert back.exit == Exit.DONE
    assert told(back)["Numbers", THEIRS] == "description: Line → ∅"
