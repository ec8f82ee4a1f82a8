"""Which cell of a row to look at first, by what was said of the row."""

from __future__ import annotations

from collections.abc import Sequence

from bulkops.ledger.records import RowResult
from bulkops.reports.row_sheets import NOWHERE

_SHORTEST = 2
"""Characters of a cell's text from which a message may be taken to speak of it."""


def cell_at_fault(cells: Sequence[str], row: RowResult) -> int:
    """Return the index of the cell with the longest text that is named in a row's error.

    Where the error names none, it is the cell that the row is known by; else `NOWHERE`.
    """
    named = [place for place, cell in enumerate(cells) if _names(row.error, cell.strip())]
    if named:
        return max(named, key=lambda place: len(cells[place].strip()))
    return next((place for place, cell in enumerate(cells) if cell.strip() == row.key), NOWHERE)


def _names(message: str, text: str) -> bool:
    """Tell whether a text stands in a message, and not as a part of longer words."""
    at = message.find(text) if len(text) >= _SHORTEST else NOWHERE
    while at != NOWHERE:
        around = message[max(at - 1, 0) : at] + message[at + len(text) : at + len(text) + 1]
        if not any(character.isalnum() for character in around):
            return True
        at = message.find(text, at + 1)
    return False
