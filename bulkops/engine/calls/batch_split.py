"""Halving a rejected batch, until the bad row stands alone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bulkops.definition.batch_limits import batched_member
from bulkops.definition.job import Step
from bulkops.ledger.interface import StoredCall
from bulkops.planning.plan import PlannedCall


def halves(step: Step, call: StoredCall) -> tuple[PlannedCall, PlannedCall]:
    """Return a batch's two halves; its list has one element for each of its rows, in order."""
    member = batched_member(step)
    middle = len(call.rows) // 2
    return _part(call, member, slice(None, middle)), _part(call, member, slice(middle, None))


def _part(call: StoredCall, member: str, which: slice) -> PlannedCall:
    return PlannedCall(
        step=call.step,
        target=call.target,
        service=call.service,
        operation=call.operation,
        params={**call.params, member: call.params[member][which]},
        rows=call.rows[which],
        undo=None if call.undo is None else _share(call.undo, member, len(call.rows), which),
    )


def _share(undo: Mapping[str, Any], member: str, rows: int, which: slice) -> Mapping[str, Any]:
    """Return a part's share of what takes the batch back.

    That may be another operation, whose list bears another name: it is as long as the batch.
    """
    lists = [name for name, value in undo.items() if isinstance(value, list) and len(value) == rows]
    name = member if member in lists else lists[0]
    return {**undo, name: undo[name][which]}
