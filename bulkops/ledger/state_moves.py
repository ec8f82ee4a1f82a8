"""Moving calls from state to state: each move with its event, its result and its rows' status.

Every function here but `record` is to be called inside a transaction.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from bulkops.errors import LedgerError
from bulkops.ledger.call_changes import Division, Move, Reopening, Split, StaleMoveError
from bulkops.ledger.database import Database, to_text
from bulkops.ledger.lock import RunLock
from bulkops.ledger.loss import Loss, RecordGoneError
from bulkops.ledger.lost_record import find_loss
from bulkops.ledger.plan_store import call_row_values, call_values, numbers_taken
from bulkops.ledger.records import Result
from bulkops.ledger.states import MOVES, CallState
from bulkops.planning.calls.placeholders import to_json
from bulkops.planning.plan import PlannedCall

SPLIT = Result(
    error_code="Split",
    error="The batch was refused as a whole; its rows went on in smaller calls.",
)
DIVIDED = Result(
    error_code="Divided",
    error="The answer told the rows apart; each came to its own end.",
)


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


def move(database: Database, move: Move) -> None:
    """Move a call, record the event, keep the result, and derive its rows' status anew."""
    from_state, to_state = move.moved
    if to_state not in MOVES[from_state]:
        raise StaleMoveError(f"call {move.call}: no move leads from {from_state} to {to_state}")
    event = {"call": move.call, "from_state": from_state, "to_state": to_state, "at": move.at}
    counted = {"attempt": move.attempt, "throttle": move.throttle}
    # a success leaves none of an earlier refusal's words behind; what was accepted left them before
    answered = to_state is CallState.SUCCEEDED and from_state is not CallState.ACCEPTED
    result = move.result or (Result() if answered else None)
    # the statement names the state moved from, and changes nothing where that is not so
    if database.execute("move", {**event, **counted, **_kept(result)}).rowcount != 1:
        raise StaleMoveError(
            f"call {move.call} was to be moved from {from_state} to {to_state}, "
            f"but {_whereabouts(database, move.call)}"
        )
    if to_state is CallState.SUCCEEDED:
        database.execute("release_next", {"call": move.call})
        if database.has("any_need"):
            database.execute("count_needs", {"call": move.call})
    database.execute("record_event", {**event, "why": move.why})
    derive_statuses(database, move.call)


def derive_statuses(database: Database, call: int) -> None:
    """Derive anew the status of every row that a call carries."""
    database.execute("derive_status", {"row": None, "call": call})


def _whereabouts(database: Database, call: int) -> str:
    for row in database.rows("whereabouts", {"call": call}):
        if row["split"]:
            return "was split"
        if row["void"]:
            return "is not to be sent any more"
        return f"is {row['state']}{' and waits for another call' * row['waiting']}"
    return "is not there"


def _kept(result: Result | None) -> Mapping[str, object]:
    kept = result or Result()
    return {
        "kept": result is not None,
        "saved": to_text(dict(kept.saved)) if kept.saved else None,
        "error_code": kept.error_code,
        "error": kept.error,
        "hint": kept.hint,
        "http_status": kept.http_status,
        "request_id": kept.request_id,
    }


def split(database: Database, split: Split) -> None:
    """Put parts in the place of a sent batch, which keeps its history.

    The parts begin with what the batch has been through. Raises LedgerError where they are not
    at least two that carry its rows between them, in their order.
    """
    carried = [part.rows for part in split.parts]
    rows = _rows_of(database, split.call)
    if not _carry(carried, rows) or [row for each in carried for row in each] != rows:
        said = [row for each in carried for row in each]
        raise LedgerError(f"call {split.call} for rows {rows} can't be split into {said}")
    _add_parts(database, split.call, split.parts, CallState.PLANNED)
    _replace(database, split.call, at=split.at, why=split.why, result=SPLIT)


