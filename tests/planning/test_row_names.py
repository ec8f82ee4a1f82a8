"""What rows are called: in a workbook by their sheet and the row there."""

from __future__ import annotations

from bulkops.planning.rows.row_names import RowNames
from bulkops.planning.rows.sheet_numbers import numbered

ALONE = RowNames()
CENTRE = RowNames.of([(1, "Users"), (0, "Queues")])
QUEUE, USER, OTHER = numbered(0, 3), numbered(1, 2), numbered(1, 17)


def test_the_rows_of_a_single_sheet_are_numbers():
    assert ALONE.said(3) == "row 3"
    assert ALONE.several((3, 4)) == "2 rows from row 3"
    assert ALONE.listed((17, 10_000_023)) == "17, 10000023"
    assert ALONE.facts(3) == {"row": 3}
    assert ALONE.facts_together((3, 4)) == {"rows": [3, 4]}
    assert not ALONE.of_workbook


def test_the_rows_of_a_workbook_are_named_by_their_sheets():
    assert CENTRE.of_workbook
    assert list(CENTRE.sheets.values()) == ["Queues", "Users"]
    assert CENTRE.said(QUEUE) == "Queues row 3"
    assert CENTRE.several((USER,)) == "Users row 2"
    assert CENTRE.several((USER, OTHER)) == "2 rows from Users row 2"
    assert CENTRE.listed((QUEUE, USER, OTHER)) == "Queues 3; Users 2, 17"
    assert CENTRE.facts(USER) == {"sheet": "Users", "row": 2}
    assert CENTRE.facts_together((USER, OTHER)) == {"sheet": "Users", "rows": [2, 17]}
