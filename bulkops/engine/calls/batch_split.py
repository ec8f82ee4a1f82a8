"""Batches cut up: a rejected one halved until the bad row stands alone, or by its rows' ends."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bulkops.definition.batch_limits import batched_member
from bulkops.definition.job import Step
from bulkops.ledger.records import StoredCall
from bulkops.planning.plan import PlannedCall


def halves(step: Step, call: StoredCall) -> tuple[PlannedCall, PlannedCall]:
    """Return a batch's two halves; its list has one element for each of its rows, in order."""
    member = batched_member(step)
    places = range(len(call.rows))
    middle = len(call.rows) // 2
    return part_of(call, member, places[:middle]), part_of(call, member, places[middle:])


def part_of(call: StoredCall, member: str, places: Sequence[int]) -> PlannedCall:
    """Return a batch for those of its rows that stand at some places of its list."""
    elements = [call.params[member][place] for place in places]
    return PlannedCall(
        step=call.step,
        target=call.target,
        service=call.service,
        operation=call.operation,
        params={**call.params, member: elements},
        rows=tuple(call.rows[place] for place in places),
        needs=tuple(call.needs),
        undo=None if call.undo is None else _share(call.undo, member, len(call.rows), places),
    )


def _share(
    undo: Mapping[str, Any], member: str, rows: int, places: Sequence[int]
) -> Mapping[str, Any]:
    """Return a part's share of what takes the batch back.

    That may be another operation, whose list bears another name: it is as long as the batch.
    """
    lists = [name for name, value in undo.items() if isinstance(value, list) and len(value) == rows]
    name = member if member in lists else lists[0]
    return {**undo, name: [undo[name][place] for place in places]}
