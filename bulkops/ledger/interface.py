"""What the engine and the reports ask of a ledger, whatever stands behind it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Collection, Iterable, Mapping, Sequence
from typing import Any, Protocol

from bulkops.errors import LedgerError
from bulkops.ledger.aside import Aside, at_once
from bulkops.ledger.call_changes import Division, Move, Reopening, Split
from bulkops.ledger.call_events import CallEvent, LaneMoves
from bulkops.ledger.loss import Loss
from bulkops.ledger.new_plan import Replanning
from bulkops.ledger.records import LaneKey, RowResult, RunRecord, StoredCall, Turn
from bulkops.ledger.states import CallState, RowStatus
from bulkops.planning.call_links import CallLinks
from bulkops.planning.plan import PlannedCall, PlannedRow


class Ledger(Protocol):
    """The checkpoint of one run.

    Every method that changes anything has committed durably when it returns. Times are ISO 8601
    UTC texts, given by the caller.
    """

    async def run(self) -> RunRecord:
        """Return what was fixed when the run began."""
        ...

    async def note(self, key: str, value: object) -> None:
        """Keep a JSON value beside the run, in place of any earlier one under that key."""
        ...

    async def notes(self) -> Mapping[str, Any]:
        """Return all that `note` kept."""
        ...

    async def load(
        self, entries: Iterable[PlannedRow | PlannedCall], turns: Iterable[Turn] = ()
    ) -> None:
        """Store a plan, once, all or nothing. A row's own calls wait for one another in order.

        `turns` are asked for once all of the plan was walked; a call without one has 0.

        Raises LedgerError where a row is neither ended by the plan itself nor carried by a call.
        """
        ...

    async def lanes(self) -> Mapping[LaneKey, int]:
        """Return, by lane, how many calls are neither succeeded, failed nor unknown."""
        ...

    async def ready(
        self,
        lane: LaneKey,
        *,
        limit: int,
        last_row: int | None = None,
        sooner_than: int | None = None,
    ) -> Sequence[StoredCall]:
        """Return the first planned calls of a lane whose predecessors succeeded.

        They are in the order of their turns, and then of the plan. With `last_row`, only those
        that carry a row up to that one; with `sooner_than`, those whose turn is before that.
        """
        ...

    async def links(self) -> CallLinks | None:
        """Return which of the calls that are not at their end wait for which; None: none does."""
        ...

    async def doubtful(self) -> Sequence[StoredCall]:
        """Return the calls that are sent or in doubt, in plan order."""
        ...

    async def move(self, move: Move) -> None:
        """Move a call from one state to another and record the event; raises as `record` says."""
        ...

    async def record(
        self, moves: Sequence[Move], *, aside: Aside = at_once
    ) -> Sequence[LedgerError | None]:
        """Make several moves in one commit, in their order; return of each what kept it from that.

        One takes no other with it: a RecordGoneError where a call is to be sent and the record is
        lost, a StaleMoveError where it is not in the state that it is moved from, or MOVES does
        not allow it. `aside` waits for the disk, while others may see the moves.
        """
        ...

    async def split(self, split: Split) -> None:
        """Replace a sent batch that was rejected by smaller ones, in one commit.

        The parts carry its rows in the same order, take its place in the plan, and begin with
        its attempts and doubts. The batch stays among `calls()` as failed, with the code "Split",
        and no longer counts for its rows.
        """
        ...

    async def divide(self, division: Division) -> Sequence[int]:
        """Replace a sent call by its parts, each moved to its own end, all in one commit.

        Returns the parts' numbers, in their order.
        """
        ...

    async def reopen(self, reopening: Reopening) -> None:
        """Plan failed calls again, and put unknown ones in doubt again, all in one commit.

        Attempts are counted anew. Raises StaleMoveError for a call that is neither failed nor
        unknown, and LedgerError for other arguments of an unknown one: it may have acted with its
        own.
        """
        ...

    async def replan(self, replanning: Replanning, reopening: Reopening | None = None) -> None:
        """Put a new plan of some rows in place of the old, and reopen calls, all in one commit.

        Raises StaleMoveError for a call that may have acted, LedgerError for a row without an end.
        """
        ...

    async def waiting(self, rows: Collection[int]) -> frozenset[int]:
        """Return some rows with all that wait for them, through others too."""
        ...

    async def needed(self, rows: Collection[int]) -> frozenset[int]:
        """Return some rows with all that they wait for, through others too."""
        ...

    async def blocked(self) -> frozenset[int]:
        """Return the rows that wait for rows that failed, or of which nothing is known."""
        ...

    def narrow(self, rows: Collection[int] | None) -> None:
        """From now on give only calls of these rows to be sent or settled; None: of all."""
        ...

    async def replace_cells(self, row: int, cells: Sequence[str]) -> None:
        """Put a row's corrected texts, secrets masked, in place of the original ones.

        Raises KeyError where there is no such row.
        """
        ...

    async def take_back(self, rows: Iterable[int], *, by: str) -> int:
        """Note in one commit that a run has taken rows back; return of how many that is new."""
        ...

    async def standing(self) -> int:
        """Return how many rows have something done, or perhaps done, that was not taken back."""
        ...

    async def counts(self) -> Mapping[RowStatus, int]:
        """Return how many rows have each status."""
        ...

    async def counts_by_target(self) -> Mapping[str, Mapping[RowStatus, int]]:
        """Return how many rows of each target have each status, by the target's name."""
        ...

    async def counts_by_sheet(self) -> Mapping[str, Mapping[RowStatus, int]]:
        """Return how many rows of each sheet of a workbook have each status, by its name.

        The sheets come in their order; a run of a single sheet has none.
        """
        ...

    async def result(self, row: int) -> RowResult:
        """Return one row's result as it stands now; KeyError where there is no such row."""
        ...

    def results(self, statuses: Collection[RowStatus] | None = None) -> AsyncIterator[RowResult]:
        """Yield one result a row, in the order of the sheet; of all, or those with some status."""
        ...

    def calls(self, state: CallState | None = None) -> AsyncIterator[StoredCall]:
        """Yield the calls, in plan order; all, or those in a state.

        A batch that was split is among all calls, but no longer among those in a state.
        """
        ...

    def doubted(self) -> AsyncIterator[StoredCall]:
        """Yield the calls that were ever in doubt, in plan order."""
        ...

    def events(self, *, left: CallState | None = None) -> AsyncIterator[CallEvent]:
        """Yield every move, or those that left a state, in the order they happened."""
        ...

    async def known_lanes(self) -> Sequence[LaneKey]:
        """Return every lane of the plan, in its order."""
        ...

    def lane_moves(self) -> AsyncIterator[LaneMoves]:
        """Yield how many calls were sent or put back to be sent again, by lane and second."""
        ...

    async def lost(self) -> Loss | None:
        """Return what became of the record where its name no longer leads to it."""
        ...

    async def close(self) -> None:
        """Give the run free for another process."""
        ...
