"""How far the rows of each sheet of a workbook are."""

from __future__ import annotations

from collections.abc import Mapping

from bulkops.ledger.database import Database
from bulkops.ledger.states import RowStatus
from bulkops.planning.rows.row_names import RowNames
from bulkops.planning.rows.sheet_numbers import SHEET_ROWS


def sheet_counts(database: Database, names: RowNames) -> Mapping[str, Mapping[RowStatus, int]]:
    """Return how many rows of each sheet have each status, by its name, in the sheets' order."""
    counts: dict[str, dict[RowStatus, int]] = {name: {} for name in names.sheets.values()}
    for row in database.rows("sheet_counts", {"rows": SHEET_ROWS}) if counts else ():
        counts[names.sheets[row["place"]]][RowStatus(row["status"])] = row["rows"]
    return counts