def divide(database: Database, division: Division) -> list[int]:
    """Put parts in the place of a sent call that was answered row by row; return their numbers.

    They begin as sent, since they were, and each makes its own move from there. Raises
    LedgerError where they are not at least two that carry the call's rows between them.
    """
    call, parts = division.call, division.parts
    carried = [part.call.rows for part in parts]
    rows = _rows_of(database, call)
    if not _carry(carried, rows):
        raise LedgerError(f"call {call} for rows {rows} can't be divided into {carried}")
    numbers = _add_parts(database, call, [part.call for part in parts], CallState.SENT)
    for number, part in zip(numbers, parts, strict=True):
        moved = (CallState.SENT, part.to)
        counted = {"attempt": part.attempt, "throttle": part.throttle}
        result, why = part.result, part.why
        move(database, Move(number, moved, at=division.at, why=why, result=result, **counted))
    _replace(database, call, at=division.at, why="answered row by row", result=DIVIDED)
    return numbers


def _rows_of(database: Database, call: int) -> list[int]:
    return [row["row"] for row in database.rows("rows_of_call", {"call": call})]


def _carry(parts: Sequence[Sequence[int]], rows: Sequence[int]) -> bool:
    """Tell whether at least two parts carry some rows between them, each once, and each some."""
    several = len(parts) > 1 and all(parts)
    return several and sorted(row for each in parts for row in each) == sorted(rows)


def _add_parts(
    database: Database, call: int, parts: Sequence[PlannedCall], state: CallState
) -> list[int]:
    """Store the parts of a call, in a state; return their numbers."""
    numbers = []
    number = call + 1  # the plan left numbers for the parts, so they stand where the batch did
    for part in parts:
        stored = {"id": number, "batch": call, "state": state, **call_values(part)}
        database.execute("add_part", stored)
        database.execute("add_part_needs", {"id": number, "batch": call})
        for values in call_row_values(number, part):
            database.execute("add_call_row", values)
        numbers.append(number)
        number += numbers_taken(part)
    return numbers


def _replace(database: Database, call: int, *, at: str, why: str, result: Result) -> None:
    """End a call whose parts have taken its place."""
    ended = (CallState.SENT, CallState.FAILED)
    move(database, Move(call, ended, at=at, why=why, result=result))
    database.execute("mark_split", {"call": call})
    derive_statuses(database, call)


def reopen(database: Database, reopening: Reopening) -> None:
    """Let failed calls be sent again, and unknown ones be looked at again.

    Their attempts are counted anew. Raises StaleMoveError for a call in any other state, and
    LedgerError where other arguments are given for a call that may have acted with its own.
    """
    for call in reopening.calls:
        _reopen(database, reopening, call, reopening.params.get(call))


def _reopen(
    database: Database, reopening: Reopening, call: int, params: Mapping[str, Any] | None
) -> None:
    unknown = [row["state"] for row in database.rows("whereabouts", {"call": call})] == ["unknown"]
    if unknown and params is not None:
        raise LedgerError(f"call {call} may have acted: its arguments stay until that is settled")
    again = (CallState.UNKNOWN, CallState.IN_DOUBT)
    anew = (CallState.FAILED, CallState.PLANNED)
    moved = again if unknown else anew
    move(database, Move(call, moved, at=reopening.at, why=reopening.why))
    text = None if params is None else to_text(to_json(params))
    database.execute("begin_anew", {"call": call, "params": text})


def take_back(database: Database, rows: Iterable[int], by: str) -> int:
    """Note which run has taken rows back; return of how many that was not known yet.

    What was still to be sent for them is not to be sent any more.
    """
    taken = [row for row in rows if _is_news(database, row)]
    for row in taken:
        database.execute("take_back", {"row": row, "by": by})
    # after all of them: a shared call is let go of with the last of its rows
    for row in taken:
        database.execute("void_taken_back", {"row": row})
    return len(taken)


def _is_news(database: Database, row: int) -> bool:
    """Tell whether there is such a row, and it was not known to be taken back."""
    found = database.rows("result_row", {"row": row})
    return bool(found) and not found[0]["undone"]
