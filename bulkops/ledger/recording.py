"""Several moves in one commit, each judged by itself."""

from __future__ import annotations

from collections.abc import Sequence

from bulkops.errors import LedgerError
from bulkops.ledger.database import Database
from bulkops.ledger.interface import Move, StaleMoveError
from bulkops.ledger.lock import RunLock
from bulkops.ledger.loss import Loss, RecordGoneError
from bulkops.ledger.state_moves import move
from bulkops.ledger.states import CallState


def record(
    database: Database, lock: RunLock | None, moves: Sequence[Move]
) -> list[LedgerError | None]:
    """Commit moves, not yet flushed; return of each what kept it from being made."""
    try:
        return _made(database, lock, moves)
    except LedgerError as error:
        # it took the whole commit with it: each for itself tells whose it was
        if len(moves) == 1:
            return [error]
        return [failure for each in moves for failure in record(database, lock, (each,))]


def _made(
    database: Database, lock: RunLock | None, moves: Sequence[Move]
) -> list[LedgerError | None]:
    with database.writing(flush=False):
        intends = any(each.moved[1] is CallState.SENT for each in moves)
        loss = find_loss(database, lock) if intends else None
        return [_refusal(database, each, loss) for each in moves]


def _refusal(database: Database, asked: Move, loss: Loss | None) -> LedgerError | None:
    """Make a move, or change nothing and return why."""
    if loss is not None and asked.moved[1] is CallState.SENT:
        return RecordGoneError(f"{database.path.parent} {loss.said}")
    try:
        move(database, asked)
    except StaleMoveError as error:
        return error
    return None


def find_loss(database: Database, lock: RunLock | None) -> Loss | None:
    """Return what became of the folder of a run that is held; None where it is where it was."""
    if lock is None:
        return None
    if not lock.is_in_place():
        return lock.loss()
    if not (lost := database.lost()):
        return None
    # what the log holds comes into the ledger when that is closed
    whole, folder = lost == "log", database.path.parent
    return Loss(said=f"has lost its {lost}", whole=whole, folder=folder if whole else None)
