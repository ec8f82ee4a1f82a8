"""The cell that is marked in the rows to fix: the one that the error speaks of."""

from __future__ import annotations

import pytest

from bulkops.reports.fault_cells import cell_at_fault
from bulkops.reports.row_sheets import NOWHERE
from tests.reports.paper import failed


@pytest.mark.parametrize(
    ("error", "marked"),
    [
        ('The queue "Sales desk" is there already', 1),
        ("Basic Hours of Sales desk", 2),
        ("Sales desks are many", 0),
        ("No.", 0),
        ("", 0),
        ("x is wrong", 0),
    ],
)
def test_it_is_the_longest_text_that_stands_there_or_the_key(error, marked):
    cells = ["agent7", " Sales desk ", "Basic Hours", "x", ""]
    assert cell_at_fault(cells, failed(7, error=error)) == marked


def test_there_may_be_none():
    assert cell_at_fault(["ana"], failed(7, error="No.")) == NOWHERE
