"""What was ever planned and done for each row: its calls, whatever became of them."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from bulkops.ledger.database import Database
from bulkops.ledger.records import StoredCall
from bulkops.ledger.stored_calls import stored_calls


@dataclass(frozen=True, slots=True, kw_only=True)
class RowCalls:
    """One row with every call that carried it, in plan order: those too that were cut or are void.

    `cells` are the original texts, secrets masked; `is_undone`: another run has taken it back.
    """

    number: int
    key: str
    target: str
    cells: tuple[str, ...]
    is_undone: bool
    calls: Sequence[StoredCall]


def row_calls(database: Database, rows: Sequence[sqlite3.Row]) -> list[RowCalls]:
    """Return rows that stand next to one another in the sheet, with their calls."""
    between = {"first": rows[0]["number"], "last": rows[-1]["number"]}
    calls: dict[int, list[StoredCall]] = defaultdict(list)
    for call in stored_calls(database, database.rows("calls_of_rows", between)):
        for row in call.rows:
            calls[row].append(call)
    return [
        RowCalls(
            number=row["number"],
            key=row["key"],
            target=row["target"],
            cells=tuple(json.loads(row["cells"])),
            is_undone=bool(row["undone"]),
            calls=calls.get(row["number"], ()),
        )
        for row in rows
    ]
