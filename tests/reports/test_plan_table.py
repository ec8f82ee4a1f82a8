from __future__ import annotations

import pytest

from bulkops.errors import SheetError
from bulkops.planning.plan import Action, Change, PlannedRow
from bulkops.problems import Address, Problem
from bulkops.reports.plan_table import COLOURS, write_plan
from bulkops.reports.result_columns import SheetColumns
from bulkops.sheets.output.styles import FILLS
from tests.reports.paper import colour, csv_rows, sheet_rows, values

HEADERS = ("Login", "bulkops_action", "Profile")
COLUMNS = [
    "Login", "Profile", "bulkops_row", "bulkops_key", "bulkops_action", "bulkops_changes",
    "bulkops_problem",
]  # fmt: skip


def planned(number, action, **more):
    cells = ("=ana", "old", "Sales")
    return PlannedRow(number=number, key="ana", target="", action=action, cells=cells, **more)


ROWS = [
    planned(
        2,
        Action.UPDATE,
        changes=(Change(field="profile", old="", new="Sales"), Change(field="a", old="1", new="2")),
    ),
    planned(
        3,
        Action.CONFLICT,
        problem=Problem(
            code="exists", message="is there already", address=Address(file="a.csv", row=3)
        ),
    ),
]
CHANGES = "profile: ∅ → Sales; a: 1 → 2"


def test_a_plan_as_csv_holds_the_original_columns_and_what_would_be_done(tmp_path):
    path = tmp_path / "plan.CSV"
    assert write_plan(path, SheetColumns.alone(HEADERS), iter(ROWS)) == path
    assert csv_rows(path) == [
        COLUMNS,
        ["'=ana", "Sales", "2", "ana", "update", CHANGES, ""],
        ["'=ana", "Sales", "3", "ana", "conflict", "", "line 3: is there already"],
    ]


def test_a_plan_as_a_workbook_is_coloured_by_action(tmp_path):
    write_plan(tmp_path / "plan.xlsx", SheetColumns.alone(HEADERS), ROWS)
    assert values(tmp_path / "plan.xlsx", "Plan") == [
        COLUMNS,
        ["=ana", "Sales", 2, "ana", "update", CHANGES, None],
        ["=ana", "Sales", 3, "ana", "conflict", None, "line 3: is there already"],
    ]
    _, update, conflict = sheet_rows(tmp_path / "plan.xlsx", "Plan")
    assert [colour(cell) for cell in update] == ["", "", *[FILLS["pending"]] * 5]
    assert [colour(cell) for cell in conflict] == ["", "", *[FILLS["unknown"]] * 5]


def test_every_action_has_a_colour_that_workbooks_know():
    assert set(COLOURS) == set(Action)
    assert set(COLOURS.values()) <= set(FILLS)


@pytest.mark.parametrize("name", ["plan.csv", "plan.xlsx"])
def test_a_plan_that_fails_half_way_leaves_the_earlier_one_whole(tmp_path, name):
    path = tmp_path / name
    write_plan(path, SheetColumns.alone(HEADERS), ROWS)
    before = path.read_bytes()

    def rows():
        yield ROWS[0]
        raise OSError(28, "No space left on device")

    with pytest.raises(SheetError, match=f"{name} can't be written: No space left on device"):
        write_plan(path, SheetColumns.alone(HEADERS), rows())
    assert path.read_bytes() == before
    assert [file.name for file in tmp_path.iterdir()] == [name]
