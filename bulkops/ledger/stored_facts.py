"""What single rows of the database say: of the run, of moves, of lanes."""

from __future__ import annotations

import json
import sqlite3

from bulkops.ledger.call_events import CallEvent, LaneMoves
from bulkops.ledger.records import LaneKey, RunRecord


def run_record(row: sqlite3.Row) -> RunRecord:
    """Return what was fixed when the run began."""
    return RunRecord(
        id=row["id"],
        job=row["job"],
        job_sha256=row["job_sha256"],
        sheet=row["sheet"],
        sheet_sha256=row["sheet_sha256"],
        headers=tuple(json.loads(row["headers"])),
        version=row["version"],
        created_at=row["created_at"],
        meta=json.loads(row["meta"]),
    )


def lane_of(row: sqlite3.Row) -> LaneKey:
    """Return the lane that a row names."""
    return row["target"], row["service"], row["operation"]


def call_event(row: sqlite3.Row) -> CallEvent:
    """Return one move of one call."""
    return CallEvent(
        at=row["at"],
        call=row["call"],
        from_state=row["from_state"],
        to_state=row["to_state"],
        why=row["why"],
    )


def lane_moves(row: sqlite3.Row) -> LaneMoves:
    """Return how many calls of a lane made a move within one second."""
    return LaneMoves(
        lane=lane_of(row),
        at=row["at"],
        from_state=row["from_state"],
        to_state=row["to_state"],
        why=row["why"],
        calls=row["calls"],
    )
