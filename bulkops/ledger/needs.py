"""Rows that wait for other rows, and what for."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from typing import NamedTuple

from bulkops.ledger.database import Database
from bulkops.ledger.states import RowStatus
from bulkops.planning.rows.row_names import RowNames

NEED_FAILED = "NeedFailed"
"""The code of a pending row that waits for what has failed, or of which nobody knows."""


class Blocker(NamedTuple):
    """The row for which another one waits, and how it stands."""

    row: int
    status: RowStatus
    error: str
    name: str
    """What the row is called."""

    @property
    def code(self) -> str:
        """The code of a row that goes on only once another one is tried again; else empty."""
        return NEED_FAILED if self.status in _HOW else ""

    def __str__(self) -> str:
        """Render as `waits for row 3, which failed: …`."""
        said = f": {self.error}" if self.error else ""
        return f"waits for {self.name}, {_HOW.get(self.status, _OPEN)}{said}"


_OPEN = "which is not done yet"
_HOW = {
    RowStatus.FAILED: "which failed",
    RowStatus.UNKNOWN: "of which it is not known whether it took effect",
    RowStatus.UNDONE: "which was taken back",
}


def linked_rows(database: Database, name: str, rows: Collection[int]) -> frozenset[int]:
    """Return some rows with all that they are linked to, by the statement of that name."""
    if not database.has("any_need"):
        return frozenset(rows)
    found = database.rows(name, {"rows": json.dumps(sorted(rows))})
    return frozenset(row["row"] for row in found)


def blocked_rows(database: Database) -> frozenset[int]:
    """Return the rows that wait for rows that failed, or of which nothing is known."""
    if not database.has("any_need"):
        return frozenset()
    ended = frozenset(row["number"] for row in database.rows("ended_badly"))
    return linked_rows(database, "waiting_rows", ended) - ended


def blockers(database: Database, rows: Collection[int]) -> Mapping[int, Blocker]:
    """Return for rows that wait the row that they wait for: a failed one first, then an open one.

    Where rows wait for one another in a chain, it is the one at its beginning.
    """
    if not database.has("any_need"):
        return {}
    found: dict[int, list[tuple[int, Blocker]]] = {}
    waits = database.rows("blockers", {"rows": json.dumps(sorted(rows))})
    names = _row_names(database) if waits else RowNames()
    for row in waits:
        status = RowStatus(row["status"])
        weight = _WEIGHT.get(status, 2 + bool(row["open_needs"]))
        needed = row["needed_row"]
        blocker = Blocker(needed, status, row["error"] or "", names.said(needed))
        found.setdefault(row["row"], []).append((weight, blocker))
    return {row: min(each)[1] for row, each in found.items()}


def _row_names(database: Database) -> RowNames:
    (run,) = database.rows("run")
    return RowNames.kept(json.loads(run["meta"]))


_WEIGHT = {RowStatus.FAILED: 0, RowStatus.UNKNOWN: 1}
