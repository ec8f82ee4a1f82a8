"""Numbers of a workbook's rows: each its own, and each tells its sheet and its place there."""

from __future__ import annotations

from bulkops.planning.rows.sheet_numbers import numbered, row_in_sheet, sheet_place


def test_a_number_tells_its_sheet_and_its_row():
    seen = set()
    for place in (0, 1, 17):
        for row in (2, 3, 1_048_576):
            number = numbered(place, row)
            assert (sheet_place(number), row_in_sheet(number)) == (place, row)
            seen.add(number)
    assert len(seen) == 9


def test_the_rows_of_the_first_sheet_bear_their_own_numbers():
    assert numbered(0, 5) == 5
