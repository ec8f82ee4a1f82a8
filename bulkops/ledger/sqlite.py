"""The ledger of one run in one SQLite file, for one process on one machine."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import AsyncIterator, Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Self

from bulkops.errors import LedgerError
from bulkops.ledger import state_moves
from bulkops.ledger.aside import Aside, at_once
from bulkops.ledger.call_changes import Division, Move, Reopening, Split
from bulkops.ledger.call_events import CallEvent, LaneMoves
from bulkops.ledger.database import Database, to_text
from bulkops.ledger.interface import Ledger
from bulkops.ledger.ledger_file import begin, find, opened, prepare
from bulkops.ledger.lock import RunLock
from bulkops.ledger.loss import Loss
from bulkops.ledger.lost_record import find_loss
from bulkops.ledger.needs import blocked_rows, linked_rows
from bulkops.ledger.new_plan import Replanning
from bulkops.ledger.open_links import open_links
from bulkops.ledger.plan_store import set_turns, store
from bulkops.ledger.records import LaneKey, RowResult, RunRecord, StoredCall, Turn
from bulkops.ledger.replanning import replan
from bulkops.ledger.row_calls import RowCalls, row_calls
from bulkops.ledger.row_results import row_results
from bulkops.ledger.sheet_counts import sheet_counts
from bulkops.ledger.states import CallState, RowStatus
from bulkops.ledger.stored_calls import stored_calls
from bulkops.ledger.stored_facts import call_event, lane_moves, lane_of, run_record
from bulkops.planning.call_links import CallLinks
from bulkops.planning.plan import PlannedCall, PlannedRow

PAGE = 500
"""Rows, calls or events in memory at a time while they are yielded."""
COUNTED = 20_000
"""Events that are counted at a time: nobody who writes is held up for long."""


class SqliteLedger(Ledger):
    """The `Ledger` of a run's folder. Its methods do their work at once, on the caller's thread.

    Only `record` may wait for the disk elsewhere: that takes milliseconds, and all else well under
    one. A thread would let a virtual clock run away.
    """

    def __init__(self, database: Database, lock: RunLock | None) -> None:
        self._database = database
        self._lock = lock
        self._only: str | None = None
        """JSON list of the rows whose calls alone are given."""

    def __repr__(self) -> str:
        access = "to write" if self._lock else "to read"
        return f"<SqliteLedger {self._database.path} {access}>"

    @classmethod
    def create(cls, folder: Path, record: RunRecord) -> Self:
        """Begin a run in a folder, which is made if need be, and hold it for this process.

        Raises LedgerError where the folder holds a run already.
        """
        path = prepare(folder)
        lock = RunLock(folder)
        try:
            return cls(begin(path, record), lock)
        except BaseException:
            # no ledger, no holder: another try must find the folder free
            lock.release()
            raise

    @classmethod
    def open(cls, folder: Path, *, readonly: bool = False) -> Self:
        """Open a run's ledger: to go on with it, or to read it beside the process that does.

        Raises LedgerBusyError where another process goes on with the run, and LedgerError where
        there is no ledger, or it is damaged, or of a newer bulkops.
        """
        path = find(folder)
        lock = None if readonly else RunLock(folder)
        try:
            return cls(opened(path, readonly=readonly), lock)
        except BaseException:
            if lock is not None:
                lock.release()
            raise

    async def run(self) -> RunRecord:
        """Return what was fixed when the run began."""
        (row,) = self._database.rows("run")
        return run_record(row)

    async def note(self, key: str, value: object) -> None:
        """Keep a JSON value beside the run, in place of any earlier one under that key."""
        self._database.execute("put_note", {"key": key, "value": to_text(value)})

    async def notes(self) -> Mapping[str, Any]:
        """Return all that `note` kept."""
        return {row["key"]: json.loads(row["value"]) for row in self._database.rows("notes")}

    async def load(
        self, entries: Iterable[PlannedRow | PlannedCall], turns: Iterable[Turn] = ()
    ) -> None:
        """Store a plan, once, all or nothing."""
        with self._database.writing():
            store(self._database, entries)
            set_turns(self._database, turns)
        self._database.truncate_log()

    async def lanes(self) -> Mapping[LaneKey, int]:
        """Return, by lane, how many calls are neither succeeded, failed nor unknown."""
        return {
            lane_of(row): row["calls"] for row in self._database.rows("lanes", {"only": self._only})
        }

    async def ready(
        self,
        lane: LaneKey,
        *,
        limit: int,
        last_row: int | None = None,
        sooner_than: int | None = None,
    ) -> Sequence[StoredCall]:
        """Return the first planned calls of a lane whose predecessors succeeded, by their turn."""
        target, service, operation = lane
        named = {"target": target, "service": service, "operation": operation}
        which = {"last_row": last_row, "sooner": sooner_than, "only": self._only}
        values = {**named, **which, "limit": limit}
        return stored_calls(self._database, self._database.rows("ready", values))

    async def links(self) -> CallLinks | None:
        """Return which of the calls that are not at their end wait for which; None: none does."""
        return open_links(self._database, self._pages("open_calls", "id", only=self._only))

    async def doubtful(self) -> Sequence[StoredCall]:
        """Return the calls that are sent or in doubt, in plan order."""
        return stored_calls(self._database, self._database.rows("doubtful", {"only": self._only}))

    async def move(self, move: Move) -> None:
        """Move a call from one state to another and record the event."""
        (failure,) = await self.record((move,))
        if failure is not None:
            raise failure

    async def record(
        self, moves: Sequence[Move], *, aside: Aside = at_once
    ) -> Sequence[LedgerError | None]:
        """Make several moves in one commit; the wait for the disk is all that `aside` does."""
        failures = state_moves.record(self._database, self._lock, moves)
        await aside(self._database.flush)
        return failures

    async def split(self, split: Split) -> None:
        """Replace a sent batch that was rejected by smaller ones, in one commit."""
        with self._database.writing():
            state_moves.split(self._database, split)

    async def divide(self, division: Division) -> Sequence[int]:
        """Replace a sent call by its parts, each moved to its own end, all in one commit."""
        with self._database.writing():
            return state_moves.divide(self._database, division)

    async def reopen(self, reopening: Reopening) -> None:
        """Plan failed calls again, and put unknown ones in doubt again, all in one commit."""
        with self._database.writing():
            state_moves.reopen(self._database, reopening)

    async def replan(self, replanning: Replanning, reopening: Reopening | None = None) -> None:
        """Put a new plan of some rows in place of the old, and reopen calls, all in one commit."""
        with self._database.writing():
            replan(self._database, replanning)
            if reopening is not None:
                state_moves.reopen(self._database, reopening)

    async def waiting(self, rows: Collection[int]) -> frozenset[int]:
        """Return some rows with all that wait for them, through others too."""
        return linked_rows(self._database, "waiting_rows", rows)

    async def needed(self, rows: Collection[int]) -> frozenset[int]:
        """Return some rows with all that they wait for, through others too."""
        return linked_rows(self._database, "needed_rows", rows)

    async def blocked(self) -> frozenset[int]:
        """Return the rows that wait for rows that failed, or of which nothing is known."""
        return blocked_rows(self._database)

    def narrow(self, rows: Collection[int] | None) -> None:
        """From now on give only calls of these rows to be sent or settled; None: of all."""
        self._only = None if rows is None else json.dumps(sorted(rows))

    async def replace_cells(self, row: int, cells: Sequence[str]) -> None:
        """Put a row's corrected texts in place of the original ones; KeyError for no such row."""
        values = {"row": row, "cells": to_text(cells)}
        if self._database.execute("replace_cells", values).rowcount != 1:
            raise KeyError(row)

    async def take_back(self, rows: Iterable[int], *, by: str) -> int:
        """Note which run has taken rows back, all in one commit."""
        with self._database.writing():
            return state_moves.take_back(self._database, rows, by)

    async def standing(self) -> int:
        """Return how many rows have something done, or perhaps done, that was not taken back."""
        (found,) = self._database.rows("standing")
        return int(found["rows"])

    async def counts(self) -> Mapping[RowStatus, int]:
        """Return how many rows have each status."""
        return {RowStatus(row["status"]): row["rows"] for row in self._database.rows("counts")}

    async def counts_by_target(self) -> Mapping[str, Mapping[RowStatus, int]]:
        """Return how many rows of each target have each status, by the target's name."""
        counts: dict[str, dict[RowStatus, int]] = {}
        for row in self._database.rows("target_counts"):
            counts.setdefault(row["target"], {})[RowStatus(row["status"])] = row["rows"]
        return counts

    async def counts_by_sheet(self) -> Mapping[str, Mapping[RowStatus, int]]:
        """Return how many rows of each sheet of a workbook have each status, by its name."""
        return sheet_counts(self._database, (await self.run()).names)

    async def result(self, row: int) -> RowResult:
        """Return one row's result as it stands now; KeyError where there is no such row."""
        for found in row_results(self._database, self._database.rows("result_row", {"row": row})):
            return found
        raise KeyError(row)

    async def results(
        self, statuses: Collection[RowStatus] | None = None
    ) -> AsyncIterator[RowResult]:
        """Yield one result a row, in the order of the sheet; of all, or those with some status."""
        some = {} if statuses is None else {"statuses": json.dumps(sorted(statuses))}
        for page in self._pages("results_of" if some else "result_rows", "number", **some):
            for found in row_results(self._database, page):
                yield found

    async def calls(self, state: CallState | None = None) -> AsyncIterator[StoredCall]:
        """Yield the calls, in plan order; all, or those in a state."""
        name, state_value = ("calls", {}) if state is None else ("calls_in_state", {"state": state})
        for page in self._pages(name, "id", **state_value):
            for call in stored_calls(self._database, page):
                yield call

    async def doubted(self) -> AsyncIterator[StoredCall]:
        """Yield the calls that were ever in doubt, in plan order."""
        for page in self._pages("doubted", "id"):
            for call in stored_calls(self._database, page):
                yield call

    def row_calls(self) -> Iterator[RowCalls]:
        """Yield each row with every call that carried it, in the order of the sheet.

        Not async, since a plan is made of it, and that is walked without waiting.
        """
        for page in self._pages("result_rows", "number"):
            yield from row_calls(self._database, page)

    async def events(self, *, left: CallState | None = None) -> AsyncIterator[CallEvent]:
        """Yield every move, or those that left a state, in the order they happened."""
        for page in self._pages("events", "id", left=left):
            for row in page:
                yield call_event(row)

    async def known_lanes(self) -> Sequence[LaneKey]:
        """Return every lane of the plan, in its order."""
        return [lane_of(row) for row in self._database.rows("known_lanes")]

    async def lane_moves(self) -> AsyncIterator[LaneMoves]:
        """Yield how many calls were sent or put back to be sent again, by lane and second."""
        for page in self._pages("lane_moves", "last", limit=COUNTED):
            for row in page:
                yield lane_moves(row)

    def _pages(self, name: str, number: str, **values: object) -> Iterator[list[sqlite3.Row]]:
        """Yield what a statement finds, page by page, so that no reader holds up a writer."""
        after = -1
        while page := self._database.rows(name, {"limit": PAGE, **values, "after": after}):
            yield page
            after = page[-1][number]

    async def lost(self) -> Loss | None:
        """Return what became of the run's folder; None where it is where it was."""
        return find_loss(self._database, self._lock)

    async def __aenter__(self) -> Self:
        """Hold the run for a block."""
        return self

    async def __aexit__(self, *_: object) -> None:
        """Give the run free."""
        await self.close()

    async def close(self) -> None:
        """Give the run free for another process; closing again does nothing."""
        self._database.close()
        if self._lock is not None:
            self._lock.release()
