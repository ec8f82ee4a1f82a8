from __future__ import annotations

import openpyxl

from tests.cli.shell import bulkops, write

MOVES = "update-user-routing-profiles"


def test_a_plan_is_written_as_a_table_too(here):
    sheet = write(here / "moves.csv", "username,routing_profile\nj.murphy,Billing\n")
    bulkops("plan", MOVES, sheet, "--simulate", "-o", "plan.xlsx")
    cells = [cell.value for cell in openpyxl.load_workbook("plan.xlsx").active[2]]
    assert "routing_profile: Basic Routing Profile → Billing" in cells
    assert "name the file" in bulkops("plan", MOVES, sheet, "-o", "plan.pdf", exit_code=3)
