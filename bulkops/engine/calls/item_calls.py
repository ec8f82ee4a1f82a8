"""Calls that were answered item by item: each row goes on to an end of its own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bulkops.definition.item_answers import ItemAnswers, item_answers
from bulkops.engine.calls.batch_split import part_of
from bulkops.engine.calls.call_results import refusal
from bulkops.engine.calls.item_outcomes import ItemEnd, ItemOutcome, outcomes_of
from bulkops.ledger.call_changes import DividedPart
from bulkops.ledger.records import Result, StoredCall
from bulkops.ledger.states import CallState
from bulkops.pacing.replies import Fault, FaultClass, Reply

_CLASSES: Mapping[ItemEnd, FaultClass] = {
    ItemEnd.REFUSED: FaultClass.REJECTED,
    ItemEnd.SLOWED: FaultClass.THROTTLED,
    ItemEnd.PASSING: FaultClass.TRANSIENT,
    ItemEnd.DOUBTFUL: FaultClass.IN_DOUBT,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemGroup:
    """The items of one call of which an answer says the same: `places` are theirs in its list.

    `fault` is what the answer says of them; None: they are done.
    """

    places: tuple[int, ...]
    fault: Fault | None


def groups_of(
    call: StoredCall, answers: ItemAnswers, items: Sequence[Any], reply: Reply
) -> list[ItemGroup]:
    """Return the items of a call by what its answer says of them, in the order of their first."""
    found: dict[ItemOutcome, list[int]] = {}
    for place, outcome in enumerate(outcomes_of(answers, items, reply.data)):
        found.setdefault(outcome, []).append(place)
    return [
        ItemGroup(places=tuple(places), fault=_fault(call, outcome, reply))
        for outcome, places in found.items()
    ]


def answers_of(call: StoredCall, member: str) -> ItemAnswers | None:
    """Return how a call's list of rows is answered; None where it is answered as a whole."""
    answers = item_answers(call.service, call.operation)
    return answers if answers is not None and answers.items == member else None


def _fault(call: StoredCall, outcome: ItemOutcome, reply: Reply) -> Fault | None:
    if outcome.end is ItemEnd.DONE:
        return None
    said = outcome.message or f"{call.operation} did not take the item: {outcome.code}."
    return Fault(
        fault_class=_CLASSES[outcome.end],
        code=outcome.code,
        message=said,
        http_status=reply.http_status,
        request_id=reply.request_id,
    )


def part_for(
    call: StoredCall, member: str, group: ItemGroup, reply: Reply, *, max_attempts: int
) -> DividedPart:
    """Return a group as a call of its own, with the move that it makes at once."""
    planned, fault = part_of(call, member, group.places), group.fault
    if fault is None:
        kept = Result(http_status=reply.http_status, request_id=reply.request_id)
        return DividedPart(call=planned, to=CallState.SUCCEEDED, result=kept)
    match fault.fault_class:
        case FaultClass.THROTTLED:
            return DividedPart(
                call=planned, to=CallState.PLANNED, why=fault.code, attempt=-1, throttle=1
            )
        case FaultClass.TRANSIENT if call.attempts < max_attempts:
            return DividedPart(call=planned, to=CallState.PLANNED, why=fault.code)
        case FaultClass.IN_DOUBT:
            return DividedPart(call=planned, to=CallState.IN_DOUBT, why=fault.code)
        case _:
            kept = refusal(fault, call.operation)
            return DividedPart(call=planned, to=CallState.FAILED, why=fault.code, result=kept)
