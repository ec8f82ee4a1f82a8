"""One number for each row of a workbook: of which sheet it is, and where it stands there."""

from __future__ import annotations

SHEET_ROWS = 10_000_000
"""More than a sheet can have rows; Excel's have 1,048,576."""


def numbered(place: int, row: int) -> int:
    """Return the number of a row; `place` is its sheet's: those at 0 bear their own numbers."""
    return place * SHEET_ROWS + row


def sheet_place(number: int) -> int:
    """Return the place of the sheet that a row's number is of."""
    return number // SHEET_ROWS


def row_in_sheet(number: int) -> int:
    """Return the row as its sheet numbers it."""
    return number % SHEET_ROWS
